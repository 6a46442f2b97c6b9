"""Where an auditor begins: reads that are unusual, and samples that can be repeated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Connection

from acts.audit.auditing import TrailLine, line_of, require_auditor, seen
from acts.desk import Desk
from acts.pages.showing import log_page
from ledger.merkle import leaf_hash
from models.act_kinds import ActKind
from models.agencies import Reader
from models.events import EventKind
from models.pages import Query
from models.trail import TrailEntry, Wanted
from models.values import Value
from policies.calendars import BE_LEGAL, calendar
from policies.unusual import Look, Sign, load_unusual_rule, unusual
from storage import trail
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


def unusual_reads(desk: Desk, reader: Reader, wanted: Wanted) -> list[Picked]:
    """Return the reads that have a sign, latest first; the look is itself an entry.

    What is usual is told from the entries that fit, so do not narrow them too much.

    Raises:
        NotPermitted: the reader is no auditor.
    """
    require_auditor(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        reads = _reads(connection, wanted)
        signs = _signs(connection, reads)
        found = [each for each in reversed(reads) if each.entry.id in signs]
        log_page(desk, connection, reader, seen(Query.UNUSUAL, wanted, found))
    return [_picked(each, signs) for each in found]


def sample(desk: Desk, reader: Reader, wanted: Wanted, draw: Draw) -> Sample:
    """Return a sample of reads that can be repeated; it is itself an entry.

    Raises:
        NotPermitted: the reader is no auditor.
    """
    require_auditor(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        reads = _reads(connection, wanted)
        signs = _signs(connection, reads)

        def rank(each: TrailEntry) -> tuple[int, str]:
            risk = len(signs.get(each.entry.id, ())) if draw.by_risk else 0
            drawn = f"{draw.seed}\n{leaf_hash(each.body).hex()}"
            return -risk, sha256(drawn.encode()).hexdigest()

        found = sorted(reads, key=rank)[: draw.size]
        log_page(desk, connection, reader, seen(Query.SAMPLE, wanted, found))
    picked = tuple(_picked(each, signs) for each in found)
    return Sample(draw=draw, out_of=len(reads), picked=picked)


def _picked(found: TrailEntry, signs: Mapping[UUID, Signs]) -> Picked:
    return Picked(line=line_of(found), signs=signs.get(found.entry.id, {}))


def _reads(connection: Connection, wanted: Wanted) -> list[TrailEntry]:
    """Return every read that fits, in order."""
    return list(trail.every(connection, wanted.model_copy(update={"kinds": READS})))


def _signs(connection: Connection, reads: Iterable[TrailEntry]) -> dict[UUID, Signs]:
    partings = trail.every(connection, Wanted(kinds=_PARTINGS))
    # Who was kept out is named in the entry; its officer may be the one who did it.
    conflicts = [
        (each.opened["named"].officer, each.entry.case)
        for each in partings
        if "named" in each.opened
    ]
    looks = [_look(each) for each in reads]
    rule = load_unusual_rule()
    found = unusual(looks, conflicts, rule, calendar(BE_LEGAL))
    return {each.look.entry: each.signs for each in found}


def _look(found: TrailEntry) -> Look:
    entry, officer = found.entry, found.opened.get("officer")
    deciding = {policy for note in entry.rulings for policy in note.policies}
    return Look(
        entry=entry.id,
        at=entry.at,
        officer=officer.officer if officer else entry.officer,
        function=entry.function,
        case=entry.case,
        items=max(1, len(entry.items)),
        emergency=_IN_EMERGENCY in deciding,
        refused=entry.kind == EventKind.READ_REFUSED,
    )
