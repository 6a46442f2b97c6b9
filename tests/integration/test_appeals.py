"""Appeals are exhausted by a confirmation, never by a clock (119quinquies §2 al.4)."""

import asyncio
from datetime import date, time, timedelta

import pytest

from activities.recording import acts
from acts.items.reading import read_item
from acts.pages import lists
from acts.performing import Done
from models.errors import ClockEnded, NotPermitted, TransitionNotAllowed, Unavailable
from models.ids import CaseId, ItemId, workflow_id
from models.items import ItemKind, ItemState
from models.proceedings import AppealResult
from models.process import ActPointer
from serving.coordination import build_services
from storage.engine import transaction
from tests.deeds.cast import HANDLER, MAYOR, Cast
from tests.deeds.measures import (
    STATEMENT,
    confirm,
    judge,
    last_day,
    lodge,
    take_measure,
)
from tests.oracles.evidence import disagreements, refused, state_of
from tests.running.terminal import Terminal
from tests.running.world import PATIENCE, World, eventually

JUDGMENT, CONFIRMATION = "judgment", "confirmation_of_no_appeal"


@pytest.fixture
def case(world: World, cast: Cast) -> CaseId:
    """A measure that was notified; the case is not closed yet."""
    return world.do(take_measure(cast))


@pytest.fixture
def closed(world: World, cast: Cast, case: CaseId) -> CaseId:
    world.do(cast.close(case))
    return case


def days_after(
    world: World, cast: Cast, case: CaseId, days: int, clock: str = "annulment"
) -> date:
    """Let time pass until some days after the term for appeal; return its last day."""
    last = last_day(cast, case)
    world.do(cast.until(last + timedelta(days=days)))
    query = "select state from deadline where case_id = %s and clock = %s"
    assert eventually(lambda: world.rows(query, case, clock) == [("ended",)])
    return last


def underlying(world: World, case: CaseId) -> list[tuple[str, date]]:
    """Return what is known of the destruction of a case's underlying data."""
    return world.rows(
        "select distinct state, due_on from retention_due"
        " where case_id = %s and scope = 'underlying'",
        case,
    )


def is_alive(cast: Cast, case: CaseId) -> bool:
    """Whether the defence can still read what the decision rests on."""
    facts = [i for i in cast.file(case).items if i.kind is ItemKind.FACT]
    return bool(facts) and all(
        i.state is ItemState.LIVE
        and read_item(cast.desk, cast.reader(HANDLER), i.item).body
        for i in facts
    )


def waits_for(cast: Cast, case: CaseId) -> str | None:
    """Return what a case waits for, if page and list agree."""
    line = cast.cases(HANDLER)[case]
    assert line.waits_for == cast.file(case).waits_for
    return line.waits_for


def wanted(cast: Cast, case: CaseId, who: str = HANDLER) -> int:
    """Count the notices that ask an officer for a confirmation."""
    found = lists.inbox(cast.desk, cast.reader(who)).notices
    kinds = [n.kind for n in found if n.case == case and n.clock == "annulment"]
    return kinds.count("confirmation_wanted")


def process_ends(world: World, case: CaseId) -> None:
    handle = world.client.get_workflow_handle(workflow_id(case))
    world.do(asyncio.wait_for(handle.result(), PATIENCE))


def record_unseen(world: World, done: Done) -> None:
    """Record a stored act without its process."""
    services = build_services(world.settings)
    pointer = ActPointer(act=done.act, case=done.case, kind=done.message.kind)
    try:
        with transaction(services.database) as connection:
            acts.record(connection, services, pointer)
    finally:
        services.database.dispose()


def destroyed_on(world: World, case: CaseId, day: date) -> bool:
    """Whether underlying data fell due on a day and every node has destroyed them."""
    still = "select count(*) from node_order where case_id = %s and state = 'open'"
    return eventually(
        lambda: (
            underlying(world, case) == [("destroyed", day)]
            and world.one(still, case) == 0
        )
    )


def test_before_the_last_day_is_over_nothing_can_be_confirmed(
    world: World, cast: Cast, case: CaseId
) -> None:
    last = last_day(cast, case)
    early = refused(world, case, confirm(cast, case), TransitionNotAllowed)
    world.do(cast.until(last, time(23, 59)))
    with pytest.raises(TransitionNotAllowed) as late:
        world.do(confirm(cast, case))

    for error in (early, late.value):
        assert f"the term for appeal runs until {last}" in error.message
        assert f"after {last}" in error.help
        assert error.details["article"] == "RR-COS 4"
    assert waits_for(cast, case) == "term_for_appeal"


def test_the_end_of_the_term_destroys_nothing_and_asks_the_handler(
    world: World, cast: Cast, closed: CaseId
) -> None:
    assert wanted(cast, closed) == 0

    days_after(world, cast, closed, 40)

    assert eventually(lambda: wanted(cast, closed) == 1)
    assert wanted(cast, closed, "anderlecht/supervisor") == 0
    assert waits_for(cast, closed) == CONFIRMATION
    assert underlying(world, closed) == [] and is_alive(cast, closed)
    assert disagreements(world, closed) == []


def test_an_appeal_of_the_last_day_is_recorded_ten_days_later(
    world: World, cast: Cast, closed: CaseId
) -> None:
    last = days_after(world, cast, closed, 10)

    error = refused(
        world, closed, lodge(cast, closed, last + timedelta(days=1)), ClockEnded
    )
    world.do(lodge(cast, closed, last))

    assert str(last) in error.message
    assert waits_for(cast, closed) == JUDGMENT and is_alive(cast, closed)
    pending = refused(world, closed, confirm(cast, closed), TransitionNotAllowed)
    assert f"the appeal of {last} against this decision is pending" in pending.message

    world.do(judge(cast, closed, AppealResult.REJECTED))

    assert waits_for(cast, closed) == CONFIRMATION and is_alive(cast, closed)
    assert wanted(cast, closed) == 2  # at the end of the term, and after the judgment
    world.do(confirm(cast, closed))
    assert destroyed_on(world, closed, cast.today)
    process_ends(world, closed)


def test_a_confirmation_destroys_that_day_and_its_proof_stays_with_the_file(
    world: World, cast: Cast, closed: CaseId
) -> None:
    days_after(world, cast, closed, 5)

    world.do(confirm(cast, closed))

    assert destroyed_on(world, closed, cast.today)
    process_ends(world, closed)
    assert waits_for(cast, closed) is None
    kept = cast.file(closed)
    assert kept.decisions[0].no_appeal_on == cast.today
    (proof,) = [i.item for i in kept.items if i.kind is ItemKind.NO_APPEAL]
    opened = read_item(cast.desk, cast.reader(MAYOR), ItemId(proof))
    assert opened.body == STATEMENT.encode()


def test_what_was_confirmed_is_not_confirmed_again_and_takes_no_appeal(
    world: World, cast: Cast, case: CaseId
) -> None:
    last = days_after(world, cast, case, 3)
    world.do(confirm(cast, case))
    assert destroyed_on(world, case, cast.today)
    assert eventually(lambda: disagreements(world, case) == [])

    for deed in (confirm(cast, case), lodge(cast, case, last)):
        error = refused(world, case, deed, TransitionNotAllowed)
        assert f"on {cast.today} it was confirmed" in error.message


def test_a_judgment_that_annuls_leaves_nothing_to_confirm(
    world: World, cast: Cast, closed: CaseId
) -> None:
    last = days_after(world, cast, closed, 10)
    world.do(lodge(cast, closed, last))

    world.do(judge(cast, closed, AppealResult.ANNULLED))

    assert destroyed_on(world, closed, cast.today)
    process_ends(world, closed)
    assert wanted(cast, closed) == 1


def test_an_urgent_request_that_is_rejected_within_the_term_exhausts_nothing(
    world: World, cast: Cast, closed: CaseId
) -> None:
    """An appeal for annulment may follow it until the last day."""
    world.do(lodge(cast, closed, cast.today, urgent=True))
    world.do(judge(cast, closed, AppealResult.REJECTED))
    assert (wanted(cast, closed), waits_for(cast, closed)) == (0, "term_for_appeal")

    last = days_after(world, cast, closed, 10)

    assert wanted(cast, closed) == 1 and is_alive(cast, closed)
    world.do(lodge(cast, closed, last))
    assert waits_for(cast, closed) == JUDGMENT


def test_a_confirmation_waits_for_an_appeal_that_was_stored_before_it(
    world: World, cast: Cast, closed: CaseId
) -> None:
    last = days_after(world, cast, closed, 10)
    appeal = world.do(lodge(cast.unheard(), closed, last))

    early = world.do(confirm(cast.unheard(), closed))
    with pytest.raises(Unavailable, match="counts before this one"):
        record_unseen(world, early)
    assert is_alive(cast, closed)
    world.grow_old("appeal.record", closed)
    world.grow_old("appeal.none", closed)

    assert eventually(lambda: state_of(world, appeal.act) == "recorded")
    assert eventually(lambda: state_of(world, early.act) == "refused")
    assert waits_for(cast, closed) == JUDGMENT and is_alive(cast, closed)


def test_the_handler_confirms_and_nobody_else(
    world: World,
    cast: Cast,
    case: CaseId,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    at = Terminal(monkeypatch, capsys)
    at.enter(world)
    days_after(world, cast, case, 2)
    words = ("appeal", "none", case, "--proof", STATEMENT)

    page = at.run("case", "show", case, "--as", HANDLER)
    refusal = at.ask(MAYOR, *words)
    done = at.do(HANDLER, *words)

    assert "estafette appeal none" in page.out
    assert refusal.error["error"] == NotPermitted.__name__
    assert (done["kind"], done["taken_up"]) == ("appeal.none", True)
    shown = at.do(HANDLER, "case", "show", case)
    assert (shown["waits_for"], shown["decisions"][0]["no_appeal_on"]) == (
        None,
        str(cast.today),
    )
