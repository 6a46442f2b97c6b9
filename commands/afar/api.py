"""The API of an installation elsewhere, with the errors there would be here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import uuid4

import httpx2
from pydantic import TypeAdapter

from commands.afar.shapes import ProblemThere
from models import errors
from models.errors import EstafetteError, InvalidInput, NotSignedIn, Unavailable
from models.values import Value

Read = TypeVar("Read")
_LOST = "look at ESTAFETTE_URL, and try again in a moment"
_MAY_BE_STORED = (
    "look at ESTAFETTE_URL; the act may be stored nevertheless, so look at the case"
    " before you do it again"
)
_KINDS = {
    name: kind
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, EstafetteError)
} | {"ContentTooLarge": InvalidInput}


@contextmanager
def open_api(url: str, token: str) -> Iterator[Api]:
    """Lend an installation elsewhere to whoever bears this token."""
    headers = {"authorization": f"Bearer {token}"}
    with httpx2.Client(base_url=f"{url}/api/v1", headers=headers, timeout=30) as http:
        yield Api(http)


class Api:
    """An installation elsewhere; `http` bears somebody's token."""

    def __init__(self, http: httpx2.Client) -> None:
        self._http = http

    def read(self, path: str, shape: type[Read], **query: Any) -> Read:
        """Return what a resource holds.

        Raises:
            EstafetteError: the same that would be raised here.
        """
        return _as(shape, self._ask("GET", path, params=_said(query)))

    def send(
        self, path: str, shape: type[Read], body: dict[str, Any], **query: Any
    ) -> Read:
        """Return what a read holds that is asked for with a body."""
        return _as(shape, self._ask("POST", path, json=body, params=_said(query)))

    def order(self, path: str, shape: type[Read], body: Value) -> Read:
        """Have an act done once, though it is asked for again if no answer came.

        Raises:
            Unavailable: no answer came; the act may be stored nevertheless.
            EstafetteError: the same that would be raised here.
        """
        key = {"idempotency-key": str(uuid4())}
        said = body.model_dump(mode="json")
        answer = self._ask(
            "POST", path, tries=2, lost=_MAY_BE_STORED, json=said, headers=key
        )
        return _as(shape, answer)

    def _ask(
        self, method: str, path: str, *, tries: int = 1, lost: str = _LOST, **more: Any
    ) -> bytes:
        try:
            answer = self._http.request(method, path, **more)
            if answer.is_success:
                return answer.content
            raise _error(answer.content)
        except httpx2.TransportError as error:
            if tries > 1:
                return self._ask(method, path, tries=tries - 1, lost=lost, **more)
            raise Unavailable("the installation does not answer", help=lost) from error
        except httpx2.HTTPError as error:
            raise _unusable() from error


def _said(query: dict[str, Any]) -> dict[str, Any]:
    return {name: each for name, each in query.items() if each is not None}


def _as(shape: type[Read], content: bytes) -> Read:
    try:
        return TypeAdapter(shape).validate_json(content)
    except ValueError as error:
        raise _unusable() from error


def _error(content: bytes) -> EstafetteError:
    """Return what went wrong there; whoever answers may be no installation at all."""
    problem = _as(ProblemThere, content)
    kind = _KINDS.get(problem.code, EstafetteError)
    said = [f"`{each.field}` {each.detail}" for each in problem.faults]
    help = problem.help
    if issubclass(kind, NotSignedIn):
        help = _sign_in(str(problem.details.get("acr_values", "")))
    error = kind("; ".join(said) or problem.detail, help=help)
    error.details.update(problem.details)
    return error


def _unusable() -> Unavailable:
    return Unavailable(
        "no usable answer came from the installation",
        help="look at ESTAFETTE_URL: is it the address of one? An act may be stored"
        " nevertheless",
    )


def _sign_in(strength: str) -> str:
    """Return how one signs in, where a program would get a token."""
    more = f" --strength {strength}" if strength else ""
    return f"sign in with `estafette session begin{more}`"
