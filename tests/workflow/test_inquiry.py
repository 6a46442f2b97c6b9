"""An inquiry of eighty working days on the real record, in seconds.

The server skips time; rules, record, ledger and PostgreSQL are those of production.
"""

from collections.abc import Coroutine, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import Engine, text

from activities.records import Records
from activities.services import Services
from acts.desk import Desk
from commands.demo.world import FIRST_DAY, make_world
from models.clock import BRUSSELS
from models.errors import ClockEnded, ExtensionExhausted
from models.handoffs import HandoffState
from policies.rulings import SharingPolicies
from runtime.clock import DemoClock
from runtime.nodes import local_nodes
from runtime.receipts import ReceiptFiles
from runtime.roles import Role
from runtime.settings import Settings
from storage.engine import connect
from tests.deeds.cast import Cast
from tests.pieces.packs import PACKS
from tests.workflow.rig import Rig
from tests.workflow.skipped import LiveClock, SkippedClock

# Counted by hand from Monday 2 March 2026 (50, and 80 working days).
DAY_5, DAY_15 = date(2026, 3, 9), date(2026, 3, 23)
DAY_35, DAY_45 = date(2026, 4, 21), date(2026, 5, 6)
DAY_50, DAY_80 = date(2026, 5, 13), date(2026, 6, 26)


class Play:
    """One case on the real record, opened on 2 March 2026 with one open question."""

    def __init__(
        self, rig: Rig, queue: str, cast: Cast, clock: SkippedClock, records: DemoClock
    ) -> None:
        self.rig, self.cast, self.clock = rig, cast, clock
        self.records = records
        self.id = self.act(cast.open_case())
        self.case = clock.case = rig.case(queue, self.id)
        self.question = self.do(cast.ask(self.id))

    def do(self, deed: Coroutine[Any, Any, Any]) -> Any:
        """Let an officer act."""
        done = self.act(deed)
        self.clock.look()
        return done

    def act(self, deed: Coroutine[Any, Any, Any]) -> Any:
        """Do the same with the record's own clock at the time that was skipped to."""
        self.records.set(self.clock.now())
        return self.rig.do(deed)

    def until(self, day: date, at: time = time(9)) -> None:
        """Let time pass until an hour of a day."""
        then = datetime.combine(day, at, tzinfo=BRUSSELS).astimezone(UTC)
        self.case.forward(then - self.clock.now())
        self.clock.look()


@pytest.fixture(scope="module")
def engines(settings: Settings) -> Iterator[dict[Role, Engine]]:
    make_world(settings)
    engines = {
        role: connect(settings.database(role)) for role in (Role.ACTS, Role.RECORD)
    }
    yield engines
    for engine in engines.values():
        engine.dispose()


@pytest.fixture
def play(rig: Rig, settings: Settings, engines: dict[Role, Engine]) -> Iterator[Play]:
    clock = SkippedClock(rig, FIRST_DAY)
    packs, sharing = PACKS, SharingPolicies.load()
    services = Services(engines[Role.RECORD], packs, sharing, LiveClock(clock))
    with rig.worker(Records(services).catalogue()) as queue:
        desk = Desk(
            database=engines[Role.ACTS],
            process=rig.process(queue),
            nodes=local_nodes(settings),
            packs=packs,
            sharing=sharing,
            clock=clock,
            receipts=ReceiptFiles(lambda agency: settings.node_files),
        )
        records = DemoClock(engines[Role.RECORD])
        yield Play(rig, queue, Cast(None, desk), clock, records)  # type: ignore[arg-type]


def rows(engines: dict[Role, Engine], query: str, play: Play) -> list[tuple[Any, ...]]:
    with engines[Role.RECORD].connect() as connection:
        found = connection.execute(text(query), {"case": play.id})
        return [tuple(row) for row in found]


def told(engines: dict[Role, Engine], play: Play) -> list[tuple[str, str, date]]:
    """What the municipality was told of its inquiry, and on which legal day."""
    query = (
        "select kind, function, (at at time zone 'Europe/Brussels')::date from notice"
        " where case_id = :case and clock = 'inquiry' order by at"
    )
    return rows(engines, query, play)


def entered(engines: dict[Role, Engine], play: Play, kind: str) -> int:
    """How often the ledger was told of something about the inquiry's term."""
    query = "select kind from timeline where case_id = :case and detail = 'inquiry'"
    return rows(engines, query, play).count((kind,))


def test_an_extended_inquiry_reminds_on_its_days_and_ends_once(
    play: Play, engines: dict[Role, Engine]
) -> None:
    play.until(DAY_50, time(23, 50))
    play.do(play.cast.extend(play.id))
    with pytest.raises(ExtensionExhausted):
        play.do(play.cast.extend(play.id))

    play.until(DAY_80, time(23, 50))
    still_open = play.case.position().handoffs
    play.until(date(2026, 6, 29))
    with pytest.raises(ClockEnded):
        play.do(play.cast.extend(play.id))

    assert told(engines, play) == [
        ("reminder", "handler", DAY_5),
        ("reminder", "handler", DAY_15),
        ("reminder", "handler", DAY_35),
        ("reminder", "handler", DAY_45),
        # A term ends at the midnight after its last day.
        ("escalation", "supervisor", DAY_80.replace(day=27)),
    ]
    assert entered(engines, play, "clock.reminded") == 4
    assert entered(engines, play, "clock.ended") == 1
    assert play.case.position().timers == ()
    # What is still asked when the inquiry ends can no longer be answered.
    assert still_open == {play.question: HandoffState.OFFERED}
    assert play.case.position().handoffs == {play.question: HandoffState.EXPIRED}
    states = "select state from handoff where case_id = :case"
    assert rows(engines, states, play) == [("expired",)]


def test_process_and_record_agree_and_the_process_ends_with_the_case(
    play: Play, engines: dict[Role, Engine]
) -> None:
    play.until(DAY_15)
    position = play.case.position()
    versions = "select version, stage from case_file where id = :case"
    assert rows(engines, versions, play) == [(position.version, position.stage)]

    play.do(play.cast.close(play.id))
    play.case.wait()

    due = "select state, due_on from retention_due where case_id = :case"
    assert ("destroyed", DAY_15) in rows(engines, due, play)
    assert ("waiting", DAY_15) not in rows(engines, due, play)
    running = "select id from deadline where case_id = :case and state = 'running'"
    assert rows(engines, running, play) == []
