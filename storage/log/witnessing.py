"""What witnesses are offered, what they made of it, and what contradicts the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from ledger.tiles import HASH
from models.link import CheckpointOffer
from storage import tables as t


class Seen(NamedTuple):
    """What an agency's witness was last heard to hold, and which offer it answered."""

    agency: str
    note: str
    answered: UUID


def agencies(connection: Connection) -> list[str]:
    """Return every agency: each may have a witness."""
    return list(connection.execute(select(t.agency.c.id)).scalars())


def seen(connection: Connection) -> dict[str, Seen]:
    """Return what each witness that was ever heard holds."""
    row = t.witness.c
    query = select(row.agency_id, row.seen, row.answered)
    return {each[0]: Seen(*each) for each in connection.execute(query)}


def key_of(connection: Connection, agency: str) -> bytes | None:
    """Return the key under which an agency's witness is known."""
    query = select(t.witness.c.key).where(t.witness.c.agency_id == agency)
    return connection.execute(query).scalar()


def keys(connection: Connection) -> dict[str, bytes]:
    """Return the key of each witness that has cosigned, by its agency."""
    row = t.witness.c
    query = select(row.agency_id, row.key).where(row.key.is_not(None))
    found = connection.execute(query.order_by(row.agency_id))
    return {agency: key for agency, key in found if key is not None}


def known(connection: Connection) -> list[Row[Any]]:
    """Return every witness that was ever heard, as rows of `witness`."""
    query = select(t.witness).order_by(t.witness.c.agency_id)
    return list(connection.execute(query).all())


def note_seen(
    connection: Connection, seen: Seen, key: bytes | None, refused: str, at: datetime
) -> None:
    """Keep what a witness holds now; `key` is None until it first cosigned."""
    values = {
        "key": key,
        "seen": seen.note,
        "answered": seen.answered,
        "refused": refused,
        "at": at,
    }
    row = upsert(t.witness).values(agency_id=seen.agency, **values)
    connection.execute(
        row.on_conflict_do_update(index_elements=["agency_id"], set_=values)
    )


def offer(
    connection: Connection, agency: str, note: str, proof: list[bytes], at: datetime
) -> None:
    """Offer a checkpoint to an agency's witness, in the place of an earlier offer."""
    connection.execute(delete(t.witness_offer).where(_of(agency)))
    connection.execute(
        insert(t.witness_offer).values(
            agency_id=agency, id=uuid4(), note=note, proof=b"".join(proof), at=at
        )
    )


def offers(connection: Connection) -> Mapping[str, Row[Any]]:
    """Return the offer of each agency: `id`, `note`, `at`."""
    return {
        row.agency_id: row for row in connection.execute(select(t.witness_offer)).all()
    }


def offer_to(connection: Connection, agency: str) -> CheckpointOffer | None:
    """Return what an agency's witness was offered and has not answered yet."""
    row = connection.execute(_OPEN.where(_of(agency))).first()
    if row is None:
        return None
    steps = range(0, len(row.proof), HASH)
    proof = tuple(row.proof[at : at + HASH] for at in steps)
    return CheckpointOffer(id=row.id, note=row.note, proof=proof)


def waiting(connection: Connection) -> set[str]:
    """Return the agencies whose witnesses have an offer to answer."""
    return {row.agency_id for row in connection.execute(_OPEN)}


def keep_cosignature(
    connection: Connection, agency: str, size: int, line: str, at: datetime
) -> None:
    """Keep a cosignature of the checkpoint of a size; the first one stays."""
    row = upsert(t.cosignature).values(agency_id=agency, size=size, line=line, at=at)
    connection.execute(row.on_conflict_do_nothing())


def cosignatures(connection: Connection, size: int) -> list[str]:
    """Return the signature lines that witnesses gave to the checkpoint of a size."""
    row = t.cosignature.c
    query = select(row.line).where(row.size == size).order_by(row.agency_id)
    return list(connection.execute(query).scalars())


def cosigned_sizes(connection: Connection) -> dict[str, tuple[int, datetime]]:
    """Return the largest size that each witness cosigned, and when that came."""
    row = t.cosignature.c
    latest = func.max(row.size), func.max(row.at)
    query = select(row.agency_id, *latest).group_by(row.agency_id)
    return {each[0]: (each[1], each[2]) for each in connection.execute(query)}


def best_over(connection: Connection, seq: int) -> int | None:
    """Return the size over an entry that most witnesses cosigned, and the first such.

    If none cosigned one, the largest that anybody did.
    """
    row = t.cosignature.c
    query = select(row.size).where(row.size > seq).group_by(row.size)
    query = query.order_by(func.count().desc(), row.size).limit(1)
    found: int | None = connection.execute(query).scalar()
    return largest_of(connection, 1) if found is None else found


def largest_of(connection: Connection, witnesses: int) -> int | None:
    """Return the largest size that so many witnesses cosigned."""
    row = t.cosignature.c
    query = (
        select(row.size)
        .group_by(row.size)
        .having(func.count() >= witnesses)
        .order_by(row.size.desc())
        .limit(1)
    )
    return connection.execute(query).scalar()


def note_contradiction(
    connection: Connection, agency: str, seen: str, held: str, at: datetime
) -> None:
    """Keep two checkpoints of the ledger that cannot both be true."""
    connection.execute(
        insert(t.contradiction).values(
            id=uuid4(), agency_id=agency, seen=seen, held=held, at=at
        )
    )


def contradictions(connection: Connection) -> list[Row[Any]]:
    """Return what was noted so, oldest first: `agency_id`, `seen`, `held`, `at`."""
    query = select(t.contradiction).order_by(t.contradiction.c.at)
    return list(connection.execute(query).all())


def _of(agency: str) -> ColumnElement[bool]:
    return t.witness_offer.c.agency_id == agency


_OPEN = (
    select(t.witness_offer)
    .outerjoin(t.witness, t.witness.c.agency_id == t.witness_offer.c.agency_id)
    .where(t.witness.c.answered.is_distinct_from(t.witness_offer.c.id))
)
