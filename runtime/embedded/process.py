"""One child process: started in its own session, on a leash, stopped by pid."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from runtime.embedded.account import Account

LEASH = Path(__file__).with_name("leash.py")

# Linux ties the leash to the *thread* that started the child. One thread that lives
# as long as this process starts them all, so that callers may come from any thread.
_starter = ThreadPoolExecutor(1, thread_name_prefix="starter")


@dataclass(frozen=True)
class Command:
    """What to run, and how to end it.

    `patience` is the seconds that a stop waits before it kills. `account` is None
    for the account of this process. The program must be given by absolute path.
    """

    name: str
    argv: tuple[str, ...]
    log: Path
    env: Mapping[str, str] = field(default_factory=dict)
    stop_signal: signal.Signals = signal.SIGTERM
    account: Account | None = None
    patience: float = 10.0


class Child:
    """A running command."""

    def __init__(self, command: Command) -> None:
        self.command = command
        self._process = _starter.submit(_spawn, command).result()

    @property
    def pid(self) -> int:
        """Return the process id."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """Return how it ended (negative: by that signal), None while it runs."""
        return self._process.poll()

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal, and after SIGKILL wait until the process is gone."""
        self._process.send_signal(number)
        if number == signal.SIGKILL:
            self._process.wait()

    def stop(self) -> None:
        """Ask it to end, wait, and kill it when patience runs out."""
        self._process.send_signal(self.command.stop_signal)
        try:
            self._process.wait(self.command.patience)
        except subprocess.TimeoutExpired:
            self.kill()


def _spawn(command: Command) -> "subprocess.Popen[bytes]":
    account = command.account
    leash = [
        *(sys.executable, "-I", "-S", str(LEASH)),
        *(str(os.getpid()), str(int(command.stop_signal))),
        *(f"{account.uid}:{account.gid}" if account else "-", "--"),
    ]
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    log = os.open(command.log, flags, 0o600)
    try:
        return subprocess.Popen(
            [*leash, *command.argv],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=dict(command.env),
            cwd="/",  # our own directory may be closed to the child's account
            start_new_session=True,  # Ctrl-C at the terminal reaches us, not it
        )
    finally:
        os.close(log)
