"""Terms in the process: reminders, escalation, expiry, extension, the last minute."""

from datetime import date, time

import pytest

from acts import advice
from acts.pages import lists
from acts.pages.lists import NoticeLine
from models.errors import ClockEnded
from models.handoffs import HandoffState
from models.ids import CaseId, HandoffId
from tests.deeds.cast import DEIPP, POLICE, Cast
from tests.deeds.guarding import MAGISTRATE
from tests.oracles.evidence import disagreements, entries, refused, standing, state_of
from tests.running.world import World, eventually

SUPERVISOR = "pz-midi/supervisor"
LAST_MINUTE = time(23, 59)


@pytest.fixture
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


def notices(cast: Cast, who: str, handoff: HandoffId | None) -> list[NoticeLine]:
    """Return what somebody was told of a question since it came, or of the case."""
    found = lists.inbox(cast.desk, cast.reader(who)).notices
    return [n for n in found if n.handoff == handoff and n.kind != "offered"]


def ended(world: World, case: CaseId, clock: str) -> bool:
    query = "select state from deadline where case_id = %s and clock = %s"
    return (("ended",)) in world.rows(query, case, clock)


def pass_end_of(world: World, cast: Cast, case: CaseId, clock: str) -> None:
    """Let time pass until the morning after the last day of a term."""
    query = "select due_on from deadline where case_id = %s and clock = %s"
    world.do(cast.until(next_day(world.one(query, case, clock))))
    assert eventually(lambda: ended(world, case, clock))


def next_day(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def test_a_question_nobody_answers_reminds_its_analysts_then_their_supervisor(
    world: World, cast: Cast, case: CaseId
) -> None:
    """Neither of them is told what it is about."""
    handoff, asked = world.do(cast.ask(case, question="Plombastique?")), cast.today

    world.do(cast.working_days(7, asked))
    (reminder,) = eventually(lambda: notices(cast, POLICE, handoff))
    assert notices(cast, SUPERVISOR, handoff) == []
    world.do(cast.until(next_day(cast.working_day(10, asked))))
    (escalation,) = eventually(lambda: notices(cast, SUPERVISOR, handoff))

    assert notices(cast, POLICE, handoff) == [reminder]
    assert (reminder.kind, escalation.kind) == ("reminder", "escalation")
    for notice in (reminder, escalation):
        assert (notice.clock, notice.detail) == ("police_answer", "")
        assert notice.due_on == cast.working_day(10, asked)
    kinds = [e["kind"] for e in entries(world) if e.get("handoff") == str(handoff)]
    assert kinds.count("clock.reminded") == kinds.count("clock.ended") == 1
    assert disagreements(world, case) == []


def test_the_term_of_an_agency_without_analysts_reminds_who_works_there(
    world: World, cast: Cast, case: CaseId
) -> None:
    """A magistrate receives what the judicial authorities are asked."""
    handoff, asked = world.do(cast.ask(case, "parquet-bxl", "src.7")), cast.today

    world.do(cast.working_days(7, asked))

    (reminder,) = eventually(lambda: notices(cast, MAGISTRATE, handoff))
    assert (reminder.kind, reminder.clock) == ("reminder", "prosecutor_answer")


def test_an_answer_after_the_agreed_days_still_counts(
    world: World, cast: Cast, case: CaseId
) -> None:
    """The law sets no term for it: people are warned and nothing is decided."""
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))
    pass_end_of(world, cast, case, "police_answer")

    world.do(cast.answer(handoff, "Tard, mais voici."))

    assert standing(world, handoff) == "answered"


def test_an_answer_stops_its_reminders(world: World, cast: Cast, case: CaseId) -> None:
    handoff, asked = world.do(cast.ask(case)), cast.today
    world.do(cast.receive(handoff))
    world.do(cast.answer(handoff))

    world.do(cast.working_days(12, asked))

    assert notices(cast, POLICE, handoff) == notices(cast, SUPERVISOR, handoff) == []
    assert disagreements(world, case) == []


def test_with_the_inquiry_its_open_questions_end_and_take_no_answer(
    world: World, cast: Cast, case: CaseId
) -> None:
    waiting, answered = world.do(cast.ask(case)), world.do(cast.ask(case))
    for handoff in (waiting, answered):
        world.do(cast.receive(handoff))
    world.do(cast.answer(answered))

    pass_end_of(world, cast, case, "inquiry")

    assert standing(world, waiting) == "expired"
    assert standing(world, answered) == "answered"
    assert "expired" in [n.kind for n in notices(cast, POLICE, waiting)]
    assert "expired" not in [n.kind for n in notices(cast, POLICE, answered)]
    error = refused(world, case, cast.answer(waiting), ClockEnded)
    assert "term of this question has ended" in error.message
    about = [e["kind"] for e in entries(world) if e.get("handoff") == str(waiting)]
    assert "handoff.expired" in about
    (told,) = [
        n
        for n in notices(cast, "anderlecht/supervisor", None)
        if n.case == case and n.kind == "escalation"
    ]
    assert told.clock == "inquiry"
    assert eventually(lambda: disagreements(world, case) == [])


def test_an_inquiry_that_has_ended_cannot_be_extended(
    world: World, cast: Cast, case: CaseId
) -> None:
    pass_end_of(world, cast, case, "inquiry")

    error = refused(world, case, cast.extend(case), ClockEnded)

    assert "`inquiry` term ended on" in error.message


def test_an_extended_inquiry_ends_thirty_working_days_later(
    world: World, cast: Cast, case: CaseId
) -> None:
    """NLC 119ter §4: fifty working days, once thirty more."""
    handoff, opened = world.do(cast.ask(case)), cast.today
    world.do(cast.extend(case))

    world.do(cast.until(next_day(cast.working_day(50, opened))))
    assert standing(world, handoff) == "offered"
    query = "select due_on from deadline where case_id = %s and clock = 'inquiry'"
    assert world.one(query, case) == cast.working_day(80, opened)
    pass_end_of(world, cast, case, "inquiry")

    assert standing(world, handoff) == "expired"


def test_an_answer_stored_before_midnight_counts_when_it_is_recorded_after(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))
    query = "select due_on from deadline where case_id = %s and clock = 'inquiry'"
    last = world.one(query, case)
    world.do(cast.until(last, LAST_MINUTE))

    done = world.do(cast.unheard().answer(handoff, "Juste à temps."))
    world.do(cast.until(next_day(last)))
    assert standing(world, handoff) == "received"  # the end waits for the act
    world.grow_old("handoff.answer", case)

    assert eventually(lambda: ended(world, case, "inquiry"))
    assert state_of(world, done.act) == "recorded"
    assert standing(world, handoff) == "answered"
    assert eventually(lambda: disagreements(world, case) == [])


def test_an_extension_stored_before_midnight_undoes_the_end_that_is_on_its_way(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff, opened = world.do(cast.ask(case)), cast.today
    last = cast.working_day(50, opened)
    world.do(cast.until(last, LAST_MINUTE))

    done = world.do(cast.unheard().extend(case))
    world.do(cast.until(next_day(last)))
    world.grow_old("case.extend", case)
    assert eventually(lambda: state_of(world, done.act) == "recorded")
    world.do(cast.working_days(55, opened))

    assert not ended(world, case, "inquiry")
    assert standing(world, handoff) == "offered"
    assert eventually(lambda: disagreements(world, case) == [])
    pass_end_of(world, cast, case, "inquiry")
    assert standing(world, handoff) == "expired"


def test_a_request_for_advice_that_is_not_completed_lapses(
    world: World, cast: Cast, case: CaseId
) -> None:
    """L24 20 al.3-4."""
    request = world.do(_inadmissible_request(cast, case))

    pass_end_of(world, cast, case, "completion")

    assert standing(world, request) == HandoffState.EXPIRED


def test_what_services_did_not_answer_ends_with_the_term_of_the_advice(
    world: World, cast: Cast, case: CaseId
) -> None:
    """L24 21 §1 al.3, 24 §1: they answer within the thirty days of the advice."""

    async def ask() -> tuple[HandoffId, HandoffId]:
        request = await _request(cast, case)
        await advice.admit(cast.desk, cast.officer(DEIPP), request)
        tax = await cast.ask(case, "spf-finances", "svc.4", parent=request, who=DEIPP)
        return request, tax

    request, tax = world.do(ask())
    pass_end_of(world, cast, case, "advice")

    assert standing(world, tax) == "expired"
    assert standing(world, request) == "accepted"  # late advice is still advice


async def _request(cast: Cast, case: CaseId) -> HandoffId:
    await cast.add_fact(case)
    register = await cast.query_register(case)
    await cast.receive(register, who="deipp/registrar")
    await cast.answer(register, who="deipp/registrar", hit=False)
    request = await cast.request_advice(case)
    await cast.receive(request, who=DEIPP)
    return request


async def _inadmissible_request(cast: Cast, case: CaseId) -> HandoffId:
    request = await _request(cast, case)
    analyst = cast.officer(DEIPP)
    await advice.reject(cast.desk, analyst, request, "Rapport manquant.")
    return request
