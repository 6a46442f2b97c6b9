"""The whole ledger, recomputed from the database: steps, findings, what that proves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, partial

from cryptography import x509
from sqlalchemy import Connection

from commands.terminal.output import word
from ledger.checkpoint import parse, verify
from ledger.cited import cited_rulings, verify_rulings
from ledger.cosigned import verify_cosigned
from ledger.people import Named
from ledger.shown import sights
from ledger.signed_note import VerifierKey
from ledger.tiles import tree_over
from ledger.timestamp import verify_timestamp
from ledger.verify import StoredEntry, Verification, verify_entries
from ledger.witness import contradiction
from models.errors import EntryAltered
from policies.loading import load_packs
from storage import rulings, sightings
from storage.log import audit_rows, log_rows, timestamps, twin_rows, witnessing
from storage.log import ledger as log
from storage.log.twin_rows import TwinsHeld
from storage.sightings import Guards
from vault.trust import Trust

PROVES = (
    "Every entry hashes to its leaf, every leaf is in the tree, and every checkpoint is"
    " signed by the ledger's key: nothing was changed, removed or reordered since the"
    " checkpoint that covers it. Tree and columns, that proofs and lists are made from,"
    " say the same, every officer who is named is the one the entry commits to,"
    " and every cosignature is one of a checkpoint that is here. Every ruling that an"
    " entry cites is stored as it was given, with its facts. To whom which item was"
    " released is listed as entries and pages say it. What of all this is gone was"
    " erased by an entry that says so. What both sides of a hand-off signed is what"
    " became of it, and a question was put by whom, to whom, when and under which"
    " article its entry says. Findings, honey records and lists are those that entries"
    " tell of."
)
DOES_NOT_PROVE = (
    "Who holds the database and the signing key could rewrite the whole ledger, sign it"
    " anew and leave out the witnesses; only checkpoints and receipts that others kept"
    " show that: give the former with `--against`. Entries not ordered yet are not"
    " covered. That what an entry says is true is not shown either. No entry says under"
    " which route and version of it a question was put, which entries a finding is"
    " about, until when texts are kept, or an officer's service number: what is"
    " stored of these is held against nothing."
)

Track = Callable[[Iterator[StoredEntry], int], Iterable[StoredEntry]]
"""Shows how far entries were read, of how many."""


@dataclass(frozen=True)
class Believed:
    """What comes from elsewhere than the ledger that is verified.

    Attributes:
        key: the ledger's public key.
        trust: whom to believe about agencies' keys; without it, no record that they
            signed is checked.
        authorities: those whose timestamps are believed; without any, none is checked.
        kept: checkpoints that others kept, by where they were found.
    """

    key: VerifierKey
    trust: Trust | None = None
    authorities: Sequence[x509.Certificate] = ()
    kept: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stamped:
    """How many timestamps were checked, and what the last one covers, since when."""

    checked: int = 0
    unchecked: int = 0
    size: int = 0
    at: datetime | None = None

    @property
    def words(self) -> str:
        """Return it for people; without any timestamp there is nothing to say."""
        if self.unchecked:
            return f"{self.unchecked} not checked: no authority is believed here"
        last = f"the last, of {word(self.at)}, covers {self.size} entries"
        return f"{self.checked}; {last}" if self.checked else ""


@dataclass(frozen=True)
class Findings:
    """What held, and what waits to be ordered since when."""

    held: Verification
    cosignatures: int
    officers: Named
    rulings: int
    sightings: int
    erasures: int
    waiting: int
    since: datetime | None
    stamped: Stamped
    twins: TwinsHeld
    audits: int


# The checklist. Each step below repeats its number.
#   (1) Entries and checkpoints hold, by the checklist of `ledger/verify.py`.
#   (2) Checkpoints' rows say what is signed, and no entry lies beyond the latest.
#   (3) The stored tree is the one that entries fill.
#   (4) Entries are found by what they say, and none stands there twice.
#   (5) What waits to be ordered is whole, and nothing was refused.
#   (6) The log contradicts no checkpoint that was kept or that a witness holds.
#   (7) Each cosignature is one of a checkpoint that is there.
#   (8) Each timestamp is one of a checkpoint that is there.
#   (9) Officers and items that are stored are those that entries commit to.
#   (10) Each ruling that an entry cites is stored as it was given.
#   (11) Pages, and to whom which item was released, are as entries say.
#   (12) What is not stored any more was erased by an entry, and by it alone.
#   (13) What both sides of a hand-off signed is what became of it, as entries say.
#   (14) What auditors and the DPO wrote, papers included, is as entries say.


def verify_whole(
    connection: Connection,
    record: Connection,
    believed: Believed,
    track: Track = lambda entries, _: entries,
) -> Findings:
    """Verify everything; the checklist is above.

    Args:
        connection: sees the log and no case.
        record: sees what lies beside it, at the same instant.
        believed: what it is verified with.
        track: shows how far it is.

    Raises:
        EntryAltered: the message names what differs.
    """
    held = _verify_tree(connection, believed.key, track)
    _check_evidence(connection, believed, held.size)  # (6)
    cosigned = verify_cosigned(log_rows.cosigned(connection), believed.key.name)  # (7)
    stamped = _stamped(connection, believed.authorities)  # (8)
    officers = log_rows.check_parts(connection, record)  # (9)
    with closing(log.entries(connection)) as entries:  # (10)
        recompute = partial(rulings.commitments, record)
        checked = verify_rulings(cited_rulings(entries), recompute)
    with closing(log.everything(connection)) as entries:  # (11)
        seen = sightings.verify(record, sights(entries), _guards())
    erased = log_rows.check_erasures(connection, record)  # (12)
    twins = twin_rows.verify(connection, record, believed.trust, _guards())  # (13)
    audits = audit_rows.verify(connection, record)  # (14)
    waiting, since = log.staged(connection)
    return Findings(
        *(held, cosigned, officers, checked, seen, erased, waiting, since, stamped),
        *(twins, audits),
    )


def _verify_tree(
    connection: Connection, key: VerifierKey, track: Track
) -> Verification:
    notes = log.checkpoints(connection)
    expected = parse(notes[-1]).size if notes else 0
    tiles = log_rows.FilledTiles()
    with closing(log.entries(connection)) as entries:
        held = verify_entries(track(entries, expected), notes, key, tiles.add)  # (1)
    log_rows.check_heads(connection, held.size, held.entries)  # (2)
    tiles.check(connection)  # (3)
    log_rows.check_columns(connection, held.size)  # (4)
    log_rows.check_staged(connection)  # (5)
    return held


def _check_evidence(connection: Connection, believed: Believed, size: int) -> None:
    key, tree = believed.key, tree_over(partial(log.hashes, connection))
    for where, note in believed.kept.items():
        if not _is_signed(note, key):
            raise EntryAltered(
                f"{where} is no checkpoint signed by this ledger's key",
                help="give one as it was published or shown, or the key it is under",
            )
        against = contradiction(note, key, size=size, tree=tree)
        if against is not None:
            raise EntryAltered(
                f"the checkpoint of `{against.size}` entries in {where} is of another"
                " history than this ledger",
                help="the ledger's key signed both: keep them, they are evidence",
            )
    for each in witnessing.contradictions(connection):
        raise _another_history(each.agency_id)
    for agency, seen in witnessing.seen(connection).items():
        if not _is_signed(seen.note, key):  # anybody could have said so
            continue
        if contradiction(seen.note, key, size=size, tree=tree):
            raise _another_history(agency)


def _is_signed(note: str, key: VerifierKey) -> bool:
    try:
        verify(note, key)
    except EntryAltered:
        return False
    return True


def _another_history(agency: str) -> EntryAltered:
    return EntryAltered(
        f"the witness of `{agency}` saw another history than this ledger",
        help="see both checkpoints with `estafette ledger witnesses`",
    )


def _stamped(connection: Connection, believed: Sequence[x509.Certificate]) -> Stamped:
    """Check every timestamp over the checkpoint that is stored; that one is signed."""
    kept = timestamps.every(connection)
    if not kept or not believed:
        return Stamped(unchecked=len(kept))
    times = [verify_timestamp(each.reply, each.note, believed) for each in kept]
    return Stamped(checked=len(times), size=kept[-1].size, at=times[-1])


@cache
def _guards() -> Guards:
    packs = load_packs()

    def has_guard(route: str, version: date, source: str) -> bool:
        return packs.get(route, version).source(source).guard is not None

    return has_guard
