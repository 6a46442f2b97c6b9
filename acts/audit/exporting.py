"""A bundle: what an auditor takes out of the trail for somebody who trusts nobody."""

from __future__ import annotations

import base64
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import Connection

from acts.audit.asking import require_agencies, require_known
from acts.audit.auditing import require_auditor
from acts.audit.graves import Graves
from acts.audit.twins import signed_changes
from acts.desk import Desk
from acts.pages.showing import Showing, log_page
from ledger.bundle import (
    FORMAT,
    About,
    Earlier,
    Erasing,
    Header,
    OpenedDocument,
    Opening,
    Shown,
    write,
)
from ledger.checkpoint import Checkpoint, parse
from ledger.cosignature import add
from ledger.merkle import leaf_hash
from ledger.proofs import Tree, consistency_proof, inclusion_proof
from ledger.tiles import tree_over
from models.agencies import Reader
from models.errors import InvalidInput, NotFound
from models.ids import AgencyId
from models.pages import Query
from models.trail import TrailEntry, Wanted
from storage.log import ledger, timestamps, trail, witnessing
from storage.log.trail import Beside, Extent
from storage.rulings import Kept
from storage.sessions import acting

BATCH = 500
NAMES = "names"
"""The word for leaving out officers, and with them rulings and pages."""


@dataclass(frozen=True)
class Withheld:
    """What a bundle leaves out: names, and the entries of whole agencies."""

    names: bool = False
    agencies: frozenset[AgencyId] = frozenset()

    @property
    def words(self) -> tuple[str, ...]:
        """Return it as the header says it."""
        names = (NAMES,) if self.names else ()
        return (*names, *(f"entries of {each}" for each in sorted(self.agencies)))


@dataclass(frozen=True)
class Export:
    """A bundle that may be written: `lines` reads it from the database as it goes."""

    receipt: str
    entries: int
    checkpoint: Checkpoint
    lines: Generator[bytes, None, None]


def export(desk: Desk, reader: Reader, wanted: Wanted, withheld: Withheld) -> Export:
    """Return a bundle of what an auditor may read; that it is made is logged before.

    Covered is what the latest checkpoint covers. Exhaust `lines` or close it.

    Raises:
        NotPermitted: the reader is no auditor.
        NotFound: nothing fits, or as `require_known`.
        InvalidInput: an officer's or an item's entries are wanted without names, or
            as `require_known`.
    """
    require_auditor(reader)
    if wanted.officer and withheld.names:
        raise InvalidInput(
            "without names nobody can tell whose entries these are",
            help="leave out `--without names`, or `--officer`",
        )
    if wanted.item and withheld.names:
        raise InvalidInput(
            "without names nobody can tell which lists showed an item",
            help="leave out `--without names`, or ask by the case of the item",
        )
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        require_known(connection, wanted)
        require_agencies(connection, withheld.agencies)
        note = ledger.latest_checkpoint(connection)
        extent = trail.extent(connection, wanted, parse(note).size if note else 0)
        if not note or not extent.entries:
            raise NotFound(
                "no entry fits that you may read and that a checkpoint covers",
                help="see what there is with `estafette audit trail`",
            )
        receipt = _log(desk, connection, reader, wanted, extent.entries)
    job = _Job(desk, reader, wanted, withheld, note)
    return Export(receipt, extent.entries, parse(note), _lines(job, extent))


@dataclass(frozen=True)
class _Job:
    """What is written down, once it has been logged."""

    desk: Desk
    reader: Reader
    wanted: Wanted
    withheld: Withheld
    note: str


def _log(
    desk: Desk, connection: Connection, reader: Reader, wanted: Wanted, entries: int
) -> str:
    counts = {"entries": entries}
    showing = Showing(query=Query.BUNDLE, case=wanted.case, counts=counts)
    return log_page(desk, connection, reader, showing)


def _lines(job: _Job, extent: Extent) -> Generator[bytes, None, None]:
    officer = job.reader.officer
    with acting(job.desk.database, job.desk.acting(officer)) as connection:
        tree = tree_over(partial(ledger.hashes, connection))
        graves = _graves(job, connection, tree)
        header = Header(
            bundle=FORMAT,
            about=_about(job.wanted),
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            withheld=job.withheld.words,
            checkpoint=_seen(connection, job.note),
            earlier=_earlier(connection, tree, extent, parse(job.note)),
            erasures=graves.erasures,
        )
        shown = _shown(job, connection, tree, graves)
        sign = job.desk.node(officer.agency).sign
        yield from write(header, shown, officer.agency, sign)


def _about(wanted: Wanted) -> About:
    return About(
        case=str(wanted.case or ""),
        item=str(wanted.item or ""),
        officer=wanted.officer,
        since=wanted.since.isoformat() if wanted.since else "",
        until=wanted.until.isoformat() if wanted.until else "",
    )


def _earlier(
    connection: Connection, tree: Tree, extent: Extent, latest: Checkpoint
) -> tuple[Earlier, ...]:
    """Return earlier checkpoints that tell more than the latest one alone.

    The one that first covered the first entry, which whoever kept one from those days
    can compare; that of which most witnesses say that they saw all entries; and those
    whose timestamps first covered the first entry, and all. A timestamp is over the
    checkpoint without cosignatures.
    """
    stamps = {
        stamp.note: base64.b64encode(stamp.reply).decode()
        for seq in (extent.first, extent.last)
        if (stamp := timestamps.first_over(connection, seq))
        if stamp.size <= latest.size
    }
    notes = {trail.first_checkpoint_over(connection, extent.first)}
    if size := witnessing.best_over(connection, extent.last):
        notes.add(ledger.checkpoint_of(connection, size))
    seen = {_seen(connection, each) for each in notes if _is_before(each, latest)}
    told = {each: "" for each in seen} | stamps
    return tuple(
        _continued(tree, note, latest, told[note])
        for note in sorted(told, key=lambda note: (parse(note).size, note))
    )


def _is_before(note: str, latest: Checkpoint) -> bool:
    return parse(note).size < latest.size


def _seen(connection: Connection, note: str) -> str:
    """Return a checkpoint with the cosignatures of those who saw it."""
    return add(note, witnessing.cosignatures(connection, parse(note).size))


def _continued(tree: Tree, note: str, latest: Checkpoint, timestamp: str) -> Earlier:
    """Return a checkpoint with the proof that the latest one continues it."""
    proof = consistency_proof(parse(note).size, latest.size, tree)
    steps = tuple(step.hex() for step in proof)
    return Earlier(checkpoint=note, proof=steps, timestamp=timestamp)


def _graves(job: _Job, connection: Connection, tree: Tree) -> Graves:
    if job.withheld.names:
        return Graves(connection, [], {})
    size = parse(job.note).size
    found = [
        each
        for each in trail.erasing(connection, job.wanted, size)
        if each.agency_id not in job.withheld.agencies
    ]
    proven = [
        Erasing(
            seq=each.seq, body=each.body.decode(), proof=_proof(each.seq, size, tree)
        )
        for each in found
    ]
    return Graves(connection, proven, {each.entry_id: each.seq for each in found})


def _proof(seq: int, size: int, tree: Tree) -> tuple[str, ...]:
    return tuple(step.hex() for step in inclusion_proof(seq, size, tree))


def _shown(
    job: _Job, connection: Connection, tree: Tree, graves: Graves
) -> Iterator[Shown]:
    size, last = parse(job.note).size, -1
    while batch := trail.after(connection, job.wanted, last, limit=BATCH, size=size):
        beside = trail.beside(connection, batch)
        signed = signed_changes(connection, batch, job.withheld.agencies)
        for each in batch:
            line = _line(job.withheld, each, _proof(each.seq, size, tree), beside)
            if line.body:
                twins = signed.get(leaf_hash(each.body), {})
                more = {"erased": graves.of(each), "twins": twins}
                line = line.model_copy(update=more)
            yield line
        last = batch[-1].seq


def _line(
    withheld: Withheld, found: TrailEntry, proof: tuple[str, ...], beside: Beside
) -> Shown:
    if found.entry.agency in withheld.agencies:
        leaf = leaf_hash(found.body).hex()
        return Shown(seq=found.seq, leaf=leaf, proof=proof)
    bare = Shown(seq=found.seq, body=found.body.decode(), proof=proof)
    if withheld.names:
        return bare
    opened = {
        field: Opening(value=each.value, salt=each.salt.hex())
        for field, each in found.opened.items()
    }
    rulings = {
        str(note.id): _document(beside.rulings[note.id])
        for note in found.entry.rulings
        if note.id in beside.rulings
    }
    page = beside.pages.get(found.entry.id)
    return bare.model_copy(
        update={
            "opened": opened,
            "rulings": rulings,
            "page": _document(page) if page else None,
        }
    )


def _document(kept: Kept) -> OpenedDocument:
    return OpenedDocument(document=kept.document, salt=kept.salt.hex())
