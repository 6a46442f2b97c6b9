"""Where an auditor begins: reads that are unusual, and samples that can be repeated."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from heapq import nsmallest
from uuid import UUID

from sqlalchemy import Connection

from acts.audit.asking import require_known
from acts.audit.auditing import TrailLine, line_of, require_auditor, seen
from acts.desk import Desk
from acts.pages.showing import log_page
from ledger.merkle import leaf_hash
from models.act_kinds import ActKind
from models.agencies import Reader
from models.events import EventKind
from models.honey import Honey
from models.pages import Query, Window
from models.trail import TrailEntry, Wanted
from models.values import Value
from policies.calendars import BE_LEGAL, calendar
from policies.unusual import (
    Around,
    Look,
    Sign,
    large_days,
    load_unusual_rule,
    signs_of,
)
from storage.audits import honey
from storage.log import trail
from storage.sessions import acting

READS = (EventKind.ITEM_RELEASED, EventKind.READ_REFUSED)
_PARTINGS = (ActKind.CASE_EXCLUDE, ActKind.CASE_RECUSE)
_IN_EMERGENCY = "break-glass-reads"

Signs = Mapping[Sign, str]


class Picked(Value):
    """A read that an auditor should look at; `signs` say why, if anything does."""

    line: TrailLine
    signs: Signs


class Draw(Value):
    """How a sample is drawn.

    Whoever has the same entries and seed picks the same: those come first whose
    SHA-256 of seed, newline and leaf (hex) is smallest; by risk, whichever has more
    signs comes before.
    """

    size: int
    seed: str
    by_risk: bool = False


class Sample(Value):
    """Reads that were picked out of all that fit."""

    draw: Draw
    out_of: int
    picked: tuple[Picked, ...]


def unusual_reads(
    desk: Desk, reader: Reader, wanted: Wanted, window: Window
) -> list[Picked]:
    """Return a page of reads that have a sign, latest first; the look is an entry.

    What is usual is told from the entries that fit, so do not narrow them too much.

    Raises:
        NotPermitted: the reader is no auditor.
        InvalidInput, NotFound: as `require_known`.
    """
    require_auditor(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        require_known(connection, wanted, window.after)
        watch = _Watch(connection, wanted)
        found: deque[tuple[TrailEntry, Signs]] = deque(maxlen=window.limit)
        for each in watch.reads():
            if each.entry.id == window.after:
                break
            if signs := watch.signs(each):
                found.append((each, signs))
        found.reverse()
        entries = [each for each, _ in found]
        log_page(desk, connection, reader, seen(Query.UNUSUAL, wanted, entries))
    return [Picked(line=line_of(each), signs=signs) for each, signs in found]


def sample(desk: Desk, reader: Reader, wanted: Wanted, draw: Draw) -> Sample:
    """Return a sample of reads that can be repeated; it is itself an entry.

    Raises:
        NotPermitted: the reader is no auditor.
        InvalidInput, NotFound: as `require_known`.
    """
    require_auditor(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        require_known(connection, wanted)
        watch = _Watch(connection, wanted)

        def rank(each: TrailEntry) -> tuple[int, str]:
            risk = len(watch.signs(each)) if draw.by_risk else 0
            drawn = f"{draw.seed}\n{leaf_hash(each.body).hex()}"
            return -risk, sha256(drawn.encode()).hexdigest()

        found = nsmallest(draw.size, watch.reads(), key=rank)
        log_page(desk, connection, reader, seen(Query.SAMPLE, wanted, found))
        picked = [Picked(line=line_of(e), signs=watch.signs(e)) for e in found]
    return Sample(draw=draw, out_of=watch.looked_at, picked=tuple(picked))


class _Watch:
    """Tells what is unusual about reads that fit, having gone through all of them.

    They are read twice from the database rather than kept: of the first time only the
    size of each officer's days remains.
    """

    def __init__(self, connection: Connection, wanted: Wanted) -> None:
        self._connection = connection
        self._wanted = wanted.model_copy(update={"kinds": READS})
        self._rule, self._calendar = load_unusual_rule(), calendar(BE_LEGAL)
        self._honey = honey.every(connection)
        self._around = Around(
            kept_out=_kept_out(connection),
            tasks=_tasks(connection, wanted, self._rule.task_days),
            large=large_days(map(self._look, self.reads()), self._rule),
        )

    def reads(self) -> Iterator[TrailEntry]:
        """Yield every read that fits, in order; `looked_at` says how many."""
        self.looked_at = 0
        for each in trail.every(self._connection, self._wanted):
            self.looked_at += 1
            yield each

    def signs(self, found: TrailEntry) -> Signs:
        """Return what is unusual about a read."""
        return signs_of(self._look(found), self._around, self._rule, self._calendar)

    def _look(self, found: TrailEntry) -> Look:
        return _look(found, self._honey)


def _kept_out(connection: Connection) -> set[tuple[str, UUID | None]]:
    # Who was kept out is named in the entry; its officer may be the one who did it.
    return {
        (each.opened["named"].value, each.entry.case)
        for each in trail.every(connection, Wanted(kinds=_PARTINGS))
        if "named" in each.opened
    }


def _tasks(
    connection: Connection, wanted: Wanted, days: int
) -> dict[tuple[str, UUID], set[date]]:
    """Return the days on which officers did something in a case, in and around it."""
    around = timedelta(days=days)
    acts = Wanted(
        case=wanted.case,
        officer=wanted.officer,
        since=wanted.since and wanted.since - around,
        until=wanted.until and wanted.until + around,
        kinds=tuple(ActKind),
    )
    found: dict[tuple[str, UUID], set[date]] = defaultdict(set)
    for each in trail.every(connection, acts):
        entry, officer = each.entry, each.opened.get("officer")
        if officer is not None and entry.case is not None:
            found[officer.value, entry.case].add(entry.at.date())
    return found


def _look(found: TrailEntry, watched: Sequence[Honey]) -> Look:
    entry, officer = found.entry, found.opened.get("officer")
    opened = set(entry.items)
    deciding = {policy for note in entry.rulings for policy in note.policies}
    return Look(
        entry=entry.id,
        at=entry.at,
        officer=officer.value if officer else entry.officer,
        function=entry.function,
        case=entry.case,
        items=max(1, len(entry.items)),
        emergency=_IN_EMERGENCY in deciding,
        refused=entry.kind == EventKind.READ_REFUSED,
        honey=any(each.item in opened and each.watches(entry.at) for each in watched),
    )
