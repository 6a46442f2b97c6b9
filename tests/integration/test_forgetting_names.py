"""After the log's retention no row names who worked on anything, wherever it stood."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from activities.destruction import destroy
from activities.services import Services
from acts import covers, emergencies, people
from acts.audit import findings
from models.agencies import OfficerFunction, ReadReason
from models.findings import FindingOutcome
from models.ids import AgencyId, CaseId, OfficerId
from models.people import ExclusionGround, GlassGround, ReviewOutcome
from policies.people import Cover
from storage.log import audit_rows, log_rows
from tests.deeds import guarding
from tests.deeds.cast import HANDLER, MAYOR, Cast
from tests.deeds.looking import ordered_question
from tests.deeds.measures import adopt, propose_measure
from tests.deeds.staff import hire
from tests.running.undone import Root, undone
from tests.running.world import World, eventually

CHIEF, OWNER = "anderlecht/supervisor", OfficerId("pz-midi/supervisor")
# Accounts of those who serve: they cannot outlive their row of the directory. Drafts
# are kept for weeks: neighbours' are gone at whatever age the log is looked at.
SERVING = {"officer", "calendar_feed", "notice_way", "notice_seen", "signed_in"}
SERVING |= {"opening_draft"}
NAMING = {
    "cover.absent_id", "cover.covering_id", "decision.proposed_by",
    "designation.officer_id", "exclusion.officer_id", "finding.owner_id",
    "finding_step.service_number", "glass.officer_id", "guarded.prepared_by",
    "intent.message", "intent.officer_id", "ledger_salt.officer_id",
    "release.officer_id", "ruling.facts", "sighting.officer_id",
    "sighting.service_number", "timeline.service_number",
}  # fmt: skip


@pytest.fixture(scope="module")
def played(world: World, cast: Cast) -> None:
    """Cases in which each table that can name somebody does."""
    do, desk = world.do, cast.desk
    do(adopt(cast, do(propose_measure(cast))))
    case = do(cast.open_case())
    do(guarding.is_never_confirmed(cast, do(guarding.ask(cast, case))))
    name_people(world, cast, case)
    ordered_question(world, cast, do(cast.open_case()))
    auditor = cast.reader("audit/auditor", ReadReason.CHECKING)
    seen = world.one("select entry_id from ledger_entry where agency_id = 'pz-midi'")
    new = findings.NewFinding(entries=(seen,), owner=OWNER, text="Pourquoi?")
    finding = findings.open_finding(desk, auditor, new).finding.id
    findings.answer(desk, cast.officer(OWNER), finding, "Parce que.")
    findings.close(desk, auditor, finding, "Bien.", FindingOutcome.EXPLAINED)
    assert eventually(lambda: world.one("select count(*) from ledger_staging") == 0)


def name_people(world: World, cast: Cast, case: CaseId) -> None:
    """Cover, break the glass and exclude, each with somebody who is new."""
    desk = cast.desk
    names = (f"anderlecht/forgotten-{n}-{len(cast.officers)}" for n in range(3))
    stand_in, hasty, friend = (
        OfficerId(hire(world, cast, name, OfficerFunction.HANDLER)) for name in names
    )
    chief, mayor = cast.officer(CHIEF), cast.officer(MAYOR)
    cover = Cover(
        agency=AgencyId("anderlecht"),
        absent=OfficerId(HANDLER),
        covering=stand_in,
        from_day=cast.today,
        until_day=cast.today + timedelta(days=20),
        case=case,
    )
    covers.arrange(desk, chief, cover)
    danger = GlassGround.DANGER
    world.do(emergencies.break_glass(desk, cast.officer(hasty), case, danger, 4))
    [glass] = emergencies.open_reviews(desk, chief, case)
    justified = ReviewOutcome.JUSTIFIED
    world.do(emergencies.review(desk, chief, case, glass.id, justified))
    personal = ExclusionGround.PERSONAL
    world.do(people.exclude(desk, mayor, case, friend, personal))


class At:
    """A clock that stands still."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant

    def now(self) -> datetime:
        """Return the instant at which it stands."""
        return self._instant


def naming(root: Root) -> set[str]:
    """Return each column, of every table, that says an officer's id or number."""
    people = root.execute("select id, service_number from officer").fetchall()
    said = "|".join(sorted({each for pair in people for each in pair if each}))
    columns = root.execute(
        "select table_name, column_name from information_schema.columns join"
        " information_schema.tables using (table_schema, table_name)"
        " where table_schema = 'public' and table_type = 'BASE TABLE'"
    ).fetchall()
    return {
        f"{table}.{column}"
        for table, column in columns
        if table not in SERVING and _says(root, table, column, said)
    }


def _says(root: Root, table: str, column: str, said: str) -> bool:
    text = f"case when pg_typeof(\"{column}\") = 'bytea'::regtype then"
    text += f' encode("{column}"::text::bytea, \'escape\') else "{column}"::text end'
    query = f"select 1 from {table} where {text} ~ %s limit 1"  # noqa: S608
    return (
        root.execute(query.encode(), [rf"(^|[^\w/-])({said})([^\w-]|$)"]).rowcount > 0
    )


def end_everything(root: Root) -> None:
    """Let all cases end, and their data be destroyed."""
    for statement in (
        "update case_file set closed_on = coalesce(closed_on, legal_day())",
        "update handoff set closed_at = coalesce(closed_at, legal_now())",
        "update finding set closed_on = coalesce(closed_on, legal_day())",
        "update finding set kept_until = coalesce(kept_until, legal_day())",
        "update intent set settled_at = null",
        "delete from audience",
    ):
        root.execute(statement.encode())


def run_round(cast: Cast, root: Root, engine: Engine, at: datetime) -> int:
    """Run the daily round of an instant, as the role that runs it."""
    desk = cast.desk
    services = Services(engine, desk.packs, desk.sharing, desk.clock)
    root.execute("set role estafette_record")
    done = destroy(replace(services, clock=At(at)), None)
    root.execute("reset role")
    return done


NINE_YEARS, ELEVEN_YEARS = (timedelta(days=366 * years) for years in (9, 11))
ROWS_ALONE = (
    "select distinct said(body)->>'agency' from ledger_staging"
    " where said(body)->>'kind' = 'log.erased' and not said(body) ? 'erased'"
)


def test_nothing_names_anybody_once_the_log_does_not(
    world: World, cast: Cast, played: None
) -> None:
    with undone(world) as (root, engine):
        before = naming(root)
        end_everything(root)

        run_round(cast, root, engine, cast.desk.clock.now() + ELEVEN_YEARS)

        assert NAMING <= before
        assert naming(root) == set()
        told = {agency for (agency,) in root.execute(ROWS_ALONE).fetchall()}
        assert {"anderlecht", "parquet-bxl", "pz-midi"} <= told


def test_nobody_is_forgotten_before(world: World, cast: Cast, played: None) -> None:
    with undone(world) as (root, engine):
        end_everything(root)
        before = naming(root)

        # Other tests have moved the clock by years.
        [oldest] = root.execute("select min(legal_at) from intent").fetchone() or ()
        run_round(cast, root, engine, oldest + NINE_YEARS)

        assert naming(root) == before
        assert root.execute(ROWS_ALONE).fetchall() == []


def test_whoever_works_on_a_case_or_may_not_stays_named_while_it_lasts(
    world: World, cast: Cast, played: None
) -> None:
    """Else an exclusion would lapse, and an author hold the second key."""
    standing = (
        "select 'designation', count(*) from designation"
        " where ended_on is null and until_day is null",
        "select 'exclusion', count(*) from exclusion where ended_on is null",
        "select 'guarded', count(prepared_by) from guarded join handoff"
        " on id = handoff_id where closed_at is null",
    )
    query = " union all ".join(standing).encode()
    with undone(world) as (root, engine):
        root.execute(b"update case_file set closed_on = null")
        before = root.execute(query).fetchall()

        run_round(cast, root, engine, cast.desk.clock.now() + ELEVEN_YEARS)

        assert all(count > 0 for _, count in before)
        assert root.execute(query).fetchall() == before
        with engine.connect() as connection:
            audit_rows.verify(connection, connection)
            log_rows.check_parts(connection, connection)
