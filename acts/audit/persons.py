"""What every agency received about somebody, and when they may be told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from acts.audit.asking import require_known
from acts.audit.auditing import TrailLine, line_of, require_auditor
from acts.desk import Desk
from acts.pages.showing import Showing, log_page
from models.act_kinds import ActKind
from models.agencies import Reader
from models.handling import Regime
from models.ids import CaseId
from models.numbers import Number
from models.pages import Query, Window
from models.trail import Concerned, TrailEntry, Wanted
from models.values import Value
from policies.delays import Delay, DelayRules, delay_of, load_delay_rules
from storage import numbers, rulings
from storage.log import trail
from storage.sessions import acting, always_on_the_beat

_FINAL = (ActKind.DECISION_ADOPT, ActKind.CASE_CLOSE)


class Received(Value):
    """An entry by which somebody received something, and the lawful delay of notice.

    `regimes` are those of the items, as far as the rulings behind the entry tell.
    """

    line: TrailLine
    regimes: tuple[Regime, ...]
    delay: Delay


def received_by_number(
    desk: Desk, reader: Reader, number: Number, window: Window
) -> list[Received]:
    """Return a page of what was received in cases about a number, latest first.

    The cases are those that the auditor's own agency finds by it: a token of its node
    is asked for, and the number is stored and logged nowhere. The answer leaves on a
    beat, whatever was found.

    Raises:
        NotPermitted: the reader is no auditor.
    """
    require_auditor(reader)
    agency = reader.officer.agency
    token = desk.node(agency).index_token(number.kind, number.digits)
    with (
        always_on_the_beat(),
        acting(desk.database, desk.acting(reader.officer)) as connection,
    ):
        concerned = numbers.concerned(connection, agency, token)
        return _page(desk, connection, reader, (concerned, window))


def received_in_case(
    desk: Desk, reader: Reader, case: CaseId, window: Window
) -> list[Received]:
    """Return a page of what was received in one case, latest first.

    For auditors whose agency has no part in it, and so no index of its numbers.

    Raises:
        NotPermitted: the reader is no auditor.
    """
    require_auditor(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        concerned = Concerned(cases=frozenset({case}))
        return _page(desk, connection, reader, (concerned, window))


def _page(
    desk: Desk,
    connection: Connection,
    reader: Reader,
    asked: tuple[Concerned, Window],
) -> list[Received]:
    concerned, window = asked
    require_known(connection, Wanted(), window.after)
    found = trail.received(connection, concerned, window)
    decided = _decided(connection, concerned)
    rows = [each.entry.id for each in found]
    log_page(desk, connection, reader, Showing(query=Query.RECEIVED, rows=rows))
    facts = _regimes(connection, found)
    return list(_lines(found, facts, decided, load_delay_rules()))


def _lines(
    found: Sequence[TrailEntry],
    regimes: Mapping[UUID, Regime],
    decided: Mapping[UUID, date],
    rules: DelayRules,
) -> Iterator[Received]:
    for each in found:
        entry = each.entry
        known = {regimes[n.id] for n in entry.rulings if n.id in regimes}
        day = decided.get(entry.case) if entry.case else None
        yield Received(
            line=line_of(each),
            regimes=tuple(sorted(known)),
            delay=delay_of(rules, known, day),
        )


def _regimes(connection: Connection, found: Sequence[TrailEntry]) -> dict[UUID, Regime]:
    """Return by ruling the regime of the item that it is about."""
    cited = [note.id for each in found for note in each.entry.rulings]
    kept = rulings.kept(connection, cited)
    return {key: Regime(one.document["facts"]["regime"]) for key, one in kept.items()}


def _decided(connection: Connection, concerned: Concerned) -> dict[UUID, date]:
    """Return the days of final decisions that the auditor sees, by case."""
    found: dict[UUID, date] = {}
    for case in sorted(concerned.cases):
        for each in trail.every(connection, Wanted(case=case, kinds=_FINAL)):
            found.setdefault(case, each.entry.at.date())
    return found
