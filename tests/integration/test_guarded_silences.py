"""Nothing known, may not say and late read alike to whoever asked (LVP 45)."""

import re
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta

import orjson
import pytest

from acts import handoffs, people
from acts.items.reading import read_item
from acts.pages import lists, overview
from acts.pages.one_handoff import show_handoff
from acts.pages.readers import readers_of
from models.errors import (
    TransitionNotAllowed,
)
from models.handoffs import InnerState
from models.ids import CaseId, HandoffId, OfficerId
from models.pages import Window
from models.people import ExclusionGround
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.guarding import (
    CHIEF,
    MAGISTRATE,
    ask,
    breaks_the_glass,
    confirm,
    correct,
    inside,
    is_declined,
    is_never_confirmed,
    nothing,
    prepare,
    question_of,
    reasons_of,
    refuse,
    take_back,
)
from tests.oracles.evidence import (
    both_signed,
    disagreements,
    entries,
    refused,
    standing,
)
from tests.running.world import World, eventually

ALL = Window(limit=200)
SUPERIOR = "anderlecht/supervisor"
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_INSTANT = re.compile(r"20\d\d-\d\d-\d\dT[\d:.+Z-]+")
_LEAF = re.compile(r"[0-9a-f]{64}")


@pytest.fixture
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


async def says_nothing_known(cast: Cast, handoff: HandoffId) -> None:
    await cast.receive(handoff, who=MAGISTRATE)
    await nothing(cast, handoff)


async def may_not_say(cast: Cast, handoff: HandoffId) -> None:
    await cast.receive(handoff, who=MAGISTRATE)
    await cast.accept(handoff, who=MAGISTRATE)
    await refuse(cast, handoff)


async def is_late(cast: Cast, handoff: HandoffId) -> None:
    """Nobody even takes it in hand."""


async def takes_its_reasons_back(cast: Cast, handoff: HandoffId) -> None:
    await may_not_say(cast, handoff)
    await take_back(cast, reasons_of(cast.world, handoff))


async def corrects_its_reasons(cast: Cast, handoff: HandoffId) -> None:
    await may_not_say(cast, handoff)
    await correct(cast, reasons_of(cast.world, handoff))


async def opens_the_question(cast: Cast, handoff: HandoffId) -> None:
    await cast.receive(handoff, who=MAGISTRATE)
    read_item(cast.desk, cast.reader(MAGISTRATE), question_of(cast.world, handoff))


SILENCES: tuple[Callable[[Cast, HandoffId], Awaitable[None]], ...] = (
    says_nothing_known,
    may_not_say,
    is_late,
    is_never_confirmed,
    is_declined,
    takes_its_reasons_back,
    corrects_its_reasons,
    opens_the_question,
    breaks_the_glass,
)


def surfaces(cast: Cast, case: CaseId, handoff: HandoffId) -> list[str]:
    """Return all that the asker can see of a question, without ids and instants."""
    desk, reader, superior = cast.desk, cast.reader(HANDLER), cast.reader(SUPERIOR)
    assert eventually(lambda: both_signed(cast.world, handoff))  # nodes take a moment
    read_item(desk, reader, question_of(cast.world, handoff))
    asked = lists.asked_by_us(desk, reader, ALL, closed=True)
    told = [n for r in (reader, superior) for n in lists.notices(desk, r, ALL)]
    seen = readers_of(desk, superior, question_of(cast.world, handoff))
    pages = [
        overview.show_case(desk, reader, case).model_dump(mode="json"),
        show_handoff(desk, reader, handoff).model_dump(mode="json"),
        [line.model_dump(mode="json") for line in lists.list_story(desk, reader, case)],
        [each.model_dump(mode="json") for each in asked if each.id == handoff],
        [each.model_dump(mode="json") for each in told if each.handoff == handoff],
        sorted({(r.agency, r.function) for r in seen if r.agency != "anderlecht"}),
    ]
    text = orjson.dumps(pages, option=orjson.OPT_INDENT_2).decode()
    for pattern in (_ID, _INSTANT, _LEAF):
        text = pattern.sub("x", text)
    return sorted(text.splitlines())


def differences(pages: list[list[str]]) -> list[list[str]]:
    """Return the lines in which each differs from the first, if any do."""
    first = Counter(pages[0])
    found = [sorted((Counter(p) - first) + (first - Counter(p))) for p in pages]
    return [each for each in found if each]


def alike(
    cast: Cast, asked: list[tuple[CaseId, HandoffId]], told: str
) -> list[list[str]]:
    """Return what the asker sees of each question, once each tells of ``told``."""

    pages: list[list[str]] = []

    def settled() -> bool:
        pages[:] = [surfaces(cast, *question) for question in asked]
        return all(tells(page, told) for page in pages) and not differences(pages)

    eventually(settled)
    return pages


def tells(page: list[str], kind: str) -> bool:
    return any(kind in line for line in page)


def test_nothing_known_may_not_say_and_late_read_alike_at_every_moment(
    world: World, cast: Cast
) -> None:
    questions: list[tuple[CaseId, HandoffId]] = []
    for silence in SILENCES:
        case = world.do(cast.open_case())
        handoff = world.do(ask(cast, case))
        fresh = surfaces(cast, case, handoff)
        world.do(silence(cast, handoff))
        assert surfaces(cast, case, handoff) == fresh, silence.__name__
        questions.append((case, handoff))
    due = world.one("select due_on from handoff where id = %s", questions[0][1])

    world.do(cast.until(due))
    before = alike(cast, questions, told="clock.reminded")
    assert tells(before[0], "clock.reminded")
    assert differences(before) == [], "reminders tell nothing"
    world.do(cast.until(due + timedelta(days=1)))
    for _, handoff in questions:
        eventually(lambda h=handoff: standing(world, h) == "expired")

    after = alike(cast, questions, told="expired")
    assert differences(after) == []
    assert after[0] != before[0]
    ended = "select distinct closed_at from handoff where id = any(%s)"
    assert len(world.rows(ended, [h for _, h in questions])) == 1, "at one instant"
    for case, _ in questions:
        assert disagreements(world, case) == []


def test_the_asked_agency_and_the_ledger_know_which_it_was(
    world: World, cast: Cast, case: CaseId
) -> None:
    first, second = world.do(ask(cast, case)), world.do(ask(cast, case))
    world.do(says_nothing_known(cast, first))
    world.do(may_not_say(cast, second))

    assert inside(cast, first) is InnerState.NOTHING_KNOWN
    assert inside(cast, second) is InnerState.MAY_NOT_SAY
    assert inside(cast, second, HANDLER) is None
    box = lists.inbox(cast.desk, cast.reader(MAGISTRATE), ALL).handoffs
    assert {h.id: h.inside for h in box}[first] is InnerState.NOTHING_KNOWN
    kinds = {
        (e["handoff"], e["kind"])
        for e in entries(world)
        if e.get("handoff") in (str(first), str(second))
    }
    assert (str(first), "handoff.nothing") in kinds
    assert (str(second), "handoff.refuse") in kinds


def test_what_was_concluded_in_silence_is_not_answered_any_more(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(ask(cast, case))
    world.do(says_nothing_known(cast, handoff))

    for deed in (prepare(cast, handoff), refuse(cast, handoff)):
        refused(world, case, deed, TransitionNotAllowed)
    ordinary = world.do(cast.ask(case))
    world.do(cast.receive(ordinary))
    error = refused(world, case, nothing(cast, ordinary, POLICE), TransitionNotAllowed)
    assert "`estafette handoff answer`" in error.help


def test_a_guarded_question_may_still_be_returned_and_taken_back(
    world: World, cast: Cast, case: CaseId
) -> None:
    back, gone = world.do(ask(cast, case)), world.do(ask(cast, case))
    for handoff in (back, gone):
        world.do(cast.receive(handoff, who=MAGISTRATE))
    magistrate = cast.officer(MAGISTRATE)

    world.do(handoffs.return_(cast.desk, magistrate, back, "Période manquante."))
    handler = cast.officer(HANDLER)
    world.do(handoffs.complete(cast.desk, handler, back, "Depuis 2023."))
    world.do(nothing(cast, back))
    world.do(prepare(cast, gone))
    world.do(cast.recall(gone))

    assert (standing(world, back), standing(world, gone)) == ("offered", "recalled")
    refused(world, case, confirm(cast, gone), TransitionNotAllowed)
    assert disagreements(world, case) == []


def test_what_the_asked_agency_does_about_its_people_shows_nowhere_outside(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(ask(cast, case))
    world.do(cast.receive(handoff, who=MAGISTRATE))
    before = surfaces(cast, case, handoff)
    magistrate, chief = cast.officer(MAGISTRATE), cast.officer(CHIEF)
    person, ground = OfficerId(MAGISTRATE), ExclusionGround.FAMILY

    world.do(people.recuse(cast.desk, magistrate, case, ground))
    world.do(people.readmit(cast.desk, chief, case, person))

    assert surfaces(cast, case, handoff) == before
    assert disagreements(world, case) == []
