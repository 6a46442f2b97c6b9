"""Cover during leave: dated, scoped, never passed on, never wider; "Y for X"."""

from datetime import timedelta

import psycopg
import pytest

from acts import cases, covers, people
from acts.covers import Arranged
from acts.items.reading import read_item
from models.agencies import OfficerFunction
from models.errors import EstafetteError, InvalidInput, NotFound, NotPermitted
from models.ids import AgencyId, CaseId, ItemId, OfficerId
from models.people import ExclusionGround
from policies.people import Cover
from runtime.roles import Role
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.deeds.staff import hire, left_of, unwalled
from tests.oracles.evidence import entries, refused
from tests.running.world import World

CHIEF = "anderlecht/supervisor"


@pytest.fixture
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


@pytest.fixture
def stand_in(world: World, cast: Cast) -> str:
    """Somebody new, whom no earlier test let stand in for anybody."""
    name = f"anderlecht/stand-in-{len(cast.officers)}"
    return hire(world, cast, name, OfficerFunction.HANDLER)


def arrange(
    cast: Cast, by: str, *, absent: str = HANDLER, who: str = CHIEF, **changed: object
) -> Arranged:
    given = Cover(
        agency=AgencyId(absent.split("/")[0]),
        absent=OfficerId(absent),
        covering=OfficerId(by),
        from_day=cast.today,
        until_day=cast.today + timedelta(days=20),
    ).model_copy(update=changed)
    return covers.arrange(cast.desk, cast.officer(who), given)


def an_item(cast: Cast, case: CaseId) -> ItemId:
    return cast.file(case, MAYOR).items[0].item


def exclude(world: World, cast: Cast, case: CaseId, who: str) -> None:
    ground = ExclusionGround.PERSONAL
    named = OfficerId(who)
    world.do(people.exclude(cast.desk, cast.officer(MAYOR), case, named, ground))


def named_on(world: World, who: str, day: object) -> set[CaseId]:
    query = "select case_id from naming_of(%s, 'anderlecht', %s, null)"
    with world.connection(Role.RECORD) as connection:
        return {c for (c,) in connection.execute(query.encode(), [who, day])}


def test_who_covers_acts_and_reads_for_the_absent_and_both_are_named(
    world: World, cast: Cast, case: CaseId, stand_in: str
) -> None:
    done = arrange(cast, stand_in)
    number = cast.officer(stand_in).service_number

    opened = read_item(cast.desk, cast.reader(stand_in), an_item(cast, case))
    world.do(people_add(cast, case, stand_in))

    story = [line for line in cast.file(case).story if line.kind == "item.add"]
    assert [(s.service_number, s.on_behalf_of) for s in story] == [(number, "AND-014")]
    by_receipt = {e["kind"]: e for e in entries(world) if e.get("case") == str(case)}
    assert by_receipt["item.add"]["on_behalf_of"]
    assert by_receipt["item.released"]["on_behalf_of"] and opened.receipt
    arranged = [e for e in entries(world) if e["kind"] == "cover.arranged"]
    assert done.receipts and arranged[-1]["named"] and arranged[-1]["on_behalf_of"]
    assert stand_in not in str(arranged)


def people_add(cast: Cast, case: CaseId, who: str):
    material = cases.OwnMaterial(
        source="src.3", body=b"Une plainte.", handling=cast.handling()
    )
    return cases.add_item(cast.desk, cast.officer(who), case, material)


def test_an_act_in_one_s_own_right_names_nobody_else(
    world: World, cast: Cast, case: CaseId
) -> None:
    world.do(cast.add_fact(case))

    (line,) = [line for line in cast.file(case).story if line.kind == "item.add"]
    assert line.on_behalf_of == ""


def test_a_cover_begins_and_ends_by_itself(
    world: World, cast: Cast, case: CaseId, stand_in: str
) -> None:
    """In the database, on the legal day: nothing has to run for it to end."""
    first = cast.today + timedelta(days=3)
    last = cast.today + timedelta(days=5)
    arrange(cast, stand_in, from_day=first, until_day=last)

    assert left_of(world, cast.officer(stand_in), case) == set()
    seen = {
        number: case in named_on(world, stand_in, cast.today + timedelta(days=number))
        for number in (2, 3, 5, 6)
    }
    assert seen == {2: False, 3: True, 5: True, 6: False}
    for days, found in ((2, 0), (3, 1), (6, 0)):
        then = world.clock.now() + timedelta(days=days)
        with world.seat_at(cast.officer(stand_in), then) as seat:
            query = b"select count(*) from case_file where id = %s"
            assert seat.execute(query, [case]).fetchone() == (found,)


def test_a_cover_of_one_case_opens_no_other(
    world: World, cast: Cast, case: CaseId, stand_in: str
) -> None:
    other = world.do(cast.open_case())
    arrange(cast, stand_in, case=other)

    assert cast.file(other, stand_in)
    assert left_of(world, cast.officer(stand_in), case) == set()


def test_a_cover_is_never_passed_on(
    world: World, cast: Cast, case: CaseId, stand_in: str
) -> None:
    third = hire(
        world, cast, f"anderlecht/third-{len(cast.officers)}", OfficerFunction.HANDLER
    )
    arrange(cast, stand_in)
    arrange(cast, third, absent=stand_in)

    assert cast.file(case, stand_in)
    assert left_of(world, cast.officer(third), case) == set()
    with unwalled(world) as desk, pytest.raises(NotPermitted):
        read_item(desk, cast.reader(third), an_item(cast, case))
    deed = people_add(cast, case, third)
    refused(world, case, deed, NotFound)


def test_a_cover_lends_no_function_and_never_more_than_the_absent_has(
    world: World, cast: Cast, case: CaseId, stand_in: str
) -> None:
    alderman = hire(
        world, cast, f"anderlecht/seat-{len(cast.officers)}", OfficerFunction.COLLEGE
    )
    named = OfficerId(alderman)
    world.do(people.designate(cast.desk, cast.officer(MAYOR), case, named, None))
    arrange(cast, stand_in, absent=alderman)

    with pytest.raises(NotPermitted) as caught:
        read_item(cast.desk, cast.reader(stand_in), an_item(cast, case))
    refused(world, case, people_add(cast, case, stand_in), NotPermitted)
    close = cases.close(cast.desk, cast.officer(stand_in), case, "Rien.")
    refused(world, case, close, NotPermitted)

    assert "college-not-the-file" in caught.value.details["policies"]


def test_who_covers_a_released_officer_sees_nothing(
    world: World, cast: Cast, case: CaseId, stand_in: str
) -> None:
    arrange(cast, stand_in)
    mayor, second = cast.officer(MAYOR), OfficerId("anderlecht/second")
    world.do(people.designate(cast.desk, mayor, case, second, None))

    world.do(people.release(cast.desk, mayor, case, OfficerId(HANDLER)))

    assert left_of(world, cast.officer(stand_in), case) == set()


@pytest.mark.parametrize("excluded", ["absent", "covering"])
def test_an_exclusion_of_either_takes_the_case_away(
    world: World, cast: Cast, case: CaseId, stand_in: str, excluded: str
) -> None:
    arrange(cast, stand_in, case=case)
    arrange(cast, stand_in)
    assert cast.file(case, stand_in)

    exclude(world, cast, case, HANDLER if excluded == "absent" else stand_in)

    assert left_of(world, cast.officer(stand_in), case) == set()
    of_the_case = [c for c in covers.listed(cast.desk, cast.officer(CHIEF)) if c.case]
    assert case not in {c.case for c in of_the_case}
    with pytest.raises(InvalidInput, match="is excluded"):
        arrange(cast, stand_in, case=case)


def test_who_comes_back_early_ends_the_cover_at_once(
    world: World, cast: Cast, case: CaseId, stand_in: str
) -> None:
    arrange(cast, stand_in)

    done = covers.end(cast.desk, cast.officer(CHIEF), OfficerId(HANDLER))

    assert stand_in in {c.covering for c in done.covers}
    assert left_of(world, cast.officer(stand_in), case) == set()
    assert "cover.ended" in {e["kind"] for e in entries(world)}
    with pytest.raises(NotFound):
        covers.end(cast.desk, cast.officer(CHIEF), OfficerId(HANDLER))


def test_a_partner_answers_for_an_absent_colleague_and_asks_in_that_name(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))
    colleague = hire(
        world, cast, f"pz-midi/new-{len(cast.officers)}", OfficerFunction.ANALYST
    )
    arrange(cast, colleague, absent=POLICE, who="pz-midi/supervisor")

    world.do(cast.answer(handoff, who=colleague))

    number = cast.officer(colleague).service_number
    (line,) = [line for line in cast.file(case).story if line.kind == "handoff.answer"]
    assert (line.service_number, line.on_behalf_of) == (number, "PZM-2231")
    names = world.rows(
        "select officer_id from designation where case_id = %s and agency_id = %s",
        case,
        "pz-midi",
    )
    assert names == [(POLICE,)], "a cover leaves no designation of its own behind"


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"who": HANDLER}, NotPermitted),
        ({"by": CHIEF}, NotPermitted),
        ({"by": HANDLER}, InvalidInput),
        ({"by": POLICE}, NotFound),
        ({"by": "anderlecht/nobody"}, NotFound),
        ({"absent": "pz-midi/second"}, NotFound),
        ({"from_day": -1}, InvalidInput),
        ({"until_day": -1}, InvalidInput),
        ({"case": "hidden"}, NotFound),
    ],
    ids=str,
)
def test_what_cannot_be_arranged(
    world: World, cast: Cast, changed: dict[str, object], error: type[EstafetteError]
) -> None:
    for name in ("from_day", "until_day"):
        if name in changed:
            changed = changed | {name: cast.today - timedelta(days=1)}
    if "case" in changed:
        foreign = world.do(cast.open_case())
        exclude(world, cast, foreign, CHIEF)
        changed = {"case": foreign}
    by = str(changed.pop("by", "anderlecht/second"))
    before = world.one("select count(*) from cover")

    with pytest.raises(error) as caught:
        arrange(cast, by, **changed)  # type: ignore[arg-type]

    assert caught.value.help
    assert world.one("select count(*) from cover") == before


@pytest.mark.parametrize(
    ("who", "covering"), [(HANDLER, "anderlecht/second"), (CHIEF, CHIEF)]
)
def test_row_level_security_alone_refuses_it_too(
    world: World, cast: Cast, who: str, covering: str
) -> None:
    insert = (
        "insert into cover (id, agency_id, absent_id, covering_id, from_day, until_day)"
        " values (gen_random_uuid(), 'anderlecht', 'anderlecht/handler', %s, %s, %s)"
    )
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        world.seat(cast.officer(who)) as seat,
    ):
        seat.execute(insert.encode(), [covering, cast.today, cast.today])


def test_who_is_away_is_known_to_those_concerned_only(
    world: World, cast: Cast, stand_in: str
) -> None:
    arrange(cast, stand_in)

    def known(who: str) -> set[str]:
        found = covers.listed(cast.desk, cast.officer(who))
        return {cover.covering for cover in found}

    assert stand_in in known(CHIEF) & known(HANDLER) & known(stand_in)
    assert stand_in not in known("anderlecht/college") | known(POLICE)
