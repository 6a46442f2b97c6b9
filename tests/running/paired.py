"""Two offices with a hand-off between them, for tests of what both sides sign."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, text

from activities.twins import MissingTwins
from models.events import Entry, Operation
from models.handoffs import HandoffRecord, HandoffState
from models.ids import AgencyId, CaseId, HandoffId, ItemId
from models.twins import PATIENCE
from runtime.receipts import ReceiptFile
from runtime.twins import TwinFile
from storage import handoffs
from storage.engine import connect, transaction
from storage.log import twin_rows, twins
from storage.log.evidence import append
from storage.log.twin_rows import TwinsHeld
from tests.running.offices import Offices
from tests.running.postgres import SUPERUSER
from vault.duties import Coordination, Duties
from vault.twins import Twins
from vault.watching import Watching

ASKER, ASKED = "town", "tax"


class Pair:
    """A hand-off, both nodes with files of their own, and a clock that a test moves."""

    def __init__(self, offices: Offices, place: Path) -> None:
        self.offices, self.place = offices, place
        self.root: Engine = connect(offices.urls[SUPERUSER], pool=1)
        self.late = -PATIENCE  # coordination ran for a while before anything happened
        self.books = {a: ReceiptFile(place / f"{a}.receipts") for a in (ASKER, ASKED)}
        self.watches = {agency: self.watching(agency) for agency in self.books}
        self.missing = MissingTwins(offices.database, self.now)
        self.late = timedelta(0)
        self.handoff = _offered()
        with transaction(offices.database) as connection:
            handoffs.enter(connection, self.handoff)
            self.first = self._owe(connection, "handoff.ask", ASKER)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.late

    def watching(self, agency: str) -> Watching:
        """Return what signs for a node, as after a start."""
        book = TwinFile(self.place / f"{agency}.twins")
        node = self.offices.nodes[agency]
        return Watching(twins=Twins(node, book, self.books[agency], self.now))

    def move(self, state: HandoffState, kind: str, by: str | None = None) -> bytes:
        """Let the record move the hand-off; return the leaf of the entry."""
        with transaction(self.offices.database) as connection:
            handoffs.move(connection, self.handoff, state, datetime.now(UTC))
            version = self.handoff.version + 1
            self.handoff = self.handoff.model_copy(
                update={"state": state, "version": version}
            )
            return self._owe(connection, kind, by)

    def node(self, agency: str, link: Coordination | None = None) -> None:
        """Let a node do its duties once, in process or across a link."""
        orders = link or self.offices.orders(agency)
        Duties(self.offices.nodes[agency], orders, self.watches[agency]).once()

    def hand_over(self, agency: str, leaf: bytes) -> None:
        """Let the desk of an officer keep the leaf of an act."""
        self.books[agency].keep([leaf], datetime.now(UTC))

    def owed(self) -> list[tuple[str, str, bool, bool]]:
        """Return what is missing: agency, change, whether alarmed, whether refused."""
        with transaction(self.offices.database) as connection:
            rows = twins.missing(connection, self.now() + timedelta(days=1))
        return [
            (row.agency_id, row.change, bool(row.alarmed_at), bool(row.refused))
            for row in rows
            if row.handoff_id == self.handoff.id
        ]

    def as_owner(self, statement: str) -> None:
        """Play who owns the database: no wall of ours stops them."""
        with transaction(self.root) as connection:
            connection.execute(text(statement), {"handoff": self.handoff.id})

    def close(self) -> None:
        """Let go of the files, and leave nothing behind for the next test."""
        self.as_owner("truncate handoff_twin, handoff, ledger_staging")
        self.root.dispose()
        for book in self.books.values():
            book.close()

    def verify(self, *statements: str) -> TwinsHeld:
        """Verify what the owner of the database made of it; nothing of it stays."""
        with self.root.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
            held = twin_rows.verify(
                connection, connection, self.offices.believed, lambda *_: False
            )
            connection.rollback()
        return held

    def _owe(self, connection: Connection, kind: str, by: str | None) -> bytes:
        """Prove a change, and let both sides owe their word on it."""
        at = datetime.now(UTC)
        entry = Entry(
            id=uuid4(),
            nonce=token_hex(16),
            recorded_at=at,
            kind=kind,
            operation=Operation.PROCEDURE,
            at=self.handoff.offered_at if kind == "handoff.ask" else at,
            case=self.handoff.case,
            handoff=self.handoff.id,
            agency=by or ASKED,
            **(_of_offer(self.handoff) if kind == "handoff.ask" else {}),
        )
        leaf = bytes.fromhex(append(connection, entry, None))
        who = None if by is None else AgencyId(by)
        change = twins.Proven(handoff=self.handoff, leaf=leaf, at=at, by=who)
        twins.enter(connection, [change], at)
        return leaf


def _of_offer(handoff: HandoffRecord) -> dict[str, Any]:
    """Return what the entry of an offer says of the question."""
    return {
        "items": (handoff.question,),
        "recipients": (handoff.asked,),
        "purpose": handoff.purpose,
        "article": handoff.article,
        "detail": handoff.source,
    }


def _offered() -> HandoffRecord:
    return HandoffRecord(
        id=HandoffId(uuid4()),
        case=CaseId(uuid4()),
        route="be-119ter",
        pack_version=date(2024, 2, 17),
        kind="handoff",
        source="src.2",
        asker=AgencyId(ASKER),
        asked=AgencyId(ASKED),
        state=HandoffState.OFFERED,
        question=ItemId(uuid4()),
        purpose="inquiry",
        article="NLC 119ter §6",
        offered_at=datetime.now(UTC),
    )
