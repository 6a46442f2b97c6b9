"""Sealing papers and opening them: nothing comes out before its entry is committed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from sqlalchemy import Connection

from acts.desk import Desk
from acts.drafts.admission import LARGEST, require_words
from acts.items.redeeming import open_taken
from acts.pages.showing import Showing, prove_page
from ledger.canonical import encode
from models.agencies import Officer, Reader
from models.errors import InvalidInput, KeyUnknown
from models.ids import AgencyId, PaperId
from models.papers import PaperHeader, PaperKind
from policies.door import check_content
from storage.audits import papers
from storage.people import directory
from storage.sessions import acting
from vault.values import Delivery, Recipient, SealRequest


@dataclass(frozen=True)
class Draft:
    """A paper before it is sealed: for a matter, for these agencies, about this."""

    kind: PaperKind
    matter: UUID
    audience: tuple[AgencyId, ...]
    text: str
    paper: PaperId


def paper_of(desk: Desk) -> PaperId:
    """Return the number of a paper that is about to be sealed.

    It is made of the ticket, if the desk has one: of who asks, under which key, and for
    what, so that what is asked for again is found by it.
    """
    if desk.ticket is None:
        return PaperId(uuid4())
    named = hashlib.sha256(desk.ticket.act.bytes + desk.ticket.asked).digest()
    return PaperId(UUID(bytes=named[:16], version=4))


def seal(
    desk: Desk,
    connection: Connection,
    officer: Officer,
    draft: Draft,
) -> Sequence[Delivery]:
    """Seal a paper at the officer's node and store it; return its deliveries.

    Tell the node of the deliveries with `delivered` once the transaction is committed.

    Raises:
        InvalidInput: it is empty or too large.
        NotPermitted: it bears what may not be kept here.
        CiphertextInvalid: nobody whom the node believes vouches for a receiver.
        Conflict: the same is done at this instant, under the same number.
    """
    body = draft.text.encode()
    require_words("text", body)
    if len(body) > LARGEST:
        raise InvalidInput(f"the text has {len(body)} bytes", help="shorten it")
    check_content(draft.text)
    header = PaperHeader(
        paper=draft.paper,
        matter=draft.matter,
        originator=officer.agency,
        kind=draft.kind,
    )
    others = directory.agencies_of(connection, draft.audience)
    made = desk.node(officer.agency).seal(
        SealRequest(
            item_id=str(header.paper),
            case_id=str(draft.matter),
            scope=draft.kind,
            header=encode(header.model_dump(mode="json")),
            body=body,
            audience=tuple(Recipient(a.id, a.statement) for a in others.values()),
        )
    )
    papers.keep(connection, header, made)
    return made.deliveries


def delivered(desk: Desk, officer: Officer, deliveries: Sequence[Delivery]) -> None:
    """Tell the officer's node, after the commit, that deliveries are stored."""
    if deliveries:
        desk.node(officer.agency).delivered(*(each.case_key_id for each in deliveries))


class Reading:
    """Papers that a page is about to show: logged and released, opened afterwards."""

    def __init__(self, desk: Desk, reader: Reader, which: Sequence[PaperId]) -> None:
        self._desk, self._reader, self._which = desk, reader, which
        self._release = uuid4()

    def log(self, connection: Connection, showing: Showing) -> str:
        """Write entry and release in the transaction that found the papers.

        `showing` names them among its rows.
        """
        desk, reader = self._desk, self._reader
        logged = prove_page(desk, connection, reader, showing)
        said = (self._release, reader.purpose, logged.entry, desk.clock.now())
        papers.release(connection, reader.officer, self._which, said)
        return logged.receipt

    def texts(self) -> Mapping[PaperId, str]:
        """Return the texts, once that transaction is committed; what is gone lacks."""
        desk, officer = self._desk, self._reader.officer
        redeeming = replace(desk.acting(officer), release=self._release)
        with acting(desk.database, redeeming) as connection:
            agency = officer.agency
            taken = list(papers.taken_against(connection, agency, self._which))
        node, found = desk.node(officer.agency), {}
        for each in taken:
            try:
                body = open_taken(desk, self._reader, node, each)
            except KeyUnknown:
                continue
            found[each.paper] = body.decode()
        return found
