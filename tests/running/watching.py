"""Looking at processes from outside, as Linux shows them."""

import threading
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

_LISTENING = "0A"  # <net/tcp_states.h>
_PROC = Path("/proc")


def environment(pid: int) -> dict[str, str]:
    """Return what a process was told when it started."""
    told = (_PROC / str(pid) / "environ").read_bytes().decode().split("\0")
    return dict(line.split("=", 1) for line in told if line)


def sockets(pid: int) -> set[int]:
    """Return the sockets that a process holds, of any kind, by inode."""
    found = set()
    for entry in (_PROC / str(pid) / "fd").iterdir():
        try:
            name = str(entry.readlink())
        except FileNotFoundError:
            continue  # closed meanwhile
        if name.startswith("socket:["):
            found.add(int(name[8:-1]))
    return found


def connections(pid: int) -> dict[int, tuple[int, str]]:
    """Return a process's TCP sockets: inode to port of the peer and state."""
    held = sockets(pid)
    rows = {}
    for table in ("tcp", "tcp6"):
        lines = (_PROC / str(pid) / "net" / table).read_text().splitlines()[1:]
        for fields in map(str.split, lines):
            if (inode := int(fields[9])) in held:
                rows[inode] = (int(fields[2].rpartition(":")[2], 16), fields[3])
    return rows


def local_sockets(pid: int) -> set[str]:
    """Return the named sockets of this machine that a process is connected to."""
    lines = (_PROC / str(pid) / "net" / "unix").read_text().splitlines()[1:]
    held = sockets(pid)
    rows = [line.split() for line in lines]
    return {row[7] for row in rows if int(row[6]) in held and len(row) > 7}


class Watch:
    """Notes whom processes are connected to: ten times a second, and when asked."""

    def __init__(self, pids: Iterable[int]) -> None:
        self.pids = list(pids)
        self.peers: dict[int, set[int]] = {pid: set() for pid in self.pids}
        self.listening: set[int] = set()
        self.named: set[str] = set()
        self.looks = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._go_on)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def look(self) -> None:
        """Note whom each process is connected to now."""
        for pid in self.pids:
            self._note(pid)
        self.looks += 1

    def _go_on(self) -> None:
        while not self._over.wait(0.1):
            self.look()

    def _note(self, pid: int) -> None:
        for port, state in connections(pid).values():
            if state == _LISTENING:
                self.listening.add(pid)
            else:
                self.peers[pid].add(port)
        self.named |= local_sockets(pid)
