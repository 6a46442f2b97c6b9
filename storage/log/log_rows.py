"""The log's tables, held against its entries: what lies beside them says the same.

Proofs, lists and names are made from these rows, so whoever alters one deceives as well
as whoever alters an entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing

from sqlalchemy import Connection, func, select, text

from ledger.checkpoint import parse
from ledger.cosigned import Cosigned
from ledger.erased import ERASED, Part, erasures, subject, verify_claim
from ledger.merkle import Completed, leaf_hash
from ledger.people import Named, committed_parts, verify_parts
from ledger.spelled import entry_id
from ledger.tiles import tile_hashes
from models.errors import EntryAltered
from storage import tables as t
from storage.log import ledger, refused, tombstones
from vault.commitments import commit

# The columns that entries are found by, against the bytes; no function of ours helps.
_CHUNK = 100_000
_MISFILED = text("""
    select seq from ledger_entry,
        lateral (select convert_from(body, 'UTF8')::jsonb as said offset 0) read
    where seq >= :first and seq < :first + :chunk and (
        entry_id is distinct from (said->>'id')::uuid
        or act_id is distinct from (said->>'act')::uuid
        or case_id is distinct from (said->>'case')::uuid
        or agency_id is distinct from said->>'agency'
        or kind is distinct from said->>'kind'
        or day is distinct from left(said->>'at', 10)
        or item_ids is distinct from said->'items')
    order by seq limit 1
""")
_REPEATED = text("""
    select min(seq) from ledger_entry group by leaf having count(*) > 1 limit 1
""")


def check_heads(connection: Connection, size: int, entries: int) -> None:
    """Check the rows of checkpoints against their notes, and that all is covered.

    Raises:
        EntryAltered: the message names the checkpoint or the entry.
    """
    if entries > size:
        raise EntryAltered(
            f"entry `{size}` is beyond the latest checkpoint",
            help="entries and checkpoint are written at once: somebody added it",
        )
    for head in ledger.heads(connection):
        signed = parse(head.note)
        said = (head.size, head.root, head.tree.root())
        if said != (signed.size, signed.root, signed.root):
            raise EntryAltered(
                f"the row of the checkpoint of `{signed.size}` entries differs from it"
            )


class FilledTiles:
    """The hashes of full tiles, recomputed: one for each 256 entries, and above."""

    def __init__(self) -> None:
        self._hashes: dict[tuple[int, int], bytes] = {}

    def add(self, filled: Iterable[Completed]) -> None:
        """Keep those among the subtrees that entries filled."""
        self._hashes |= {
            (level, place): each for level, place, each in tile_hashes(filled)
        }

    def check(self, connection: Connection) -> None:
        """Check that the stored tree is these, and no more.

        Raises:
            EntryAltered: the message names the hash.
        """
        row = t.tile_hash.c
        query = select(row.level, row.place, row.hash)
        stored = {(each[0], each[1]): each[2] for each in connection.execute(query)}
        for level, place in sorted(stored.keys() | self._hashes.keys()):
            found = stored.get((level, place))
            if found != self._hashes.get((level, place)):
                word = "was altered" if found else "is missing"
                raise EntryAltered(
                    f"hash `{place}` of level `{level}` of the stored tree {word}"
                )


def check_columns(connection: Connection, size: int) -> None:
    """Check what entries are found by, and that none stands there twice.

    Raises:
        EntryAltered: the message names the entry.
    """
    for first in range(0, size, _CHUNK):
        asked = {"first": first, "chunk": _CHUNK}
        misfiled = connection.execute(_MISFILED, asked).scalar()
        if misfiled is not None:
            raise EntryAltered(f"entry `{misfiled}` is filed as something else")
    repeated = connection.execute(_REPEATED).scalar()
    if repeated is not None:
        raise EntryAltered(f"entry `{repeated}` stands there twice")


def check_staged(connection: Connection) -> None:
    """Check that what waits to be ordered is whole, not ordered already, nor refused.

    Raises:
        EntryAltered: the message names the entry's id, or how many were refused.
    """
    if found := refused.reasons(connection):
        raise EntryAltered(
            f"the integrator refused `{len(found)}` entries, the first because"
            f" {found[0]}",
            help="somebody wrote past the program: they lie in `ledger_refused`",
        )
    row, placed = t.staged_entry.c, t.entry.c
    query = select(row.id, row.body, row.leaf, placed.seq)
    beside = t.staged_entry.outerjoin(t.entry, placed.leaf == row.leaf)
    for each in connection.execute(query.select_from(beside)):
        if leaf_hash(each.body) != each.leaf:
            raise EntryAltered(f"staged entry `{each.id}` was altered")
        if entry_id(each.body) is None:
            raise EntryAltered(
                f"staged entry `{each.id}` is no entry",
                help="somebody wrote past the program: the integrator will refuse it",
            )
        if each.seq is not None:
            raise EntryAltered(
                f"staged entry `{each.id}` is entry `{each.seq}` already"
            )


def check_parts(log: Connection, record: Connection) -> Named:
    """Check what is stored behind commitments; the log is read as another role.

    Raises:
        EntryAltered: something else, nothing and no erasure, or a salt of no entry.
    """
    committed = committed_parts(ledger.everything(log))
    found = verify_parts(committed, lambda leaves: _stored(record, leaves))
    for table, opened, whom in (
        (t.salt, found.opened, "officers whom"),
        (t.subject_salt, found.subjects, "material that"),
    ):
        stored = record.execute(select(func.count()).select_from(table)).scalar()
        if stored != opened:
            raise EntryAltered(f"there are salts of {whom} no entry commits to")
    return found


def check_erasures(log: Connection, record: Connection) -> int:
    """Check that each tombstone is covered by an entry; return how many entries erased.

    Raises:
        EntryAltered: something is gone that no entry erased, or is erased and there.
    """
    with closing(ledger.everything(log)) as entries:
        said = dict(erasures(entries))
    claims = dict(tombstones.claims(record))
    for erasure in sorted(said.keys() | claims.keys()):
        verify_claim(erasure, claims.get(erasure), said.get(erasure))
    if part := tombstones.undead(record):
        raise EntryAltered(f"`{part}` was erased, and is stored all the same")
    return len(said)


def cosigned(connection: Connection) -> Iterable[Cosigned]:
    """Return all cosignatures, with the keys and checkpoints that they belong to."""
    held = t.cosignature.c
    beside = t.cosignature.outerjoin(
        t.witness, t.witness.c.agency_id == held.agency_id
    ).outerjoin(t.checkpoint, t.checkpoint.c.size == held.size)
    query = select(
        held.agency_id, held.size, held.line, t.witness.c.key, t.checkpoint.c.note
    )
    query = query.select_from(beside).order_by(held.size, held.agency_id)
    return (Cosigned(*row) for row in connection.execute(query))


def _stored(connection: Connection, leaves: Sequence[bytes]) -> dict[Part, str]:
    found = dict.fromkeys(tombstones.of_leaves(connection, leaves), ERASED)
    people = select(t.salt).where(t.salt.c.leaf.in_(leaves))
    about = select(t.subject_salt).where(t.subject_salt.c.leaf.in_(leaves))
    for row in connection.execute(people):
        found[Part(row.leaf, row.kind)] = commit(row.salt, row.officer_id).hex()
    for row in connection.execute(about):
        found[Part(row.leaf, subject(row.item_id))] = commit(row.salt, row.seal).hex()
    return found
