"""Child processes: identity, orphans, restart, the leash. No server needed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from models.errors import NotFound
from runtime.embedded.lock import ProcessId, identify
from runtime.embedded.orphans import Registered, end_orphans, write_register
from runtime.embedded.process import Command
from runtime.embedded.supervision import Service, Supervisor


@pytest.fixture
def sleeper() -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=-1) as process:
        yield process
        process.kill()


def sleep_command(folder: Path, code: str = "import time; time.sleep(60)") -> Command:
    return Command("sleeper", (sys.executable, "-c", code), folder / "sleeper.log")


def until_other(supervisor: Supervisor, before: int) -> int:
    while supervisor.pids()["sleeper"] == before:
        time.sleep(0.02)
    return supervisor.pids()["sleeper"]


def test_a_process_is_not_mistaken_for_one_with_its_number(
    sleeper: "subprocess.Popen[bytes]",
) -> None:
    known = identify(sleeper.pid)

    assert known.alive
    assert not ProcessId(sleeper.pid, known.birth + "0").alive


def test_a_dead_process_is_not_alive_even_before_it_is_reaped(
    sleeper: "subprocess.Popen[bytes]",
) -> None:
    known = identify(sleeper.pid)
    sleeper.kill()
    os.waitid(os.P_PID, sleeper.pid, os.WEXITED | os.WNOWAIT)

    assert not known.alive
    assert not identify(sleeper.pid).alive


def test_orphans_are_ended_and_strangers_with_their_number_are_not(
    tmp_path: Path, sleeper: "subprocess.Popen[bytes]"
) -> None:
    known = identify(sleeper.pid)
    register = tmp_path / "processes.json"
    stranger = Registered(ProcessId(known.pid, known.birth + "0"), signal.SIGTERM)

    write_register(register, (stranger,))
    end_orphans(register)
    assert sleeper.poll() is None

    write_register(register, (Registered(known, signal.SIGTERM),))
    end_orphans(register)
    assert sleeper.wait() == -signal.SIGTERM
    assert not register.exists()


def test_an_orphan_that_will_not_stop_is_killed(tmp_path: Path) -> None:
    code = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print(flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=-1) as stubborn:
        assert stubborn.stdout is not None
        stubborn.stdout.readline()
        entry = Registered(identify(stubborn.pid), signal.SIGTERM)
        write_register(tmp_path / "processes.json", (entry,))

        end_orphans(tmp_path / "processes.json", patience=0.2)

        assert stubborn.wait() == -signal.SIGKILL


def test_a_process_that_dies_is_started_again(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path / "processes.json")
    supervisor.start(Service(sleep_command(tmp_path)))
    first = supervisor.pids()["sleeper"]

    os.kill(first, signal.SIGKILL)
    second = until_other(supervisor, first)
    supervisor.stop()

    assert not identify(first).alive
    assert not identify(second).alive


def test_a_process_that_keeps_dying_is_told_with_its_last_words(
    tmp_path: Path,
) -> None:
    supervisor = Supervisor(tmp_path / "processes.json")
    command = sleep_command(tmp_path, "print('no key'); raise SystemExit(3)")
    with capture_logs() as logged:
        supervisor.start(Service(command))
        while len(deaths := [e for e in logged if e["event"] == "process_died"]) < 3:
            time.sleep(0.02)
        supervisor.stop()

    assert {each["exit_code"] for each in deaths} == {3}
    assert "last_words" not in deaths[0]
    assert deaths[2]["last_words"] == "no key"
    assert deaths[2]["log"] == str(tmp_path / "sleeper.log")


def test_a_process_killed_on_purpose_stays_dead_until_restarted(
    tmp_path: Path,
) -> None:
    supervisor = Supervisor(tmp_path / "processes.json")
    supervisor.start(Service(sleep_command(tmp_path)))
    first = supervisor.pids()["sleeper"]

    supervisor.kill("sleeper")
    time.sleep(0.5)  # longer than the first pause before an automatic restart
    stayed = supervisor.pids()["sleeper"]
    supervisor.restart("sleeper")
    second = supervisor.pids()["sleeper"]
    alive = identify(second).alive
    supervisor.stop()

    assert stayed == first != second
    assert alive


def test_an_unknown_process_is_refused_with_the_known_names(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path / "processes.json")
    supervisor.start(Service(sleep_command(tmp_path)))

    with pytest.raises(NotFound) as refused:
        supervisor.kill("web")
    supervisor.stop()

    assert "`sleeper`" in refused.value.help


def test_everything_started_has_a_session_of_its_own(tmp_path: Path) -> None:
    """Ctrl-C reaches the whole foreground group; the order of a stop is ours."""
    supervisor = Supervisor(tmp_path / "processes.json")
    supervisor.start(Service(sleep_command(tmp_path)))

    session = os.getsid(supervisor.pids()["sleeper"])
    supervisor.stop()

    assert session != os.getsid(0)


@pytest.mark.skipif(sys.platform != "linux", reason="the leash is Linux's")
def test_children_die_with_an_owner_that_is_killed(tmp_path: Path) -> None:
    code = f"""
import sys, time
from pathlib import Path
from runtime.embedded.process import Command
from runtime.embedded.supervision import Service, Supervisor
log = Path({str(tmp_path / "sleeper.log")!r})
argv = (sys.executable, "-c", "import time; time.sleep(60)")
supervisor = Supervisor(Path({str(tmp_path / "processes.json")!r}))
supervisor.start(Service(Command("sleeper", argv, log)))
print(supervisor.pids()["sleeper"], flush=True)
time.sleep(60)
"""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE) as owner:
        assert owner.stdout is not None
        child = identify(int(owner.stdout.readline()))
        assert child.alive
        owner.kill()

    while child.alive:
        time.sleep(0.02)
