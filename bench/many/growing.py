"""Cases by the thousand, made by the database like one that was opened."""

from __future__ import annotations

from sqlalchemy import Engine, text

from bench.cases.route import HANDLER
from models.ids import CaseId
from runtime.roles import Role
from runtime.settings import Settings
from storage.engine import connect, transaction

_NAMED = 300  # cases that the handler works on

# More cases like the one that was opened, each with a term, and an officer who is
# named for it: the handler for the first of them, somebody else for the rest.
_GROW = """
with born as (
    insert into case_file (id, route, pack_version, pack_digest, agency_id, stage,
        version, activity, permit_regime, opened_on, next_due, next_clock,
        secrecy)
    select gen_random_uuid(), route, pack_version, pack_digest, agency_id, stage,
        version, activity, permit_regime, opened_on, opened_on + n % 400, next_clock,
        secrecy
    from case_file, generate_series(1, :more) n where id = :case
    returning id, agency_id, next_due
), numbered as (
    select *, row_number() over (order by id) + :there as n from born
), named as (
    insert into designation (id, case_id, agency_id, officer_id, from_day)
    select gen_random_uuid(), id, agency_id,
        case when n <= :named then :handler else 'anderlecht/other-' || n % 500 end,
        date '2024-01-01'
    from numbered
)
insert into deadline (id, case_id, agency_id, clock, state, started_on, due_on, ends_at,
    extended, counting)
select gen_random_uuid(), numbered.id, numbered.agency_id, d.clock, d.state,
    d.started_on, next_due, d.ends_at, d.extended, d.counting
from numbered, deadline d where d.case_id = :case and d.handoff_id is null
"""


def grow(settings: Settings, case: CaseId, *, there: int, size: int) -> None:
    """Let there be `size` cases, of which `there` are there already."""
    values = {
        "case": case,
        "more": size - there,
        "there": there,
        "named": _NAMED,
        "handler": HANDLER,
    }
    record = connect(settings.database(Role.RECORD), statement_ms=600_000, pool=1)
    owner = connect(settings.database(Role.OWNER), statement_ms=600_000, pool=1)
    with transaction(record) as connection:
        connection.execute(text(_GROW), values)
    _tidy(owner)
    record.dispose()
    owner.dispose()


def _tidy(owner: Engine) -> None:
    """Do what the database would else begin by itself while pages are measured."""
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze"))
