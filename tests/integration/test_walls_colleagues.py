"""What colleagues who were not named learn: from raw queries, and from refusals."""

from uuid import uuid4

import psycopg
import pytest

from acts import emergencies, people
from acts.items.reading import read_item
from models.agencies import OfficerFunction
from models.ids import CaseId, HandoffId, ItemId
from models.people import ExclusionGround, GlassGround
from tests.deeds.cast import DEIPP, HANDLER, MAYOR, POLICE, REGISTRAR, Cast
from tests.deeds.control import Control, Kept
from tests.deeds.guarding import CHIEF, MAGISTRATE, OTHER, ask, prepare
from tests.deeds.staff import hire
from tests.oracles.absence import heard
from tests.oracles.evidence import items_of
from tests.running.terminal import Terminal
from tests.running.world import World

SECOND = "anderlecht/second"


@pytest.fixture
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


def found(world: World, cast: Cast, who: str, query: str, *values: object) -> bool:
    with world.seat(cast.officer(who)) as seat:
        return bool(seat.execute(query.encode(), values).fetchall())


def test_writing_a_key_tells_nobody_who_else_holds_an_item(
    world: World, cast: Cast, case: CaseId
) -> None:
    """A key that is there already and one that is not are refused alike."""
    world.do(cast.ask(case))
    (question,) = items_of(world, "question", case)
    said = set()
    for agency in ("pz-midi", "spf-finances"):
        with pytest.raises(psycopg.Error) as caught:
            with world.seat(cast.officer(HANDLER)) as seat:
                seat.execute(
                    "insert into item_key"
                    " values (%s, %s, 'anderlecht', 'file', '', '')",
                    [question.item, agency],
                )
        said.add(str(caught.value))

    assert said == {'new row violates row-level security policy for table "item_key"'}


def test_the_register_s_line_of_a_case_shows_to_who_sees_the_case(
    world: World, cast: Cast, case: CaseId
) -> None:
    """And to those who keep the register, as long as the keeper has what was filed."""
    filing = uuid4()
    with world.superuser() as connection:
        connection.execute(
            "insert into register_entry values (%s, %s, 'anderlecht', 'deipp', %s,"
            " 'closure', now(), now())",
            [uuid4(), case, filing],
        )
        connection.execute(
            "insert into audience values (%s, 'deipp', %s, 'anderlecht', null, 'r')",
            [filing, case],
        )
    query = "select 1 from register_entry where case_id = %s"
    everybody = (HANDLER, MAYOR, SECOND, DEIPP, REGISTRAR)

    saw = {who for who in everybody if found(world, cast, who, query, case)}
    assert saw == {HANDLER, MAYOR, REGISTRAR}

    with world.superuser() as connection:
        connection.execute("delete from audience where item_id = %s", [filing])
    assert not found(world, cast, REGISTRAR, query, case)


def test_a_notice_shows_to_those_whose_function_it_is_for(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))
    world.do(cast.answer(handoff, "Un contrôle."))
    query = "select 1 from notice where case_id = %s and function = 'handler'"

    assert found(world, cast, HANDLER, query, case)
    assert not found(world, cast, MAYOR, query, case)


def test_where_a_guarded_question_stands_is_for_those_who_work_on_it(
    world: World, cast: Cast, case: CaseId
) -> None:
    hire(world, cast, OTHER, OfficerFunction.MAGISTRATE)
    handoff = world.do(ask(cast, case))
    world.do(cast.receive(handoff, who=MAGISTRATE))
    world.do(prepare(cast, handoff))
    stands = "select 1 from guarded where handoff_id = %s"
    story = "select 1 from timeline where handoff_id = %s and inside"

    for query in (stands, story):
        saw = {
            who
            for who in (MAGISTRATE, CHIEF, OTHER)
            if found(world, cast, who, query, handoff)
        }
        assert saw == {MAGISTRATE, CHIEF}, query


def test_a_request_about_an_item_shows_to_those_of_its_originator_who_are_named(
    world: World, cast: Cast, control: Control, kept: Kept
) -> None:
    handoff = world.do(control.requested(kept))
    query = "select 1 from release_request where handoff_id = %s"

    assert found(world, cast, POLICE, query, handoff)
    assert found(world, cast, HANDLER, query, handoff)
    assert not found(world, cast, "pz-midi/second", query, handoff)


@pytest.mark.parametrize("told", ["null", "gen_random_uuid()"])
def test_an_opening_that_should_stay_inside_is_found_when_it_does_not(
    world: World, cast: Cast, case: CaseId, terminal: Terminal, told: str
) -> None:
    handoff: HandoffId = world.do(ask(cast, case))
    world.do(cast.receive(handoff, who=MAGISTRATE))
    (question,) = items_of(world, "question", case)
    read_item(cast.desk, cast.reader(MAGISTRATE), ItemId(question.item))
    change = "update sighting set inside = {} where item_id = %s and inside = %s"
    back = "update sighting set inside = %s where item_id = %s and agency_id = %s"
    with world.superuser() as connection:
        connection.execute(change.format(told).encode(), [question.item, handoff])
    try:
        answer = terminal.run("ledger", "verify", "--json")
    finally:
        with world.superuser() as connection:
            connection.execute(back.encode(), [handoff, question.item, "parquet-bxl"])

    assert (answer.code, answer.error["error"]) == (8, "EntryAltered")
    assert terminal.run("ledger", "verify", "--json").code == 0


def test_that_nobody_could_review_an_emergency_tells_of_no_hidden_case(
    world: World, cast: Cast, case: CaseId
) -> None:
    """All superiors are kept out of this case; out of one that never was, nobody."""
    second, by = cast.officer(SECOND), cast.officer(MAYOR)
    superiors = "select id from officer where agency_id = %s and %s = any(functions)"
    for (out,) in world.rows(superiors, by.agency, OfficerFunction.SUPERVISOR):
        world.do(people.exclude(cast.desk, by, case, out, ExclusionGround.FAMILY))

    def declare(which: CaseId) -> object:
        return world.do(
            emergencies.break_glass(cast.desk, second, which, GlassGround.DANGER, 4)
        )

    assert heard(declare, case) == heard(declare, CaseId(uuid4()))
