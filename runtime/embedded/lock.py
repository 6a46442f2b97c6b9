"""One owner per data directory, and a safe way to tell live processes from dead."""

import fcntl
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from models.errors import Conflict


@dataclass(frozen=True)
class ProcessId:
    """A process that cannot be mistaken for a later one with the same number.

    `birth` is whatever this system tells about the moment it started.
    """

    pid: int
    birth: str

    @property
    def alive(self) -> bool:
        """Say whether that very process still runs."""
        return bool(self.birth) and _birth_of(self.pid) == self.birth


def identify(pid: int) -> ProcessId:
    """Return the identity of a running process; of a dead one, it is never alive."""
    return ProcessId(pid, _birth_of(pid))


def _birth_of(pid: int) -> str:
    """Return when a process started, empty when there is none (or it is a zombie)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return "" if os.path.exists("/proc/self/stat") else _birth_by_ps(pid)
    except ProcessLookupError:  # it ended between opening and reading
        return ""
    state, start = fields[0], fields[19]
    return "" if state in "ZX" else start


def _birth_by_ps(pid: int) -> str:
    ps = ["/bin/ps", "-o", "lstart=", "-p", str(pid)]
    return subprocess.run(
        ps, capture_output=True, text=True, check=False
    ).stdout.strip()


class DirectoryLock:
    """Held as long as servers run on a data directory; the kernel frees it at death."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> None:
        """Take the lock and leave our pid in the file, for the message of the next.

        Raises:
            Conflict: another process holds it.
        """
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(file, 20).decode().strip() or "unknown"
            os.close(file)
            raise Conflict(
                f"a demo is already running (pid {holder})",
                help="stop it first, or set ESTAFETTE_DATA to another directory",
                data=str(self._path.parent),
            ) from None
        os.ftruncate(file, 0)
        os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
        self._file = file

    def release(self) -> None:
        """Give the lock back; the file stays, because removing it would race."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
