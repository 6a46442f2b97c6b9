"""Papers: sealed texts that belong to no case, and their releases to readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from models.agencies import Officer
from models.errors import Conflict
from models.ids import AgencyId, PaperId
from models.papers import PaperHeader, PaperKind
from storage import deliveries
from storage import tables as t
from vault.values import Sealed, SealedItem, Signer, Wrap


class Matter(NamedTuple):
    """What papers belong to; all of one kind."""

    id: UUID
    kind: PaperKind


class DueKeys(NamedTuple):
    """Keys of a matter, at one agency, that are to be destroyed."""

    case_id: UUID
    scope: str
    agency_id: AgencyId


class PaperTaken(NamedTuple):
    """What came out against a release: ciphertext, one's own wrap, who sealed it."""

    paper: PaperId
    sealed: Sealed
    wrap: Wrap
    originator: Signer


def keep(connection: Connection, header: PaperHeader, made: SealedItem) -> None:
    """Store a sealed paper, its keys, and what its receivers need to open it.

    Raises:
        Conflict: there is a paper with this number.
    """
    sealed = made.sealed
    kept = connection.execute(
        insert(t.paper)
        .on_conflict_do_nothing()
        .values(
            id=header.paper,
            matter_id=header.matter,
            originator=header.originator,
            header=sealed.header,
            ciphertext=sealed.ciphertext,
            commitment=sealed.commitment,
            signature=sealed.signature,
            sealed_at=datetime.now(UTC),
        )
        .execution_options(preserve_rowcount=True)
    )
    if kept.rowcount == 0:
        raise Conflict("this is being done already", help="ask again in a moment")
    wraps = [
        {
            "paper_id": header.paper,
            "agency_id": wrap.receiver,
            "matter_id": header.matter,
            "giver": wrap.giver,
            "case_key_id": wrap.case_key_id,
            "wrapped": wrap.wrapped,
        }
        for wrap in made.wraps
    ]
    connection.execute(insert(t.paper_key), wraps)
    deliveries.store(connection, header.paper, made.deliveries, live=True)


def release(
    connection: Connection,
    officer: Officer,
    papers: Sequence[PaperId],
    showing: tuple[UUID, str, UUID, datetime],
) -> None:
    """Write that papers may be handed to an officer, under the entry of a page.

    Args:
        connection: a transaction in which that entry was staged.
        officer: who reads.
        papers: which.
        showing: id of the release, purpose, id of the entry, and when.
    """
    identifier, purpose, entry, at = showing
    rows = [
        {
            "id": identifier,
            "item_id": paper,
            "agency_id": officer.agency,
            "officer_id": officer.id,
            "purpose": purpose,
            "ruling_id": None,
            "entry_id": entry,
            "at": at,
        }
        for paper in papers
    ]
    if rows:
        connection.execute(insert(t.release), rows)


def taken_against(
    connection: Connection, agency: str, papers: Sequence[PaperId]
) -> Iterator[PaperTaken]:
    """Yield papers and wrapped keys; the connection names a release of earlier on."""
    rows = connection.execute(
        select(t.paper, t.paper_key, t.agency.c.certificates)
        .join(t.agency, t.agency.c.id == t.paper.c.originator)
        .join(t.paper_key, t.paper_key.c.paper_id == t.paper.c.id)
        .where(t.paper.c.id.in_(papers), t.paper_key.c.agency_id == agency)
    )
    for row in rows:
        sealed = Sealed(row.header, row.ciphertext, row.commitment, row.signature)
        giver = row.originator
        wrap = Wrap(str(row.id), giver, agency, row.case_key_id, row.wrapped)
        signer = Signer(giver, tuple(row.certificates), row.sealed_at)
        yield PaperTaken(PaperId(row.id), sealed, wrap, signer)


def due(connection: Connection, today: date) -> list[Matter]:
    """Return the matters that still have papers, and whose last day is past."""
    there = select(t.paper.c.matter_id)
    return [
        Matter(row.id, kind)
        for kind, table in (
            (PaperKind.FINDING, t.finding),
            (PaperKind.STATUTORY_LIST, t.statutory_list),
            (PaperKind.SUBJECT_REQUEST, t.subject_request),
        )
        for row in connection.execute(
            select(table.c.id).where(table.c.kept_until < today, table.c.id.in_(there))
        )
    ]


def erase(
    connection: Connection, matter: Matter
) -> tuple[tuple[PaperId, ...], tuple[AgencyId, ...]]:
    """Delete the papers of a matter with their keys; return which, and the holders."""
    key, paper = t.paper_key.c, t.paper.c
    held = select(key.agency_id).where(key.matter_id == matter.id).distinct()
    holders = tuple(sorted(AgencyId(a) for a in connection.execute(held).scalars()))
    connection.execute(delete(t.paper_key).where(key.matter_id == matter.id))
    on_its_way = t.key_delivery.c.case_id == matter.id
    connection.execute(delete(t.key_delivery).where(on_its_way))
    texts = delete(t.paper).where(paper.matter_id == matter.id).returning(paper.id)
    gone = tuple(sorted(PaperId(each) for each in connection.execute(texts).scalars()))
    return gone, holders
