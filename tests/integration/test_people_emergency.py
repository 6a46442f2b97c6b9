"""Broken glass: reading only, for hours, in sight of all concerned, and reviewed."""

from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest

from acts import cases, emergencies, people
from acts.items.reading import read_item
from acts.pages import lists
from models.agencies import OfficerFunction
from models.errors import (
    EstafetteError,
    InvalidInput,
    NotFound,
    NotPermitted,
    TransitionNotAllowed,
)
from models.ids import CaseId, HandoffId, ItemId, OfficerId
from models.items import ItemKind
from models.people import ExclusionGround, GlassGround, ReviewOutcome
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.deeds.staff import hire, left_of, unwalled
from tests.oracles.absence import heard
from tests.oracles.evidence import entries, refused
from tests.running.world import World

CHIEF, SECOND = "anderlecht/supervisor", "anderlecht/second"
POLICE_CHIEF, COLLEAGUE = "pz-midi/supervisor", "pz-midi/second"
DANGER = GlassGround.DANGER


@pytest.fixture
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


def break_glass(cast: Cast, case: CaseId, who: str = SECOND, hours: int = 4):
    return emergencies.break_glass(cast.desk, cast.officer(who), case, DANGER, hours)


def review(
    cast: Cast, case: CaseId, who: str = CHIEF, found: ReviewOutcome | None = None
):
    waiting = emergencies.open_reviews(cast.desk, cast.officer(who), case)
    glass = waiting[0].id if waiting else uuid4()
    outcome = found or ReviewOutcome.JUSTIFIED
    return emergencies.review(cast.desk, cast.officer(who), case, glass, outcome)


def of_kind(cast: Cast, case: CaseId, kind: ItemKind) -> ItemId:
    found = cast.file(case, MAYOR).items
    return next(item.item for item in found if item.kind is kind)


def notices(cast: Cast, who: str, case: CaseId) -> list[tuple[str, str]]:
    found = lists.inbox(cast.desk, cast.reader(who)).notices
    return sorted((n.kind, n.detail) for n in found if n.case == case)


@pytest.fixture
def answered(world: World, cast: Cast, case: CaseId) -> HandoffId:
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))
    world.do(cast.answer(handoff, "Un contrôle en janvier."))
    return handoff


def test_who_breaks_the_glass_reads_and_all_concerned_are_told(
    world: World, cast: Cast, case: CaseId, answered: HandoffId
) -> None:
    answer = of_kind(cast, case, ItemKind.ANSWER)
    with pytest.raises(NotFound):
        read_item(cast.desk, cast.reader(SECOND), answer)

    world.do(break_glass(cast, case))
    opened = read_item(cast.desk, cast.reader(SECOND), answer)

    assert b"janvier" in opened.body
    told = ("break_glass_read", "anderlecht handler AND-015")
    assert notices(cast, CHIEF, case) == [("break_glass", "danger AND-015"), told]
    assert notices(cast, POLICE_CHIEF, case) == [told]
    ours = {e["kind"]: e for e in entries(world) if e.get("case") == str(case)}
    assert ours["case.break_glass"]["detail"] == DANGER
    released = ours["item.released"]["rulings"][0]["policies"]
    assert released == ["break-glass-reads"]


def test_an_emergency_gives_reads_and_no_act(
    world: World, cast: Cast, case: CaseId
) -> None:
    world.do(break_glass(cast, case))
    material = cases.OwnMaterial(
        source="src.3", body=b"Note.", handling=cast.handling()
    )

    assert cast.file(case, SECOND).case.id == case
    deed = cases.add_item(cast.desk, cast.officer(SECOND), case, material)
    assert "not designated" in refused(world, case, deed, NotPermitted).message


def test_an_emergency_ends_after_its_hours_in_the_database_itself(
    world: World, cast: Cast, case: CaseId
) -> None:
    world.do(break_glass(cast, case, hours=2))
    query = b"select count(*) from case_file where id = %s"

    for hours, found in ((1, 1), (3, 0), (-3, 0)):
        at = world.clock.now() + timedelta(hours=hours)
        with world.seat_at(cast.officer(SECOND), at) as seat:
            assert seat.execute(query, [case]).fetchone() == (found,), hours


def test_policy_alone_knows_the_hours_and_the_need(
    world: World, cast: Cast, case: CaseId
) -> None:
    card = of_kind(cast, case, ItemKind.SUBJECT_CARD)
    with unwalled(world) as desk:
        with pytest.raises(NotPermitted):
            read_item(desk, cast.reader(SECOND), card)
        world.do(break_glass(cast, case))
        assert read_item(desk, cast.reader(SECOND), card).body
        world.do(review(cast, case))
        with pytest.raises(NotPermitted):
            read_item(desk, cast.reader(SECOND), card)


def test_a_review_waits_visibly_and_ends_the_emergency(
    world: World, cast: Cast, case: CaseId
) -> None:
    world.do(break_glass(cast, case))

    (waiting,) = [
        one
        for one in lists.inbox(cast.desk, cast.reader(CHIEF)).reviews
        if one.case == case
    ]
    listed = people.who_works(cast.desk, cast.officer(CHIEF), case).emergencies
    world.do(review(cast, case, found=ReviewOutcome.REPORTED))

    assert waiting.officer == SECOND and listed == (waiting,)
    assert left_of(world, cast.officer(SECOND), case) <= {
        "glass", "intent"
    }  # fmt: skip
    with pytest.raises(NotFound):
        cast.file(case, SECOND)
    proofs = {e["kind"]: e for e in entries(world) if e.get("case") == str(case)}
    assert proofs["case.review"]["detail"] == "reported"
    assert proofs["case.review"]["named"]
    refused(world, case, review(cast, case), NotFound)


def test_there_is_no_second_emergency_before_the_review(
    world: World, cast: Cast, case: CaseId
) -> None:
    world.do(break_glass(cast, case, hours=1))
    again = refused(world, case, break_glass(cast, case), TransitionNotAllowed)
    world.do(review(cast, case))
    world.do(break_glass(cast, case))

    assert "waits for its review" in again.message


def test_an_exclusion_beats_the_emergency(
    world: World, cast: Cast, case: CaseId
) -> None:
    card = of_kind(cast, case, ItemKind.SUBJECT_CARD)
    named, ground = OfficerId(SECOND), ExclusionGround.FAMILY
    world.do(break_glass(cast, case))
    chief = cast.officer(CHIEF)
    world.do(people.exclude(cast.desk, chief, case, named, ground))

    assert left_of(world, cast.officer(SECOND), case) == set()
    with pytest.raises(NotFound):
        read_item(cast.desk, cast.reader(SECOND), card)
    with unwalled(world) as desk, pytest.raises(NotPermitted) as caught:
        read_item(desk, cast.reader(SECOND), card)
    assert "conflict-of-interest" in caught.value.details["policies"]
    refused(world, case, break_glass(cast, case), NotFound)


def test_a_partner_reads_what_it_was_given_and_nothing_else(
    world: World, cast: Cast, case: CaseId, answered: HandoffId
) -> None:
    question = of_kind(cast, case, ItemKind.QUESTION)
    card = of_kind(cast, case, ItemKind.SUBJECT_CARD)

    world.do(break_glass(cast, case, COLLEAGUE))

    assert read_item(cast.desk, cast.reader(COLLEAGUE), question).body
    with pytest.raises(NotFound):
        read_item(cast.desk, cast.reader(COLLEAGUE), card)
    with pytest.raises(NotFound):
        cast.file(case, COLLEAGUE)
    told = ("break_glass_read", "pz-midi analyst PZM-2240")
    assert told in notices(cast, CHIEF, case)
    assert told in notices(cast, POLICE_CHIEF, case)
    world.do(review(cast, case, POLICE_CHIEF))


@pytest.mark.parametrize(
    ("who", "hours", "error"),
    [
        (HANDLER, 4, TransitionNotAllowed),
        (SECOND, 9, InvalidInput),
        ("saint-gilles/handler", 4, NotFound),
        (POLICE, 4, NotFound),
        (CHIEF, 4, NotPermitted),
        ("anderlecht/college", 4, NotPermitted),
    ],
)
def test_who_breaks_no_glass(
    world: World,
    cast: Cast,
    case: CaseId,
    who: str,
    hours: int,
    error: type[EstafetteError],
) -> None:
    refused(world, case, break_glass(cast, case, who, hours), error)


def test_a_case_that_was_not_given_is_as_absent_as_one_that_never_was(
    world: World, cast: Cast, case: CaseId
) -> None:
    def declare(which: CaseId) -> object:
        return world.do(break_glass(cast, which, POLICE))

    assert heard(declare, case) == heard(declare, CaseId(uuid4()))


@pytest.mark.parametrize(
    ("who", "hours", "error"),
    [
        ("anderlecht/college", 4, NotPermitted),
        (CHIEF, 4, NotPermitted),
        (SECOND, 9, InvalidInput),
    ],
)
def test_a_refused_emergency_tells_of_no_hidden_case(
    world: World,
    cast: Cast,
    case: CaseId,
    who: str,
    hours: int,
    error: type[EstafetteError],
) -> None:
    def heard(which: CaseId) -> tuple[object, ...]:
        with pytest.raises(error) as caught:
            world.do(break_glass(cast, which, who, hours))
        return type(caught.value), *caught.value.args, caught.value.details

    kept = "select count(*) from intent where case_id = %s and officer_id = %s"
    assert heard(case) == heard(CaseId(uuid4()))
    assert world.one(kept, case, who) == 0


def test_nobody_reviews_their_own_emergency(
    world: World, cast: Cast, case: CaseId
) -> None:
    both = hire(
        world,
        cast,
        f"anderlecht/both-{len(cast.officers)}",
        OfficerFunction.HANDLER,
        OfficerFunction.SUPERVISOR,
    )
    world.do(break_glass(cast, case, both))

    refused(world, case, review(cast, case, both), NotPermitted)
    refused(world, case, review(cast, case, "pz-midi/supervisor"), NotFound)
    world.do(review(cast, case))


def test_the_wall_lets_nobody_write_notices_without_an_emergency(
    world: World, cast: Cast, case: CaseId
) -> None:
    insert = (
        "insert into notice (id, case_id, agency_id, function, kind, clock, detail, at)"
        " values (gen_random_uuid(), %s, 'pz-midi', 'supervisor', %s, '', '', now())"
    )
    for who, kind in ((HANDLER, "break_glass_read"), (SECOND, "feedback")):
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege),
            world.seat(cast.officer(who)) as seat,
        ):
            seat.execute(insert.encode(), [case, kind])
