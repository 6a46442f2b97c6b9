"""Rows that name officers beside the log, and go with it.

A row names somebody as long as the log does, counted from its first day, or a finding
from its closing. After that it does so only while it still rules who works on a case,
who may not, or who has to be another one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Table,
    and_,
    cast,
    delete,
    func,
    or_,
    select,
    true,
    update,
)

from models.clock import BRUSSELS
from models.decisions import DecisionState
from models.erasing import Route
from models.items import ItemState
from storage import intents
from storage import tables as t
from storage.log.shredding import of_route

_CASE = t.case_file.c


class _Naming(NamedTuple):
    """Rows of a table: since which day they name somebody, and whether that is over.

    `without` is what stands in the place of names; if nothing does, the row goes.
    """

    table: Table
    since: ColumnElement[date]
    over: ColumnElement[bool]
    without: Mapping[str, str | None] = {}

    @property
    def of_a_case(self) -> bool:
        """Tell whether its rows may belong to a case."""
        return "case_id" in self.table.c


def forget(
    connection: Connection, route: Route | None, *, until: date, today: date
) -> dict[str, list[date]]:
    """Forget who is named since `until` or before, where nothing hangs on it any more.

    Args:
        connection: of the record role.
        route: the pack that cases are under; None stands for rows without a case.
        until: the last day whose entries name nobody any more.
        today: the legal day.

    Returns: for each agency, the first days of the rows that name nobody any more.
    """
    gone: dict[str, list[date]] = defaultdict(list)
    for naming in _namings(today):
        if naming.of_a_case or route is None:
            for agency, day in _forget(connection, naming, route, until):
                gone[agency].append(day)
    return gone


def _forget(
    connection: Connection, naming: _Naming, route: Route | None, until: date
) -> Iterable[tuple[str, date]]:
    table, without = naming.table, naming.without
    [key] = table.primary_key
    query = select(key, table.c.get("agency_id", _CASE.agency_id), naming.since).where(
        naming.since <= until,
        naming.over,
        *(table.c[name].is_distinct_from(each) for name, each in without.items()),
    )
    if naming.of_a_case:
        beside = table.outerjoin(t.case_file, _CASE.id == table.c.case_id)
        query = query.select_from(beside).where(of_route(route))
    query = query.with_for_update(of=table, skip_locked=True)
    found = connection.execute(query).all()
    if not found:  # as nearly always
        return []
    keys = [row[0] for row in found]
    if table is t.intent:
        _drop_content(connection, keys)
    change = update(table).values(without) if without else delete(table)
    connection.execute(change.where(key.in_(keys)))
    return [(agency, day) for _, agency, day in found]


def _drop_content(connection: Connection, acts: Sequence[UUID]) -> None:
    """Destroy what was sealed for acts that nobody recorded."""
    row = t.item.c
    query = select(row.act_id).where(
        row.act_id.in_(acts), row.state == ItemState.STAGED
    )
    for act in connection.execute(query.distinct()).scalars():
        intents.destroy_content(connection, act)


def _namings(today: date) -> Iterable[_Naming]:
    return (*_of_those_who_work(today), *_of_those_who_did(), *_of_audits())


def _of_those_who_work(today: date) -> Iterable[_Naming]:
    """These rule who sees a case, as long as there is anything to be seen."""
    named, excluded, cover, glass = (
        each.c for each in (t.designation, t.exclusion, t.cover, t.glass)
    )
    ended, past = (
        or_(row.ended_on <= today, row.until_day < today) for row in (named, cover)
    )
    let_in, reviewed = excluded.ended_on <= today, glass.reviewed_on.is_not(None)
    return (
        _Naming(t.designation, named.from_day, or_(ended, _is_over(t.designation))),
        _Naming(t.exclusion, excluded.from_day, or_(let_in, _is_over(t.exclusion))),
        _Naming(t.cover, cover.from_day, past),
        _Naming(t.glass, _day(glass.from_at), or_(reviewed, _is_over(t.glass))),
    )


def _of_those_who_did() -> Iterable[_Naming]:
    """Where a second officer has to be another one, the first is named until then."""
    decision, inside, handoff = t.decision.c, t.guarded.c, t.handoff.c
    decided = or_(
        decision.state != DecisionState.PROPOSED, _CASE.closed_on.is_not(None)
    )
    closed = select(handoff.id).where(
        handoff.id == inside.handoff_id, handoff.closed_at.is_not(None)
    )
    # The first two bear no day of their own: that of their case comes before it.
    return (
        _Naming(t.decision, _CASE.opened_on, decided, {"proposed_by": ""}),
        _Naming(t.guarded, _CASE.opened_on, closed.exists(), {"prepared_by": None}),
        _Naming(t.intent, _day(t.intent.c.legal_at), true()),
        _Naming(t.notice, _day(t.notice.c.at), true()),
    )


def _of_audits() -> Iterable[_Naming]:
    """The owner of a finding reads it until its texts are gone."""
    finding, step = t.finding.c, t.finding_step.c
    kept = select(t.paper.c.id).where(t.paper.c.matter_id == finding.id)
    ownerless = select(finding.id).where(
        finding.id == step.finding_id, finding.owner_id == ""
    )
    number = {"service_number": ""}
    return (
        _Naming(t.finding, finding.closed_on, ~kept.exists(), {"owner_id": ""}),
        _Naming(t.finding_step, _day(step.at), ownerless.exists(), number),
    )


def _is_over(table: Table) -> ColumnElement[bool]:
    """Return whether a case is closed, and a row's agency can open nothing of it."""
    row, held = table.c, t.audience.c
    anything = select(held.item_id).where(
        held.case_id == row.case_id, held.agency_id == row.agency_id
    )
    return and_(_CASE.closed_on.is_not(None), ~anything.exists())


def _day(instant: ColumnElement[datetime]) -> ColumnElement[date]:
    return cast(func.timezone(BRUSSELS.key, instant), Date)
