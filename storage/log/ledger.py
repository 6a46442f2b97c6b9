"""The ordered log: appending what was staged, and reading it back."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import (
    Connection,
    delete,
    func,
    insert,
    literal,
    select,
    text,
    union_all,
)

from ledger.merkle import CompactRange, leaf_hash
from ledger.tiles import HASH, Run
from ledger.verify import StoredEntry
from models.errors import EntryAltered, InvalidInput
from storage import tables as t

# One integrator at a time; the number is arbitrary and ours. One whose machine is gone,
# or that hangs, keeps the lock no longer than the database waits for its next word.
_ELECTION = text(
    "select pg_try_advisory_xact_lock(7219001),"
    " set_config('idle_in_transaction_session_timeout', :patience, true)"
)
# The stored hashes of runs, in order, those of a run in one piece: a proof needs some
# hundreds. Leaves come out by number, whoever wrote them.
_LEAVES = text(
    "select number, string_agg(leaf, ''::bytea order by seq) from"
    " log_leaves(cast(:firsts as bigint[]), cast(:leaves as bigint[]))"
    " group by number"
)
_ABOVE = text(
    "select run.number, string_agg(found.hash, ''::bytea order by found.place) from"
    " unnest(cast(:levels as int[]), cast(:firsts as bigint[]),"
    " cast(:lengths as bigint[])) with ordinality as run (level, first, length, number)"
    " join ledger_tile_hash found on found.level = run.level"
    " and found.place >= run.first and found.place < run.first + run.length"
    " where run.level > 0 group by run.number"
)


class Head(NamedTuple):
    """A row of a checkpoint: what it says by itself, and the note that is signed."""

    size: int
    root: bytes
    note: str
    edge: bytes

    @property
    def tree(self) -> CompactRange:
        """The right edge of the tree, to go on from.

        Raises:
            EntryAltered: the row holds no edge of a tree of this size.
        """
        try:
            return CompactRange(self.size, _apart(self.edge))
        except InvalidInput as error:
            raise EntryAltered(
                f"the edge kept with the checkpoint of `{self.size}` entries is none"
            ) from error


def elect(connection: Connection, patience: timedelta = timedelta(seconds=30)) -> bool:
    """Try to be the integrator until the end of this transaction.

    After `patience` without a statement the database ends it.
    """
    milliseconds = str(patience // timedelta(milliseconds=1))
    return bool(connection.execute(_ELECTION, {"patience": milliseconds}).scalar())


def head(connection: Connection) -> Head | None:
    """Return the latest checkpoint's row; before the first entry there is none."""
    return next(iter(heads(connection, latest=True)), None)


def heads(connection: Connection, *, latest: bool = False) -> Iterator[Head]:
    """Yield every checkpoint's row, or only the latest, from the largest size on."""
    row = t.checkpoint.c
    query = select(row.size, row.root, row.note, row.frontier)
    query = query.order_by(row.size.desc()).limit(1 if latest else None)
    for each in connection.execute(query):
        yield Head(*each)


def frontier(connection: Connection) -> CompactRange:
    """Return the right edge of the tree at the latest checkpoint."""
    found = head(connection)
    return found.tree if found else CompactRange()


def last_number(connection: Connection) -> int:
    """Return the number of the last entry; -1 if there is none."""
    query = select(func.coalesce(func.max(t.entry.c.seq), -1))
    return int(connection.execute(query).scalar_one())


def take_staged(connection: Connection, most: int) -> list[tuple[bytes, bytes]]:
    """Take staged entries away, oldest first, as (body, leaf).

    Raises:
        EntryAltered: the leaf of one is not that of its bytes.
    """
    query = (
        select(t.staged_entry)
        .order_by(t.staged_entry.c.staged_at, t.staged_entry.c.id)
        .limit(most)
    )
    rows = connection.execute(query).all()
    if rows:
        ids = [row.id for row in rows]
        connection.execute(delete(t.staged_entry).where(t.staged_entry.c.id.in_(ids)))
    for row in rows:
        if leaf_hash(row.body) != row.leaf:
            raise EntryAltered(f"staged entry `{row.id}` was altered")
    return [(row.body, row.leaf) for row in rows]


def append(connection: Connection, first: int, rows: list[tuple[bytes, bytes]]) -> None:
    """Write entries under the sequence numbers from `first` on."""
    values = [
        {"seq": first + n, "body": body, "leaf": leaf}
        for n, (body, leaf) in enumerate(rows)
    ]
    connection.execute(insert(t.entry), values)


def keep_tile_hashes(
    connection: Connection, hashes: Iterable[tuple[int, int, bytes]]
) -> None:
    """Write hashes above level 0, as (level, number, hash)."""
    values = [{"level": each[0], "place": each[1], "hash": each[2]} for each in hashes]
    if values:
        connection.execute(insert(t.tile_hash), values)


def hashes(connection: Connection, runs: Sequence[Run]) -> list[list[bytes]]:
    """Return the stored hashes of each run: what `ledger.tiles.Read` asks for."""
    found: list[list[bytes]] = [[] for _ in runs]
    asked = {
        "levels": [run.level for run in runs],
        "firsts": [run.first for run in runs],
        "lengths": [run.length for run in runs],
        "leaves": [0 if run.level else run.length for run in runs],
    }
    for query in (_LEAVES, _ABOVE):
        for number, joined in connection.execute(query, asked):
            found[number - 1] = _apart(joined)
    return found


def places(connection: Connection, leaves: Sequence[bytes]) -> dict[bytes, int]:
    """Return the number of each leaf that is in the log."""
    query = select(t.entry.c.leaf, t.entry.c.seq).where(t.entry.c.leaf.in_(leaves))
    return {row.leaf: row.seq for row in connection.execute(query)}


def write_checkpoint(
    connection: Connection, tree: CompactRange, note: str, at: datetime
) -> None:
    """Store a signed checkpoint with the edge to go on from."""
    connection.execute(
        insert(t.checkpoint).values(
            size=tree.size,
            root=tree.root(),
            note=note,
            frontier=b"".join(tree.hashes),
            at=at,
        )
    )


def entries(connection: Connection) -> Generator[StoredEntry, None, None]:
    """Yield every ordered entry, in order, a page at a time."""
    query = select(t.entry).order_by(t.entry.c.seq)
    # Of the query alone: a connection would go on to stream whatever is asked later.
    query = query.execution_options(stream_results=True, yield_per=2000)
    with connection.execute(query) as rows:
        for row in rows:
            yield StoredEntry(row.seq, row.body, row.leaf)


def everything(connection: Connection) -> Generator[StoredEntry, None, None]:
    """Yield every entry, the ordered ones first; those still staged have number -1."""
    yield from entries(connection)
    query = select(t.staged_entry.c.body, t.staged_entry.c.leaf)
    for row in connection.execute(query):
        yield StoredEntry(-1, row.body, row.leaf)


def of_kinds(
    connection: Connection, kinds: Collection[str]
) -> Generator[StoredEntry, None, None]:
    """Yield every entry of some kinds, the ordered ones first; see `everything`."""
    placed, staged = t.entry.c, t.staged_entry.c
    kind = func.said(staged.body).op("->>")("kind")
    query = union_all(
        select(placed.seq, placed.body, placed.leaf).where(placed.kind.in_(kinds)),
        select(literal(-1), staged.body, staged.leaf).where(kind.in_(kinds)),
    ).execution_options(stream_results=True, yield_per=2000)
    with connection.execute(query) as rows:
        for row in rows:
            yield StoredEntry(*row)


def bodies(connection: Connection, leaves: Iterable[bytes]) -> dict[bytes, bytes]:
    """Return the entries of leaves that there are, ordered or still staged."""
    wanted = list(leaves)
    placed, staged = t.entry.c, t.staged_entry.c
    query = union_all(
        select(placed.leaf, placed.body).where(placed.leaf.in_(wanted)),
        select(staged.leaf, staged.body).where(staged.leaf.in_(wanted)),
    )
    return {row.leaf: row.body for row in connection.execute(query)}


def share_snapshot(one: Connection, other: Connection) -> None:
    """Let two transactions see the database at the same instant.

    Both must be new and `REPEATABLE READ`: roles that may not read each other's tables
    can then be asked about one state.
    """
    name = one.execute(text("select pg_export_snapshot()")).scalar_one()
    other.execute(text(f"set transaction snapshot '{name}'"))


def latest_checkpoint(connection: Connection) -> str | None:
    """Return the newest signed checkpoint; before the first entry there is none."""
    query = select(t.checkpoint.c.note).order_by(t.checkpoint.c.size.desc()).limit(1)
    return connection.execute(query).scalar()


def checkpoint_of(connection: Connection, size: int) -> str:
    """Return the signed checkpoint of a size that has one."""
    query = select(t.checkpoint.c.note).where(t.checkpoint.c.size == size)
    return str(connection.execute(query).scalar_one())


def checkpoints(connection: Connection) -> list[str]:
    """Return every signed checkpoint, oldest first."""
    query = select(t.checkpoint.c.note).order_by(t.checkpoint.c.size)
    return [row.note for row in connection.execute(query)]


def staged(connection: Connection) -> tuple[int, datetime | None]:
    """Return how many entries wait to be ordered, and since when."""
    query = select(func.count(), func.min(t.staged_entry.c.staged_at))
    row = connection.execute(query).one()
    return int(row[0]), row[1]


def _apart(joined: bytes) -> list[bytes]:
    return [joined[at : at + HASH] for at in range(0, len(joined), HASH)]
