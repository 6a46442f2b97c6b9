"""Where something happens in a case, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import Connection

from activities.services import Services
from models.cases import MovingCase
from models.clock import legal_day
from models.deadlines import DeadlineRecord
from models.events import Operation
from models.handoffs import HandoffRecord, HandoffState, HandoffStep, after
from models.ids import AgencyId, DeadlineId, HandoffId, ItemId, OfficerId
from models.items import KnownItem
from models.law.records import RetentionEvent
from models.law.sources import Guard
from models.packs import Pack
from models.process import HandoffMove, Timer
from models.secrecy import Secrecy
from storage import deadlines, handoffs
from storage.case_view import CaseView


@dataclass
class Effects:
    """What an act or alarm brought about, for the process and the ledger.

    `named` is the officer whom the act is about. The detail of a `discreet` act is in
    the ledger, and not in the story that colleagues read. An act that is `inside` shows
    nowhere but at its own agency; `letting_go` are items that were held there so far.
    `changed` are hand-offs as they are now, `proofs` receipts of those that expired.
    """

    outcome: str | None = None
    secrecy: Secrecy | None = None
    closed_on: date | None = None
    handoff: HandoffId | None = None
    recipients: set[AgencyId] = field(default_factory=set)
    concerned: set[ItemId] = field(default_factory=set)
    operation: Operation = Operation.PROCEDURE
    article: str = ""
    detail: str = ""
    started: list[Timer] = field(default_factory=list)
    stopped: list[DeadlineId] = field(default_factory=list)
    moved: list[HandoffMove] = field(default_factory=list)
    changed: list[HandoffRecord] = field(default_factory=list)
    proofs: dict[HandoffId, str] = field(default_factory=dict)
    named: OfficerId | None = None
    discreet: bool = False
    inside: bool = False
    letting_go: list[KnownItem] = field(default_factory=list)
    happened: set[RetentionEvent] = field(default_factory=set)
    destroy: bool = False


@dataclass
class Scene:
    """Where something happens: the transaction, the case, its pack and the instant."""

    connection: Connection
    services: Services
    case: MovingCase
    pack: Pack
    at: datetime
    effects: Effects = field(default_factory=Effects)
    _running: list[DeadlineRecord] | None = None

    @property
    def day(self) -> date:
        """Return the legal date of the act."""
        return legal_day(self.at)

    @cached_property
    def view(self) -> CaseView:
        """What the record knew of the case when it was first asked for."""
        return CaseView(self.connection, self.case, self.pack)

    @property
    def running(self) -> list[DeadlineRecord]:
        """The terms that run now; read again once one has started or stopped."""
        if self._running is None:
            self._running = deadlines.of_case(
                self.connection, self.case.id, running=True
            )
        return self._running

    def terms_changed(self) -> None:
        """Forget which terms run."""
        self._running = None

    def guard_of(self, handoff: HandoffRecord) -> Guard | None:
        """Return what guards the answer to a question, if anything does."""
        return self.pack.source(handoff.source).guard

    def move(
        self,
        handoff: HandoffRecord,
        step: HandoffStep,
        inside: HandoffState | None = None,
    ) -> HandoffRecord:
        """Move a handoff, if its state allows, and remember it for the process.

        What allows it is `inside`, where a guarded question stands otherwise there.
        """
        state = after(step, inside or handoff.state)
        handoffs.move(self.connection, handoff, state, self.at)
        version = handoff.version + 1
        self.effects.moved.append(
            HandoffMove(handoff=handoff.id, state=state, version=version)
        )
        moved = handoff.model_copy(update={"state": state, "version": version})
        self.effects.changed.append(moved)
        return moved
