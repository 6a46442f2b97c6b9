"""The walls around looking up by number, and what is left of erased items."""

import time
from uuid import uuid4

import psycopg
import pytest

from activities.destruction import destroy
from activities.services import Services
from acts import people
from acts.recalls import Correction, correct
from models.control import RecallGround
from models.errors import OutsidePack
from models.ids import CaseId, OfficerId
from models.people import ExclusionGround
from runtime.roles import Role
from storage import sessions
from storage.engine import connect
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.looking import (
    CHIEF,
    COLLEGE,
    OUTSIDERS,
    SECOND,
    asked_police,
    find,
    found,
    read,
    tokens,
)
from tests.oracles.evidence import refused
from tests.pieces.numbers import enterprise
from tests.running.world import World


@pytest.fixture
def number() -> str:
    return enterprise()


@pytest.fixture
def case(world: World, cast: Cast, number: str) -> CaseId:
    """A case of the test's own, about an enterprise that no other case is about."""
    return world.do(cast.open_case(enterprise_number=number))


def test_an_excluded_officer_finds_nothing_any_more(
    world: World, cast: Cast, case: CaseId, number: str
) -> None:
    assert found(cast, HANDLER, number) == {case}
    chief, ground = cast.officer(CHIEF), ExclusionGround.FAMILY
    world.do(people.exclude(cast.desk, chief, case, OfficerId(HANDLER), ground))

    assert find(cast, HANDLER, number) == []
    with world.seat(cast.officer(HANDLER)) as seat:
        query = "select 1 from number_token where case_id = %s"
        assert seat.execute(query.encode(), [case]).fetchall() == []


def test_policy_alone_keeps_a_row_out(
    world: World, cast: Cast, case: CaseId, number: str
) -> None:
    """The college sees what it decides on, not the file (NLC 119quinquies §4)."""
    with world.superuser() as connection:
        connection.execute(
            "insert into designation values (%s, %s, null, 'anderlecht', %s, %s, null)",
            [uuid4(), case, COLLEGE, cast.today],
        )

    assert find(cast, COLLEGE, number) == []


def test_the_wall_shows_and_takes_tokens_of_the_own_agency_only(
    world: World, cast: Cast, case: CaseId, number: str
) -> None:
    query = b"select 1 from number_token where case_id = %s"
    for who in OUTSIDERS:
        with world.seat(cast.officer(who)) as seat:
            assert seat.execute(query, [case]).fetchall() == [], who
    with world.connection(Role.ACTS) as nobody:
        assert nobody.execute(query, [case]).fetchall() == []
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level"):
        with world.seat(cast.officer(HANDLER)) as seat:
            seat.execute(
                "insert into number_token values (%s, 'pz-midi', 'x', %s)",
                [uuid4(), case],
            )


def test_what_is_erased_is_found_by_no_number(
    world: World, cast: Cast, case: CaseId, number: str
) -> None:
    (scope,) = {
        row[0]
        for row in world.rows(
            "select scope from audience where item_id in"
            " (select item_id from number_token where case_id = %s)",
            case,
        )
    }
    assert tokens(world, case)
    with world.superuser() as connection:
        connection.execute(
            "insert into retention_due"
            " (id, case_id, agency_id, scope, rule, due_on, state)"
            " values (%s, %s, 'anderlecht', %s, 'test', '2001-01-01', 'waiting')",
            [uuid4(), case, scope],
        )
    engine = connect(world.settings.database(Role.RECORD), pool=1)
    services = Services(engine, cast.desk.packs, cast.desk.sharing, world.clock)
    destroy(services, case)
    engine.dispose()

    assert find(cast, HANDLER, number) == [] and tokens(world, case) == []


def test_a_question_that_was_taken_back_is_found_no_more(
    world: World, cast: Cast, case: CaseId, number: str
) -> None:
    _, question = asked_police(world, cast, case)
    read(cast, POLICE, question)
    assert found(cast, POLICE, number) == {case}

    correction = Correction(body="Sans objet.", ground=RecallGround.INCORRECT)
    world.do(correct(cast.desk, cast.reader(HANDLER), question, correction))
    read(cast, HANDLER, question)

    assert find(cast, POLICE, number) == []
    assert question not in {t[1] for t in tokens(world, case)}
    assert found(cast, HANDLER, number) == {case}


def test_an_act_that_was_refused_leaves_no_token(
    world: World, cast: Cast, case: CaseId
) -> None:
    before = tokens(world, case)

    refused(world, case, cast.ask(case, "spf-finances"), OutsidePack)

    tried = "select count(*) from intent where case_id = %s and state = 'refused'"
    assert world.one(tried, case) == 1
    assert tokens(world, case) == before


def test_every_answer_leaves_on_a_beat(
    monkeypatch: pytest.MonkeyPatch, cast: Cast, case: CaseId, number: str
) -> None:
    """Found or not: a hidden row beside a shown one costs time as well."""
    slept: list[float] = []
    monkeypatch.setattr(sessions, "_wait", slept.append)

    for who, wanted in [(HANDLER, number), (SECOND, number), (SECOND, enterprise())]:
        began = time.monotonic()
        find(cast, who, wanted)
        assert len(slept) == 1 and slept.pop() >= began


def test_without_its_entry_there_is_no_answer(
    world: World, cast: Cast, case: CaseId, number: str
) -> None:
    with world.connection(Role.OWNER) as owner:
        owner.execute("revoke insert on ledger_staging from estafette_acts")
    try:
        with pytest.raises(Exception, match="permission denied"):
            find(cast, HANDLER, number)
    finally:
        with world.connection(Role.OWNER) as owner:
            owner.execute("grant insert on ledger_staging to estafette_acts")
