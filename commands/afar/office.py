"""Asking the API of an installation elsewhere, with the errors it would have here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID, uuid4

import httpx2
from pydantic import TypeAdapter

from acts.offered.offer import Offer
from acts.reporting import Report
from models import errors
from models.errors import EstafetteError, Unavailable
from models.values import Value
from policies.loading import Packs, load_packs

Read = TypeVar("Read")


@contextmanager
def open_office(url: str, token: str) -> Iterator[FarOffice]:
    """Lend an installation elsewhere to whoever bears this token."""
    headers = {"authorization": f"Bearer {token}"}
    with httpx2.Client(base_url=f"{url}/api/v1", headers=headers, timeout=30) as http:
        yield FarOffice(http)


class FarOffice:
    """An installation elsewhere; `http` bears somebody's token."""

    def __init__(self, http: httpx2.Client) -> None:
        self._http = http

    @cached_property
    def packs(self) -> Packs:
        """Return the law, as this program has it."""
        return load_packs()

    def read(self, path: str, shape: type[Read], **query: Any) -> Read:
        """Return what a resource holds.

        Raises:
            EstafetteError: the same that would be raised here.
        """
        said = {name: each for name, each in query.items() if each is not None}
        return _as(shape, self._ask("GET", path, params=said))

    def send(self, path: str, shape: type[Read], body: dict[str, Any]) -> Read:
        """Return what a read holds that is asked for with a body."""
        return _as(shape, self._ask("POST", path, json=body))

    def order(self, offer: Offer, about: UUID, body: Value) -> Report:
        """Have an act done; the key is new, and the same if it is sent again."""
        path = f"/{offer.about}s/{about}/acts/{offer.act}"
        key = {"idempotency-key": str(uuid4())}
        said = body.model_dump(mode="json")
        return _as(Report, self._ask("POST", path, json=said, headers=key))

    def _ask(self, method: str, path: str, **more: Any) -> bytes:
        try:
            answer = self._http.request(method, path, **more)
            if answer.is_success:
                return answer.content
            raise _error(answer.json())
        except (httpx2.HTTPError, ValueError, KeyError) as error:
            raise Unavailable(
                "the installation does not answer",
                help="look at ESTAFETTE_URL, and try again in a moment",
            ) from error


def _as(shape: type[Read], content: bytes) -> Read:
    return TypeAdapter(shape).validate_json(content)


def _error(problem: dict[str, Any]) -> EstafetteError:
    kind = getattr(errors, problem["code"], EstafetteError)
    details = problem.get("details", {})
    message, help = problem["detail"], problem.get("help", "")
    if faults := problem.get("faults"):
        message = "; ".join(f"`{each['field']}` {each['detail']}" for each in faults)
    error: EstafetteError = kind(message, help=help, **details)
    return error
