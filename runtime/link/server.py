"""Coordination's end of the link: HTTPS that asks for a client's certificate.

Which agency asks is said by the URI in its certificate, never by the request.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import structlog
import uvicorn
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from models.errors import (
    Conflict,
    EstafetteError,
    InvalidInput,
    NotFound,
    NotPermitted,
    NotSignedIn,
    Unavailable,
    VaultFailure,
)
from models.link import (
    DELIVERY_KEY,
    INCLUSION,
    REPORT,
    WORK,
    InclusionWanted,
    Problem,
    PublishedKey,
    Report,
)
from models.values import LinkMessage
from runtime.link.files import LinkFiles
from runtime.listening import HttpServer
from vault.certificates import Use
from vault.duties import Coordination

LARGEST = 16 * 1024 * 1024
"""Bytes of a request; a full report is far smaller."""

_STATUS: dict[type[EstafetteError], int] = {
    NotSignedIn: 401,
    NotPermitted: 403,
    NotFound: 404,
    Conflict: 409,
    InvalidInput: 422,
    VaultFailure: 422,
    Unavailable: 503,
    EstafetteError: 500,
}
_IDLE = 75  # seconds; longer than a node's longest pause

Said = TypeVar("Said", bound=LinkMessage)
log = structlog.get_logger()


class LinkServer:
    """Serves the nodes of agencies until it is cancelled.

    `listen` is `host:port`; `coordination` returns coordination as an agency sees it.
    """

    def __init__(
        self, files: LinkFiles, listen: str, coordination: Callable[[str], Coordination]
    ) -> None:
        """Read the certificates, and take the port.

        Raises:
            NotConfigured: the certificates or the address cannot be used.
        """
        context = files.server()
        self._files = files
        self._coordination = coordination
        config = uvicorn.Config(
            self.application(),
            http=_ShowsCertificate,
            ssl_context_factory=lambda _config, _default: context,
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=_IDLE,
        )
        self._server = HttpServer(config, listen, "ESTAFETTE_LINK_LISTEN")

    async def run(self) -> None:
        """Serve."""
        await self._server.run()

    def application(self) -> Starlette:
        """Return the routes."""
        return Starlette(
            routes=[
                Route(WORK, self._work, methods=["GET"]),
                Route(REPORT, self._report, methods=["POST"]),
                Route(DELIVERY_KEY, self._publish, methods=["PUT"]),
                Route(INCLUSION, self._prove, methods=["POST"]),
            ],
            exception_handlers={EstafetteError: _explain},
        )

    async def _work(self, request: Request) -> Response:
        coordination = self._asked_by(request)
        work = await run_in_threadpool(coordination.work)
        return _json(work, 200)

    async def _report(self, request: Request) -> Response:
        coordination = self._asked_by(request)
        report = await _said(Report, request)
        await run_in_threadpool(coordination.report, report)
        return Response(status_code=204)

    async def _publish(self, request: Request) -> Response:
        coordination = self._asked_by(request)
        key = await _said(PublishedKey, request)
        await run_in_threadpool(coordination.publish, key)
        return Response(status_code=204)

    async def _prove(self, request: Request) -> Response:
        coordination = self._asked_by(request)
        wanted = await _said(InclusionWanted, request)
        found = await run_in_threadpool(coordination.prove, wanted)
        return _json(found, 200)

    def _asked_by(self, request: Request) -> Coordination:
        """Return coordination as the agency of the certificate sees it.

        Asked anew for each request: a certificate may end or be revoked meanwhile.
        """
        shown: bytes | None = request.state.certificate
        if shown is None:
            raise NotSignedIn("no certificate was shown")
        try:
            agency = self._files.trust().agency_of(shown, Use.CLIENT, datetime.now(UTC))
        except (VaultFailure, InvalidInput) as error:
            raise NotSignedIn(error.message, help="renew the certificate") from error
        return self._coordination(agency)


class _ShowsCertificate(H11Protocol):
    """Hands the client's certificate (DER) to the application, as `state`."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        tls: ssl.SSLObject | None = transport.get_extra_info("ssl_object")
        shown = tls.getpeercert(binary_form=True) if tls else None
        self.app_state = {**self.app_state, "certificate": shown}


async def _said(kind: type[Said], request: Request) -> Said:
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > LARGEST:
            raise InvalidInput(f"a request has at most {LARGEST} bytes")
    try:
        return kind.model_validate_json(bytes(content))
    except ValidationError as error:
        # What was said stays out of the answer and of the log.
        raise InvalidInput(
            f"this is no {kind.__name__}: {error.error_count()} faults"
        ) from None


async def _explain(request: Request, error: Exception) -> Response:
    assert isinstance(error, EstafetteError)  # noqa: S101  # what it is registered for
    status = next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)
    log.warning("link_refused", error=error.code, reason=error.message)
    problem = Problem(
        title=error.code, status=status, detail=error.message, help=error.help
    )
    return _json(problem, status, "application/problem+json")


def _json(
    said: LinkMessage, status: int, media_type: str = "application/json"
) -> Response:
    return Response(said.model_dump_json(), status, media_type=media_type)
