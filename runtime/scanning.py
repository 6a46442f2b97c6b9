"""A virus scanner that speaks clamd's protocol, over TCP or a socket of this machine.

The protocol is in the manual of `clamd(8)`: `zINSTREAM`, parts that each follow their
length in four bytes, a length of nothing; then one line that ends with a zero byte.
"""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass

from models.errors import NotConfigured, NotPermitted, Unavailable

_PART = 1 << 16
_LONGEST_LINE = 4_096
_PATIENCE = 20.0  # seconds; a scan of the largest document takes some
_UNIX = "unix:"
_CLEAN = "stream: OK"
_FOUND = " FOUND"


@dataclass(frozen=True)
class Clamd:
    """The scanner at an address: `unix:PATH` or `HOST:PORT`.

    Content goes to it unsealed, so nobody else may listen on the way.
    """

    address: str
    patience: float = _PATIENCE

    def check(self, body: bytes) -> None:
        """Let pass only what the scanner calls clean.

        Raises:
            NotPermitted: it found something; says what.
            Unavailable: it does not answer, or not with a word that is known.
        """
        try:
            with self._connected() as line:
                said = _ask(line, body)
        except OSError as error:
            raise _silent() from error
        if said.endswith(_FOUND):
            name = said.removesuffix(_FOUND).rpartition(": ")[2]
            raise NotPermitted(
                f"the virus scanner found `{name}` in this document",
                help="do not open it; tell whoever looks after your machines",
            )
        if said != _CLEAN:
            raise _silent()

    def _connected(self) -> socket.socket:
        if not self.address.startswith(_UNIX):
            host, _, port = self.address.rpartition(":")
            return socket.create_connection((host, int(port)), timeout=self.patience)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(self.patience)
        try:
            line.connect(self.address.removeprefix(_UNIX))
        except OSError:
            line.close()
            raise
        return line


def scanner_at(address: str) -> Clamd:
    """Return the scanner at an address.

    Raises:
        NotConfigured: that is no address.
    """
    host, _, port = address.rpartition(":")
    if address.startswith(_UNIX) or (host and port.isdigit()):
        return Clamd(address)
    raise NotConfigured(
        "ESTAFETTE_CLAMD names no scanner", help="set it to unix:PATH or HOST:PORT"
    )


def _ask(line: socket.socket, body: bytes) -> str:
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(body), _PART):
        part = body[start : start + _PART]
        line.sendall(struct.pack(">I", len(part)) + part)
    line.sendall(struct.pack(">I", 0))
    said = b""
    while not said.endswith(b"\0") and len(said) < _LONGEST_LINE:
        more = line.recv(_LONGEST_LINE)
        if not more:
            break
        said += more
    if not said.endswith(b"\0"):
        raise ConnectionError("the line ended before the answer did")
    return said[:-1].decode(errors="replace")


def _silent() -> Unavailable:
    return Unavailable(
        "the virus scanner does not answer, so nothing was stored",
        help="try again in a moment; if it goes on, tell who runs this installation",
    )
