"""Receivers of notices: a real mail server, and a system of an agency."""

import os
import signal
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from runtime.embedded.temporal import free_port

USER = ("estafette", "a password of the tests")


@dataclass
class MailServer:
    """What came, and what is answered to the next that comes."""

    address: str
    came: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    answer: str = "250 taken"
    kills: int = 0
    """A process that dies once its mail is taken, before it hears so."""

    async def handle_DATA(  # noqa: N802 - the library calls it so
        self, server: Any, session: Any, envelope: Envelope
    ) -> str:
        """Take a mail."""
        if self.answer.startswith("2"):
            assert isinstance(envelope.content, bytes)
            mail = message_from_bytes(envelope.content, policy=policy.default)
            self.came.append((envelope.rcpt_tos, mail))
        if self.kills:
            os.kill(self.kills, signal.SIGKILL)
            self.kills = 0
        return self.answer

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        """Take an address, but one."""
        if address.startswith("nobody@"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@contextmanager
def mail_server(
    security: str = "none", context: ssl.SSLContext | None = None
) -> Iterator[MailServer]:
    """Lend a mail server of this machine; under TLS it asks who comes."""
    port = free_port()
    server = MailServer(f"127.0.0.1:{port}")
    starts = security == "starttls"
    controller = Controller(
        server,
        hostname="127.0.0.1",
        port=port,
        ssl_context=context if security == "tls" else None,
        tls_context=context if starts else None,
        require_starttls=starts,
        auth_required=starts,
        auth_require_tls=starts,  # it does not see TLS that is there from the start
        authenticator=_known,
    )
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def _known(
    server: Any, session: Any, envelope: Envelope, mechanism: str, said: Any
) -> AuthResult:
    assert isinstance(said, LoginPassword)
    known = (said.login.decode(), said.password.decode()) == USER
    return AuthResult(success=known, handled=False)


@dataclass
class System:
    """What was posted to a system, and what it answers."""

    address: str = ""
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    status: int = 204
    leads_to: str = ""


@contextmanager
def system() -> Iterator[System]:
    """Lend a system that hears of notices."""
    told = System()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            told.came.append((headers, body))
            self.send_response(told.status)
            if told.leads_to:
                self.send_header("location", told.leads_to)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        told.address = f"http://127.0.0.1:{server.server_port}/notices"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield told
        server.shutdown()
    thread.join()
