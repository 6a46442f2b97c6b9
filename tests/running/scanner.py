"""A real clamd that knows one signature, and listeners that do not keep to it."""

import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.pieces.documents import EICAR

CLAMD = shutil.which("clamd")
VIRUS = "Test.Eicar"

needs_clamd = pytest.mark.skipif(not CLAMD, reason="clamd is not installed")


@contextmanager
def running_clamd(place: Path, port: int) -> Iterator[str]:
    """Lend a scanner that listens on a port and on a socket; return the socket."""
    (place / "known").mkdir()
    (place / "known" / "test.ndb").write_text(f"{VIRUS}:0:*:{EICAR.hex()}\n")
    listening = place / "socket"
    (place / "conf").write_text(
        f"LocalSocket {listening}\nTCPSocket {port}\nTCPAddr 127.0.0.1\n"
        f"DatabaseDirectory {place / 'known'}\nForeground yes\nStreamMaxLength 25M\n"
    )
    with subprocess.Popen(
        [str(CLAMD), f"--config-file={place / 'conf'}"], stdout=subprocess.DEVNULL
    ) as running:
        try:
            while not _answers(port):
                assert running.poll() is None
            yield str(listening)
        finally:
            running.terminate()


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


@contextmanager
def listener(said: bytes) -> Iterator[str]:
    """Lend an address at which somebody says this, whatever is asked, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            while True:
                try:
                    line, _ = server.accept()
                except OSError:
                    return
                with line:
                    line.recv(1 << 16)
                    line.sendall(said)

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
    thread.join()
