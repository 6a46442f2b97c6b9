"""Keeps child processes running: readiness, restart with backoff, ordered stop."""

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import structlog

from models.errors import NotFound, Unavailable
from runtime.embedded.lock import identify
from runtime.embedded.orphans import Registered, write_register
from runtime.embedded.process import Child, Command

TICK = 0.1  # seconds between two looks
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0  # seconds before a restart, doubling
SETTLED = 10.0  # after so many seconds a process no longer counts as failing
READY_WITHIN = 60.0  # a database may have to recover first
FAILING = 3  # deaths in a row from which on it is told what the process said
RETRY_WITHIN = 15.0  # its killed predecessor's processes may still be ending

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Service:
    """A command and the question whether it is ready."""

    command: Command
    ready: Callable[[], bool] = lambda: True


class _Slot:
    """What the supervisor remembers of one service; guarded by its lock."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.held = True  # True: whoever started or killed it looks after it
        self.failures = 0
        self.spawn()

    def spawn(self) -> None:
        self.child = Child(self.service.command)
        self.started = time.monotonic()
        self.restart_at: float | None = None


class Supervisor:
    """Starts services in order, restarts what dies, stops them in reverse order."""

    def __init__(self, register: Path) -> None:
        self._register = register
        self._slots: dict[str, _Slot] = {}
        self._guard = threading.RLock()
        self._stopping = threading.Event()
        self._watch = threading.Thread(target=self._look, name="supervisor")
        self._watch.daemon = True

    def start(self, service: Service, *, retry: bool = False) -> None:
        """Start a service, wait until it is ready, and keep it running from then on.

        Args:
            service: what to run; it becomes the last in the order of start.
            retry: whether ending at the start may be a matter of moments, as for a
                database whose killed predecessor still leaves processes behind.

        Raises:
            Unavailable: it ended or did not become ready.
        """
        with self._guard:
            slot = self._slots[service.command.name] = _Slot(service)
            self._write_register()
        self._wait_ready(slot, retry=retry)
        if self._watch.ident is None:
            self._watch.start()

    def pids(self) -> dict[str, int]:
        """Return the process id of each service, in the order of their start."""
        with self._guard:
            return {name: slot.child.pid for name, slot in self._slots.items()}

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal to a service, which then stays as it is until `restart`."""
        with self._guard:
            slot = self._slot(name)
            slot.held = True
            slot.child.kill(number)

    def restart(self, name: str) -> None:
        """Stop a service if it runs, start it again, wait until it is ready."""
        with self._guard:
            slot = self._slot(name)
            slot.held = True
            slot.child.stop()
            self._respawn(slot)
        self._wait_ready(slot, retry=True)

    def stop(self) -> None:
        """Stop everything, last started first. May be called twice."""
        self._stopping.set()
        if self._watch.ident is not None:
            self._watch.join()
        for name in reversed(list(self._slots)):
            self._slots[name].child.stop()
            del self._slots[name]
        self._register.unlink(missing_ok=True)

    def _slot(self, name: str) -> _Slot:
        try:
            return self._slots[name]
        except KeyError:
            known = ", ".join(f"`{known}`" for known in self._slots)
            raise NotFound(
                f"no process `{name}` here", help=f"one of {known}"
            ) from None

    def _wait_ready(self, slot: _Slot, *, retry: bool) -> None:
        began = time.monotonic()
        while not slot.service.ready():
            waited = time.monotonic() - began
            ended = slot.child.exit_code is not None
            if waited > READY_WITHIN or (
                ended and (not retry or waited > RETRY_WITHIN)
            ):
                raise _ended(slot.child)
            time.sleep(TICK if ended else TICK / 2)
            if ended:
                with self._guard:
                    self._respawn(slot)
        slot.held = False

    def _respawn(self, slot: _Slot) -> None:
        slot.spawn()
        self._write_register()

    def _look(self) -> None:
        while not self._stopping.wait(TICK):
            with self._guard:
                for slot in self._slots.values():
                    self._look_at(slot)

    def _look_at(self, slot: _Slot) -> None:
        if slot.held:
            return
        now = time.monotonic()
        if slot.child.exit_code is None:
            if now - slot.started > SETTLED:
                slot.failures = 0
        elif slot.restart_at is None:
            pause = min(FIRST_PAUSE * 2**slot.failures, LONGEST_PAUSE)
            slot.failures = min(slot.failures + 1, 16)
            slot.restart_at = now + pause
            _note_death(slot, pause)
        elif now >= slot.restart_at:
            self._respawn(slot)
            log.info("process_restarted", process=slot.service.command.name)

    def _write_register(self) -> None:
        entries = (
            Registered(identify(slot.child.pid), int(slot.service.command.stop_signal))
            for slot in self._slots.values()
        )
        write_register(self._register, tuple(entries))


def _note_death(slot: _Slot, pause: float) -> None:
    command = slot.service.command
    told = {"process": command.name, "exit_code": slot.child.exit_code, "pause": pause}
    if slot.failures >= FAILING:
        told |= {"log": str(command.log), "last_words": last_words(command.log)}
    log.warning("process_died", **told)


def last_words(file: Path) -> str:
    """Return the last line of a log, `none` where there is none."""
    try:
        lines = file.read_text(errors="replace").strip().splitlines()
    except FileNotFoundError:
        return "none"
    return lines[-1] if lines else "none"


def _ended(child: Child) -> Unavailable:
    command = child.command
    why = "did not become ready" if child.exit_code is None else "ended at its start"
    return Unavailable(
        f"the embedded `{command.name}` {why}",
        help=f"its last words in `{command.log}`: {last_words(command.log)}",
    )
