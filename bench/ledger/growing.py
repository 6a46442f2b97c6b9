"""Entries by the million, made by the database like those of a release."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection, Engine, text

from ledger.checkpoint import Checkpoint, sign
from ledger.merkle import CompactRange
from ledger.signed_note import SignerKey
from ledger.tiles import tile_hashes
from runtime.roles import Role
from runtime.settings import Settings
from storage.engine import connect, transaction
from storage.log import ledger

ABOUT = UUID("c1f4b1c8-0f6e-4c8b-9a51-7f9f2d3e4a22")
"""The item that is asked for: ten of the first 10,000 entries that are made name it."""
_CHUNK, _MARKED = 1_000_000, 10_000

# Entries like those of a release, some of them about the item that is asked for.
_NAMED = text("select 1 from ledger_entry where item_ids @> cast(:items as jsonb)")
_UNWALLED = text("alter table ledger_entry no force row level security")
_GROW = text("""
insert into ledger_entry (seq, body, leaf)
select n, b, sha256('\\x00'::bytea || b) from (
    select n, convert_to('{"agency":"anderlecht","at":"2026-03-01T10:00:00+01:00",'
        || '"case":"' || gen_random_uuid() || '","function":"handler","id":"'
        || gen_random_uuid() || '","items":["'
        || case when n % 1000 = 7 and n - :first < :marked then cast(:item as text)
           else gen_random_uuid()::text end
        || '"],"kind":"item.released","nonce":"' || md5(n::text)
        || '","officer":"' || encode(sha256(n::text::bytea), 'hex')
        || '","operation":"consultation","purpose":"be-119ter",'
        || '"recorded_at":"2026-03-01T09:00:00.125000Z"}', 'UTF8') as b
    from generate_series(cast(:first as bigint), cast(:last as bigint)) n) s
""")


def grow(settings: Settings, log: Engine, signer: SignerKey, more: int) -> int:
    """Put entries behind those that are there; return how many there are then.

    They lie where the product's integrator would put them, under a checkpoint. The item
    is named only in the first lot.
    """
    owner = connect(settings.database(Role.OWNER), pool=1, statement_ms=3_600_000)
    with transaction(log) as connection:
        tree = ledger.frontier(connection)
        there = connection.execute(_NAMED, {"items": f'["{ABOUT}"]'}).first()
    marked = 0 if there else _MARKED
    last = tree.size + more - 1
    for first in range(tree.size, last + 1, _CHUNK):
        asked = {"first": first, "last": min(first + _CHUNK - 1, last)}
        with transaction(owner) as connection:
            connection.execute(_UNWALLED)
            connection.execute(_GROW, asked | {"item": str(ABOUT), "marked": marked})
        with transaction(log) as connection:
            _complete(connection, signer, tree)
        marked = 0
    with transaction(owner) as connection:
        connection.execute(text("analyze ledger_entry"))
    owner.dispose()
    return tree.size


def _complete(connection: Connection, signer: SignerKey, tree: CompactRange) -> None:
    query = text("select leaf from ledger_entry where seq >= :first order by seq")
    leaves = connection.execute(query, {"first": tree.size}).scalars()
    ledger.keep_tile_hashes(connection, tile_hashes(tree.extend(leaves)))
    note = sign(Checkpoint(signer.name, tree.size, tree.root()), signer)
    ledger.write_checkpoint(connection, tree, note, datetime.now(UTC))
