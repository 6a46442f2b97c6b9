"""What is done to items of a guarded question: unseen inside, by two hands outside."""

from collections.abc import Awaitable, Callable

import pytest

from acts import releases
from acts.items.reading import read_item
from acts.performing import Done
from acts.releases import Conditions, Wish
from models.agencies import ReadReason
from models.errors import NotFound, NotPermitted, TransitionNotAllowed
from models.ids import AgencyId, CaseId, HandoffId, ItemId
from tests.deeds.cast import HANDLER, Cast, handoff_of
from tests.deeds.control import CIEAR, Control
from tests.deeds.guarding import (
    CHIEF,
    MAGISTRATE,
    MORE,
    answer_of,
    ask,
    breaks_the_glass,
    confirm,
    correct,
    decline,
    is_never_confirmed,
    name_chief,
    question_of,
    refuse,
    take_back,
)
from tests.oracles.evidence import disagreements, items_of, refused, standing
from tests.running.world import World

Deed = Callable[[Cast, ItemId], Awaitable[Done]]


def grant(cast: Cast, request: HandoffId, who: str, body: str | None):
    reader = cast.reader(who, ReadReason.ANSWERING)
    return releases.grant(cast.desk, reader, request, Conditions(body=body))


@pytest.fixture
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


@pytest.fixture
def question(world: World, cast: Cast, case: CaseId) -> HandoffId:
    return world.do(ask(cast, case))


@pytest.fixture
def answer(world: World, cast: Cast, question: HandoffId) -> ItemId:
    """An answer that left with both keys."""
    world.do(is_never_confirmed(cast, question))
    world.do(confirm(cast, question))
    return answer_of(world, question)


@pytest.fixture
def request_for(world: World, cast: Cast, case: CaseId, answer: ItemId) -> HandoffId:
    """The asker's request that the CIEAR have the answer too, taken in hand."""
    served = world.do(cast.ask(case, "ciear-bxl", "src.6"))
    world.do(cast.receive(served, who=CIEAR))
    to = AgencyId("ciear-bxl")
    wish = Wish(item=answer, to=to, serves=served, reasons="Pour recouper.")
    handler = cast.officer(HANDLER)
    waiting = handoff_of(world.do(releases.request(cast.desk, handler, wish)))
    world.do(cast.receive(waiting, who=MAGISTRATE))
    world.do(name_chief(cast, waiting))
    return waiting


@pytest.mark.parametrize("deed", [take_back, correct])
def test_a_prepared_answer_is_declined_before_it_is_changed(
    world: World, cast: Cast, case: CaseId, question: HandoffId, deed: Deed
) -> None:
    world.do(is_never_confirmed(cast, question))
    item = answer_of(world, question)

    error = refused(world, case, deed(cast, item), TransitionNotAllowed)

    assert "`estafette handoff decline`" in error.help
    world.do(confirm(cast, question))
    assert read_item(cast.desk, cast.reader(HANDLER), item).body


@pytest.mark.parametrize("deed", [take_back, correct])
def test_an_answer_that_was_declined_may_be_changed_unseen(
    world: World, cast: Cast, case: CaseId, question: HandoffId, deed: Deed
) -> None:
    world.do(is_never_confirmed(cast, question))
    world.do(decline(cast, question))
    item, before = answer_of(world, question), cast.file(case)

    world.do(deed(cast, item))

    assert cast.file(case) == before
    assert standing(world, question) == "offered"
    assert disagreements(world, case) == []


@pytest.mark.parametrize("deed", [take_back, correct])
def test_reasons_that_were_kept_are_changed_unseen(
    world: World, cast: Cast, case: CaseId, question: HandoffId, deed: Deed
) -> None:
    world.do(cast.receive(question, who=MAGISTRATE))
    world.do(refuse(cast, question))
    (reasons,) = items_of(world, "reasons", case)
    before = cast.file(case)

    world.do(deed(cast, ItemId(reasons.item)))

    assert cast.file(case) == before
    kinds = "select count(*) from timeline where handoff_id = %s and inside"
    assert world.one(kinds, question) == 3, "its own agency knows"
    for item in items_of(world, "reasons", case):
        with pytest.raises(NotFound):
            read_item(cast.desk, cast.reader(HANDLER), ItemId(item.item))
    assert disagreements(world, case) == []


def test_a_correction_of_what_left_needs_two_hands(
    world: World, cast: Cast, case: CaseId, answer: ItemId
) -> None:
    error = refused(world, case, correct(cast, answer), NotPermitted)

    assert "a magistrate or supervisor who did not write" in error.message
    assert "another officer" in error.help
    world.do(correct(cast, answer, CHIEF))
    new = Control(world, cast).item(case)
    assert new != answer
    assert MORE.encode() in read_item(cast.desk, cast.reader(HANDLER), new).body
    with pytest.raises(NotPermitted, match="did not write"):
        world.do(correct(cast, new, CHIEF))


def test_what_left_is_taken_back_by_whoever_works_on_it(
    world: World, cast: Cast, case: CaseId, answer: ItemId
) -> None:
    world.do(take_back(cast, answer))

    assert "item.recall" in {line.kind for line in cast.file(case).story}


@pytest.mark.parametrize("body", [None, "Un jugement."])
def test_a_grant_of_what_left_needs_two_hands(
    world: World, cast: Cast, case: CaseId, request_for: HandoffId, body: str | None
) -> None:
    given = len(items_of(world, "answer", case))

    alone = grant(cast, request_for, MAGISTRATE, body)
    error = refused(world, case, alone, NotPermitted)

    assert "a magistrate or supervisor who did not write" in error.message
    assert len([i for i in items_of(world, "answer", case) if i.state == "live"]) == 1
    world.do(grant(cast, request_for, CHIEF, body))
    assert standing(world, request_for) == "answered"
    assert len(items_of(world, "answer", case)) >= given


def test_that_a_guarded_question_was_opened_is_unseen_until_it_is_answered(
    world: World, cast: Cast, question: HandoffId
) -> None:
    item = question_of(world, question)
    seen = b"select agency_id from sighting where item_id = %s"

    def sightings(who: str) -> list[tuple[str]]:
        with world.seat(cast.officer(who)) as seat:
            return seat.execute(seen, [item]).fetchall()

    world.do(is_never_confirmed(cast, question))
    read_item(cast.desk, cast.reader(MAGISTRATE), item)

    assert sightings("anderlecht/supervisor") == []
    assert sightings(CHIEF) == [("parquet-bxl",)]
    world.do(confirm(cast, question))
    assert sightings("anderlecht/supervisor") == [("parquet-bxl",)]


def test_an_emergency_on_a_guarded_question_is_told_to_the_own_supervisor_alone(
    world: World, cast: Cast, question: HandoffId
) -> None:
    world.do(breaks_the_glass(cast, question))

    told = (
        "select agency_id from notice"
        " where kind = 'break_glass_read' and handoff_id = %s"
    )
    assert world.rows(told, question) == [("parquet-bxl",)]
