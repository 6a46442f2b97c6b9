"""Who sees which rows: raw queries of the acts role, under each officer's settings."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from acts import advice
from acts.pages import overview
from models.clock import legal_day
from models.ids import HandoffId
from runtime.roles import Role
from tests.deeds.cast import DEIPP, HANDLER, POLICE, Cast
from tests.deeds.consulting import Consulted, consult
from tests.running.world import World

SUPERIOR = "anderlecht/supervisor"
# Tables without rows of a case: directory, keys of witnesses, sharing rules, the demo's
# clock.
PUBLIC = {
    *("agency", "officer", "witness", "policy_set", "demo_clock", "alembic_version"),
}


@dataclass(frozen=True)
class Asked(Consulted):
    """The same with the questions that the DEIPP put for its advice."""

    tax: HandoffId
    social: HandoffId


@pytest.fixture(scope="module")
def asked(world: World, cast: Cast) -> Asked:
    async def play() -> Asked:
        done = await consult(cast)
        case, request = done.case, done.advice
        await advice.admit(cast.desk, cast.officer(DEIPP), request)
        tax = await cast.ask(case, "spf-finances", "svc.4", parent=request, who=DEIPP)
        social = await cast.ask(case, "onss", "svc.5", parent=request, who=DEIPP)
        for handoff, who in ((tax, "spf-finances/analyst"), (social, "onss/analyst")):
            await cast.receive(handoff, who=who)
            await cast.answer(handoff, who=who)
        return Asked(**vars(done), tax=tax, social=social)

    return world.do(play())


def seen(world: World, cast: Cast, who: str, query: str, *values: object) -> set[str]:
    """Return the first column of what an officer sees, as text."""
    with world.seat(cast.officer(who)) as seat:
        return {str(row[0]) for row in seat.execute(query.encode(), values)}


def test_without_settings_there_are_no_rows(world: World, asked: Asked) -> None:
    readable = (
        "select distinct table_name from information_schema.column_privileges"
        " where grantee = 'estafette_acts' and privilege_type = 'SELECT'"
    )
    names = {name for (name,) in world.rows(readable)} - PUBLIC
    assert {"case_file", "handoff", "item", "item_body", "intent"} <= names

    with world.connection(Role.ACTS) as connection:
        for settings in ("select 1", "select set_config('app.officer', '', true)"):
            connection.execute(settings.encode())
            for name in names:
                found = connection.execute(f"select 1 from {name}".encode())  # noqa: S608
                assert found.fetchall() == [], name


def test_settings_end_with_their_transaction(world: World, cast: Cast) -> None:
    with world.seat(cast.officer(HANDLER)) as seat:
        assert seat.execute("select count(*) > 0 from case_file").fetchone() == (True,)
        seat.commit()

        assert seat.execute("select count(*) from case_file").fetchone() == (0,)


def test_a_partner_sees_its_own_question_and_answer_and_nothing_else(
    world: World, cast: Cast, asked: Asked
) -> None:
    case = asked.case

    handoffs = "select id from handoff where case_id = %s"
    kinds = (
        "select convert_from(header, 'utf8')::jsonb->>'kind' from item"
        " where case_id = %s"
    )
    assert seen(world, cast, POLICE, handoffs, case) == {str(asked.police)}
    assert seen(world, cast, POLICE, kinds, case) == {"question", "answer"}
    about = "select handoff_id from {} where case_id = %s"
    for table in ("timeline", "deadline", "designation", "item"):
        query = about.format(table)
        assert seen(world, cast, POLICE, query, case) <= {str(asked.police)}, table
    for table in ("hearing", "decision", "appeal", "register_entry"):
        query = f"select id from {table} where case_id = %s"  # noqa: S608
        assert seen(world, cast, POLICE, query, case) == set(), table
    assert seen(world, cast, POLICE, "select id from case_file") == set()


def test_a_partner_knows_only_items_that_were_sealed_for_it(
    world: World, cast: Cast, asked: Asked
) -> None:
    mine = "select agency_id from audience where originator <> my_agency()"
    givers = "select receiver from key_delivery"

    for who in (POLICE, DEIPP, HANDLER, "spf-finances/analyst"):
        agency = who.split("/")[0]
        assert seen(world, cast, who, mine) <= {agency}
        assert seen(world, cast, who, givers) <= {agency}


def test_the_municipality_does_not_see_whom_the_deipp_asks(
    world: World, cast: Cast, asked: Asked
) -> None:
    case = asked.case

    handoffs = "select id from handoff where case_id = %s"
    assert seen(world, cast, HANDLER, handoffs, case) == {
        str(asked.police), str(asked.register), str(asked.advice)
    }  # fmt: skip
    for table in ("timeline", "deadline", "item", "notice"):
        query = f"select coalesce(handoff_id::text, '') from {table} where case_id = %s"  # noqa: S608
        assert not seen(world, cast, HANDLER, query, case) & {
            str(asked.tax),
            str(asked.social),
        }
    shown = overview.show_case(cast.desk, cast.reader(HANDLER), case)
    assert "spf-finances" not in shown.model_dump_json()
    assert "onss" not in shown.model_dump_json()


def test_the_deipp_sees_its_advice_and_not_what_the_municipality_asks_others(
    world: World, cast: Cast, asked: Asked
) -> None:
    handoffs = "select id from handoff where case_id = %s"

    assert seen(world, cast, DEIPP, handoffs, asked.case) == {
        str(asked.register), str(asked.advice), str(asked.tax), str(asked.social)
    }  # fmt: skip
    assert seen(world, cast, DEIPP, "select id from case_file") == set()


def test_one_service_does_not_see_that_another_was_asked(
    world: World, cast: Cast, asked: Asked
) -> None:
    for who, own in (
        ("spf-finances/analyst", asked.tax),
        ("onss/analyst", asked.social),
    ):
        for query in ("select id from handoff", "select handoff_id from item"):
            mine = seen(world, cast, who, query + " where case_id = %s", asked.case)
            assert mine == {str(own)}


@pytest.mark.parametrize(
    "who",
    [
        "saint-gilles/mayor",
        "saint-gilles/handler",
        "safe-brussels/coordinator",
        "audit/auditor",
        "anderlecht/second",
    ],
)
def test_who_has_no_part_in_a_case_sees_none_of_its_rows(
    world: World, cast: Cast, asked: Asked, who: str
) -> None:
    for table in ("case_file", "handoff", "item", "timeline", "deadline", "intent"):
        column = "id" if table == "case_file" else "case_id"
        query = f"select 1 from {table} where {column} = %s"  # noqa: S608
        assert seen(world, cast, who, query, asked.case) == set(), table


def test_a_superior_sees_the_procedure_of_the_own_agency_and_no_item(
    world: World, cast: Cast, asked: Asked
) -> None:
    """As much of it as the handler; the content of nothing (NLC 119quinquies §4)."""
    for table in ("handoff", "deadline", "timeline"):
        query = f"select id from {table} where case_id = %s"  # noqa: S608
        known = seen(world, cast, HANDLER, query, asked.case)
        assert known and seen(world, cast, SUPERIOR, query, asked.case) == known, table
    assert str(asked.case) in seen(world, cast, SUPERIOR, "select id from case_file")

    for query in ("select id from item", "select item_id from item_body",
                  "select item_id from item_key",
                  "select act_id from intent where kind = 'item.add'"):  # fmt: skip
        assert seen(world, cast, SUPERIOR, query) == set(), query
    named = seen(world, cast, SUPERIOR, "select agency_id from designation")
    assert named == {"anderlecht"}  # who of the own agency works on what it leads
    shown = overview.show_case(cast.desk, cast.reader(SUPERIOR), asked.case)
    assert shown.deadlines and shown.handoffs and not shown.items


@pytest.mark.parametrize("who", ["pz-midi/supervisor", "saint-gilles/supervisor"])
def test_a_superior_sees_nothing_of_what_other_agencies_do(
    world: World, cast: Cast, asked: Asked, who: str
) -> None:
    agency = cast.officer(who).agency
    own = {str(asked.police)} if agency == "pz-midi" else set()

    of_others = "select id from case_file where agency_id <> %s"
    assert seen(world, cast, who, of_others, agency) == set()
    for query in ("select id from handoff", "select handoff_id from deadline"):
        found = seen(world, cast, who, f"{query} where case_id = %s", asked.case)
        assert found <= own
    items = "select id from item where case_id = %s"
    assert seen(world, cast, who, items, asked.case) == set()


def test_an_officer_who_is_no_superior_cannot_say_so(
    world: World, cast: Cast, asked: Asked
) -> None:
    """The function is in the directory; no setting of a connection claims it."""
    with world.seat(cast.officer("anderlecht/second")) as seat:
        seat.execute("select set_config('app.function', 'supervisor', true)")

        query = b"select 1 from case_file where id = %s"
        assert seat.execute(query, [asked.case]).fetchall() == []


def test_a_designation_that_has_ended_lets_nobody_in(
    world: World, cast: Cast, asked: Asked
) -> None:
    """The day is the database's own: no setting of a connection brings one back."""
    seen, who = b"select 1 from case_file where id = %s", cast.officer(HANDLER)
    ended = world.clock.now() + timedelta(days=1)
    with world.superuser() as owner:
        owner.execute(
            "update designation set ended_on = %s where case_id = %s"
            " and officer_id = %s",
            [legal_day(ended), asked.case, HANDLER],
        )
    try:
        with world.seat(who) as seat:
            assert seat.execute(seen, [asked.case]).fetchall()
        with world.seat_at(who, ended) as seat:
            seat.execute(
                "select set_config('app.day', %s, true),"
                " set_config('app.at', %s, true)",
                [cast.today.isoformat(), world.clock.now().isoformat()],
            )
            assert seat.execute(seen, [asked.case]).fetchall() == []
    finally:
        with world.superuser() as owner:
            owner.execute(
                "update designation set ended_on = null where case_id = %s",
                [asked.case],
            )


def test_an_item_of_the_agency_shows_only_to_those_who_are_named_for_it(
    world: World, cast: Cast, asked: Asked
) -> None:
    """Not even that it is there, in whatever table, whoever else of it may know."""
    held = "select item_id from audience where case_id = %s"

    assert seen(world, cast, HANDLER, held, asked.case)
    for who in ("anderlecht/second", SUPERIOR, "anderlecht/college", "pz-midi/second"):
        assert seen(world, cast, who, held, asked.case) == set(), who
