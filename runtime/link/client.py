"""A node's end of the link: coordination, asked over HTTPS."""

from __future__ import annotations

from typing import TypeVar

import urllib3
from pydantic import ValidationError

from models import errors
from models.errors import EstafetteError, Unavailable
from models.link import (
    DELIVERY_KEY,
    INCLUSION,
    REPORT,
    WORK,
    Inclusions,
    InclusionWanted,
    Problem,
    PublishedKey,
    Report,
    Work,
)
from models.values import LinkMessage
from runtime.link.files import LinkFiles

_TIMEOUT = urllib3.Timeout(connect=5, read=30)
# Every request may be repeated; a connection that was idle may be gone.
_AGAIN = urllib3.Retry(
    2, allowed_methods=None, status=0, redirect=0, backoff_factor=0.2
)
_SERVER_FAULT = 500

Answer = TypeVar("Answer", bound=LinkMessage)


class LinkClient:
    """Implements `vault.duties.Coordination` across the link.

    Who asks is said by the certificate alone.
    """

    def __init__(self, address: str, files: LinkFiles) -> None:
        """Read the certificates; connect when first asked.

        Raises:
            NotConfigured: the certificates cannot be used.
        """
        self._address = address.rstrip("/")
        self._pool = urllib3.PoolManager(
            maxsize=1, ssl_context=files.client(), timeout=_TIMEOUT, retries=_AGAIN
        )

    def publish(self, key: PublishedKey) -> None:
        """See `Coordination.publish`."""
        self._ask("PUT", DELIVERY_KEY, key)

    def work(self) -> Work:
        """See `Coordination.work`."""
        return _understood(Work, self._ask("GET", WORK))

    def report(self, report: Report) -> None:
        """See `Coordination.report`."""
        self._ask("POST", REPORT, report)

    def prove(self, wanted: InclusionWanted) -> Inclusions:
        """See `Coordination.prove`."""
        return _understood(Inclusions, self._ask("POST", INCLUSION, wanted))

    def close(self) -> None:
        """Let go of the connection."""
        self._pool.clear()

    def _ask(self, method: str, path: str, said: LinkMessage | None = None) -> bytes:
        body = said.model_dump_json() if said is not None else None
        headers = {"Content-Type": "application/json"} if said is not None else {}
        url = self._address + path
        try:
            answer = self._pool.request(method, url, body=body, headers=headers)
        except urllib3.exceptions.HTTPError as error:
            raise Unavailable(
                f"coordination at `{self._address}` does not answer: {error}",
                help="see that its link runs, and that both certificates hold",
            ) from error
        if answer.status >= _SERVER_FAULT:
            raise Unavailable(f"coordination answered with status {answer.status}")
        if not 200 <= answer.status < 300:  # success, by RFC 9110
            raise _refusal(_understood(Problem, answer.data))
        return answer.data


def _understood(kind: type[Answer], content: bytes) -> Answer:
    try:
        return kind.model_validate_json(content)
    except ValidationError as error:
        raise Unavailable(
            "coordination answered with something else than expected",
            help="see what listens at that address, and which release it is",
        ) from error


def _refusal(problem: Problem) -> EstafetteError:
    kind = getattr(errors, problem.title, EstafetteError)
    refused: EstafetteError = kind(problem.detail, help=problem.help)
    return refused
