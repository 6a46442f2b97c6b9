"""Who is named for a case: by law, by name, and until when."""

import itertools

import pytest

from acts import cases, people
from acts.items.reading import read_item
from models.agencies import AgencyKind, OfficerFunction
from models.errors import InvalidInput, NotFound, NotPermitted, TransitionNotAllowed
from models.ids import CaseId, OfficerId
from models.items import ItemKind
from policies.people import named_by_law
from runtime.roles import Role
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.deeds.staff import hire, left_of
from tests.oracles.evidence import entries, refused
from tests.running.world import World

SECOND = OfficerId("anderlecht/second")
COLLEAGUE, CHIEF = OfficerId("pz-midi/second"), "pz-midi/supervisor"


@pytest.fixture
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


@pytest.fixture(scope="module")
def successor(world: World, cast: Cast) -> str:
    return hire(world, cast, "anderlecht/successor", OfficerFunction.MAYOR)


def designate(world: World, cast: Cast, case: CaseId, who: str, until=None) -> None:
    deed = people.designate(cast.desk, cast.officer(MAYOR), case, OfficerId(who), until)
    world.do(deed)


def release(cast: Cast, case: CaseId, who: str, by: str = MAYOR):
    return people.release(cast.desk, cast.officer(by), case, OfficerId(who))


def test_a_new_mayor_finds_the_cases_of_the_predecessor_and_may_act(
    world: World, cast: Cast, case: CaseId, successor: str
) -> None:
    """NLC 119quinquies §4 gives access to the mayor, not to the one who opened it."""
    mayor = cast.officer(successor)

    listed = cast.cases(successor)
    card = next(
        item.item
        for item in cast.file(case, successor).items
        if item.kind is ItemKind.SUBJECT_CARD
    )
    opened = read_item(cast.desk, cast.reader(successor), card)
    world.do(people.designate(cast.desk, mayor, case, SECOND, None))
    world.do(cases.extend(cast.desk, mayor, case, "Avis attendu."))

    assert case in listed
    assert b"Lavage Exemple" in opened.body
    assert cast.file(case, SECOND).case.id == case


def test_a_mayor_elsewhere_and_an_alderman_find_nothing(
    world: World, cast: Cast, case: CaseId
) -> None:
    for who in ("saint-gilles/mayor", "anderlecht/college", "anderlecht/second"):
        assert left_of(world, cast.officer(who), case) == set(), who
        with pytest.raises(NotFound):
            cast.file(case, who)


def test_database_and_code_agree_on_who_is_named_by_law(
    world: World, cast: Cast
) -> None:
    query = "select mayor_of(%s, %s) and %s = %s"

    with world.connection(Role.RECORD) as connection:
        for officer, lead in itertools.product(cast.officers.values(), cast.agencies):
            values = [officer.id, officer.agency, officer.agency, lead]
            found = connection.execute(query.encode(), values).fetchone()
            kind = cast.agency(officer.agency).kind
            leads = officer.agency == lead
            assert found == (named_by_law(officer.functions, kind, leads=leads),)


def test_the_law_names_the_mayor_of_a_municipality_only() -> None:
    mayor, handler = {OfficerFunction.MAYOR}, {OfficerFunction.HANDLER}

    assert named_by_law(mayor, AgencyKind.MUNICIPALITY, leads=True)
    assert not named_by_law(mayor, AgencyKind.MUNICIPALITY, leads=False)
    assert not named_by_law(mayor, AgencyKind.DEIPP, leads=True)
    assert not named_by_law(handler, AgencyKind.MUNICIPALITY, leads=True)


def test_a_designation_ends_at_once_and_both_are_in_the_ledger(
    world: World, cast: Cast, case: CaseId
) -> None:
    designate(world, cast, case, SECOND)
    assert cast.file(case, SECOND)

    world.do(release(cast, case, SECOND))

    assert left_of(world, cast.officer(SECOND), case) == set()
    with pytest.raises(NotFound):
        cast.file(case, SECOND)
    kinds = [e for e in entries(world) if e.get("case") == str(case)]
    about = {e["kind"]: e.get("named") for e in kinds}
    assert about["case.designate"] and about["case.release"]
    assert about["case.designate"] != about["case.release"], "each has its own salt"
    assert str(SECOND) not in str(kinds)


def test_the_last_handler_is_released_only_once_another_is_named(
    world: World, cast: Cast, case: CaseId
) -> None:
    error = refused(world, case, release(cast, case, HANDLER), TransitionNotAllowed)
    designate(world, cast, case, SECOND)
    world.do(release(cast, case, HANDLER))

    assert "estafette case designate" in error.help
    assert cast.file(case, SECOND)
    with pytest.raises(NotFound):
        cast.file(case)


def test_who_is_not_designated_is_not_released(
    world: World, cast: Cast, case: CaseId
) -> None:
    error = refused(world, case, release(cast, case, SECOND), TransitionNotAllowed)

    assert f"`{SECOND}` is not designated" in error.message


def test_a_handler_releases_nobody(world: World, cast: Cast, case: CaseId) -> None:
    deed = release(cast, case, HANDLER, by=HANDLER)

    assert "mayor" in refused(world, case, deed, NotPermitted).message


def test_naming_again_writes_the_last_day_anew(
    world: World, cast: Cast, case: CaseId
) -> None:
    later = cast.working_day(5)
    designate(world, cast, case, SECOND, cast.today)
    designate(world, cast, case, SECOND, later)

    named = {d.officer: d.until_day for d in cast.file(case).designated}

    assert named == {HANDLER: None, MAYOR: None, SECOND: later}


def test_colleagues_of_a_case_know_each_other_and_nobody_elsewhere(
    world: World, cast: Cast, case: CaseId
) -> None:
    """Outside their agency officers appear as function and service number."""
    world.do(cast.receive(world.do(cast.ask(case))))

    named = {d.officer for d in cast.file(case).designated}

    assert named == {HANDLER, MAYOR}
    assert POLICE not in cast.file(case).model_dump_json()
    with world.seat(cast.officer(SECOND)) as seat:
        query = b"select count(*) from designation where case_id = %s"
        assert seat.execute(query, [case]).fetchone() == (0,)


def test_the_supervisor_sees_who_is_named_and_no_item(
    world: World, cast: Cast, case: CaseId
) -> None:
    chief = cast.officer("anderlecht/supervisor")

    found = people.who_works(cast.desk, chief, case)

    assert {d.officer for d in found.designated} == {HANDLER, MAYOR}
    assert "item" not in left_of(world, chief, case)
    with pytest.raises(NotFound):
        people.who_works(cast.desk, cast.officer("saint-gilles/supervisor"), case)


def test_a_question_is_not_left_with_somebody_who_is_gone(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))
    chief = cast.officer(CHIEF)

    alone = refused(
        world, case, release(cast, case, POLICE, by=CHIEF), TransitionNotAllowed
    )
    world.do(people.designate_for_handoff(cast.desk, chief, handoff, COLLEAGUE))
    world.do(release(cast, case, POLICE, by=CHIEF))
    gone = refused(world, case, cast.answer(handoff), NotPermitted)
    world.do(cast.answer(handoff, who=COLLEAGUE))

    assert "estafette handoff designate" in alone.help
    assert "not designated" in gone.message


def test_a_question_is_not_left_with_a_colleague_who_left_the_agency(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))
    leaver = hire(world, cast, "pz-midi/gone", OfficerFunction.ANALYST)
    gone, chief = cast.officers.pop(OfficerId(leaver)), cast.officer(CHIEF)
    world.do(people.designate_for_handoff(cast.desk, chief, handoff, gone.id))
    with world.superuser() as connection:
        empty = "update officer set functions = '{}' where id = %s"
        connection.execute(empty, [gone.id])

    deed = release(cast, case, POLICE, by=CHIEF)

    assert "designate" in refused(world, case, deed, TransitionNotAllowed).help
    world.do(release(cast, case, leaver, by=CHIEF))


def test_an_agency_without_a_part_releases_nobody(
    world: World, cast: Cast, case: CaseId
) -> None:
    world.do(cast.ask(case))

    for by in ("ciear-bxl/supervisor", "saint-gilles/mayor"):
        refused(world, case, release(cast, case, HANDLER, by=by), NotFound)


def test_a_designation_still_cannot_end_in_the_past(
    world: World, cast: Cast, case: CaseId
) -> None:
    yesterday = cast.today.replace(year=cast.today.year - 1)
    deed = people.designate(cast.desk, cast.officer(MAYOR), case, SECOND, yesterday)

    refused(world, case, deed, InvalidInput)
