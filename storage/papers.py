"""Papers: sealed texts that belong to no case, and their releases to readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, insert, select

from models.agencies import Officer
from models.ids import PaperId
from models.papers import PaperHeader
from storage import deliveries
from storage import tables as t
from vault.values import Sealed, SealedItem, Signer, Wrap


class PaperTaken(NamedTuple):
    """What came out against a release: ciphertext, one's own wrap, who sealed it."""

    paper: PaperId
    sealed: Sealed
    wrap: Wrap
    originator: Signer


def keep(connection: Connection, header: PaperHeader, made: SealedItem) -> None:
    """Store a sealed paper, its keys, and what its receivers need to open it."""
    sealed = made.sealed
    connection.execute(
        insert(t.paper).values(
            id=header.paper,
            matter_id=header.matter,
            originator=header.originator,
            header=sealed.header,
            ciphertext=sealed.ciphertext,
            commitment=sealed.commitment,
            signature=sealed.signature,
            sealed_at=datetime.now(UTC),
        )
    )
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
