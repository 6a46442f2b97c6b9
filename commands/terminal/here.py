"""An office of this machine: a seat at a desk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from acts import cases, emergencies, people
from acts.audit.auditing import require_auditor, require_dpo
from acts.cases import Opening
from acts.decisions import Proposal, proposing
from acts.existence import ask_whether
from acts.handoffs import Question, Reply
from acts.items.reading import OpenedItem, read_item
from acts.looking_up import find_handoff, pack_of
from acts.next_steps import WhatNext, next_on_question
from acts.offered.audits import AuditOffer
from acts.offered.offer import Offer
from acts.pages import lists, naming, overview
from acts.pages.lists import CaseLine, Inbox, NoticeLine
from acts.pages.lookups import FoundCase, find_by_number
from acts.pages.one_handoff import HandoffPage, show_handoff
from acts.pages.overview import CaseOverview, StoryLine
from acts.pages.readers import ReaderLine, readers_of, require_superior
from acts.pages.readiness import decision_gaps
from acts.pages.searching import Searched, search
from acts.pages.withdrawn import ItemsPage
from acts.people import CasePeople
from acts.performing import Done
from acts.previewing import Preview, preview_answer, preview_question
from acts.recalls import recalled
from acts.releases import asked_of
from acts.reporting import Report, report
from acts.seat import Seat
from commands.terminal import references
from commands.terminal.audits import AuditsHere
from models.agencies import AgencyKind, Reader, ReadReason
from models.cases import Existence
from models.handoffs import HandoffRecord, ReleaseRequest
from models.ids import CaseId, HandoffId, ItemId
from models.motivation import Motivation
from models.numbers import Number
from models.packs import Pack
from models.pages import Window
from models.people import Glass
from models.recalls import RecallLine
from models.values import Value
from policies.readiness import Gap
from storage.engine import transaction
from storage.people import directory

_LOOKED_FOR_BY: dict[str, Callable[[Reader], None]] = {
    "entry": require_auditor,
    "seen item": require_superior,
    "statutory list": require_dpo,
    "subject request": require_dpo,
}
"""What refuses others before an id is looked for, so that they are told why."""


class Here:
    """A seat, as commands act and read at it."""

    def __init__(self, at: Seat) -> None:
        self._at, self.audits = at, AuditsHere(at)
        self.packs, self.today = at.desk.packs, at.today
        self.sharing = at.desk.sharing
        self.agency, self.agency_kind = at.officer.agency, at.agency_kind

    def do(self, offer: Offer, about: UUID, body: Value) -> Report:
        """Do an act."""
        return self._done(offer.perform(self._at, about, body))

    def open_case(self, opening: Opening) -> Report:
        """Open a case."""
        return self._done(cases.open_case(self._at.desk, self._at.officer, opening))

    def do_audit(self, offer: AuditOffer, about: UUID | None, body: Value) -> Any:
        """Do what is of no case."""
        return offer.perform(self._at, about, body)

    def _done(self, deed: Awaitable[Done]) -> Report:
        async def do() -> Report:
            return report(self._at, await deed)

        return asyncio.run(do())

    def id_of(self, what: str, given: str) -> UUID:
        """Return the one case, item, finding or other thing that is meant."""
        if what in _LOOKED_FOR_BY:
            _LOOKED_FOR_BY[what](self._at.reader())
        return references.find(self._at, what, given)

    def existence_of(self, case: UUID) -> Existence:
        """Return what one may be told of a case, from its whole id."""
        return ask_whether(self._at.desk, self._at.reader(), CaseId(case))

    def readers_of(self, item: UUID) -> Sequence[ReaderLine]:
        """Return to whom an item was released."""
        return readers_of(self._at.desk, self._at.reader(), ItemId(item))

    def kind_of(self, agency: str) -> AgencyKind:
        """Return of which kind an agency is."""
        with transaction(self._at.desk.database) as connection:
            return directory.agency(connection, agency).kind

    def pack_of(self, case: UUID) -> Pack:
        """Return the law that a case is under."""
        return pack_of(self._at.desk, self._at.officer, CaseId(case))

    def handoff_of(self, handoff: UUID) -> HandoffRecord:
        """Return a handoff, to find what an act on it says."""
        return find_handoff(self._at.desk, self._at.officer, HandoffId(handoff))

    def case_of(self, case: UUID) -> CaseOverview:
        """Return a case, to find what an act on it says."""
        return overview.look_up(self._at.desk, self._at.reader(), CaseId(case))

    def reviews_of(self, case: UUID) -> Sequence[Glass]:
        """Return the emergencies of a case that wait for a review."""
        at = self._at
        return emergencies.open_reviews(at.desk, at.officer, CaseId(case))

    def cases(
        self, window: Window, *, stage: str | None, by_stage: bool
    ) -> Sequence[CaseLine]:
        """Return a page of one's cases."""
        at = self._at
        return lists.list_cases(
            at.desk, at.reader(), window, stage=stage, by_stage=by_stage
        )

    def names_of_cases(self, cases: Sequence[CaseId]) -> Mapping[CaseId, str]:
        """Open whom cases are about."""
        reader = self._at.reader(ReadReason.FOLLOWING_UP)
        return naming.names_of_cases(self._at.desk, reader, cases)

    def case(self, case: UUID) -> CaseOverview:
        """Return one case."""
        return overview.show_case(self._at.desk, self._at.reader(), CaseId(case))

    def story(self, case: UUID, window: Window) -> Sequence[StoryLine]:
        """Return a page of a case's story."""
        at = self._at
        return lists.list_story(at.desk, at.reader(), CaseId(case), window)

    def items(self, case: UUID, window: Window) -> ItemsPage:
        """Return a page of the headers of a case's items."""
        at = self._at
        return lists.list_items(at.desk, at.reader(), CaseId(case), window)

    def people(self, case: UUID) -> CasePeople:
        """Return who of one's agency works on a case."""
        return people.who_works(self._at.desk, self._at.officer, CaseId(case))

    def gaps(
        self, case: UUID, outcome: str, motivation: Motivation | None
    ) -> Sequence[Gap]:
        """Return what a decision still lacks; with a motivation, try it out."""
        at, tried = self._at, None
        if motivation is not None:
            proposal = Proposal(outcome=outcome, motivation=motivation)
            tried = proposing(proposal, ItemId(uuid4()))
        return decision_gaps(at.desk, at.officer, CaseId(case), outcome, tried)

    def find(self, number: Number, window: Window) -> Sequence[FoundCase]:
        """Return a page of the cases in which a number stands."""
        return find_by_number(self._at.desk, self._at.reader(), number, window)

    def search(
        self,
        words: Sequence[str],
        window: Window,
        *,
        reason: ReadReason,
        case: UUID | None,
    ) -> Searched:
        """Search a page of items for words."""
        where = None if case is None else CaseId(case)
        return search(self._at.desk, self._at.reader(reason), words, window, where)

    def inbox(self, window: Window, *, closed: bool) -> Inbox:
        """Return a page of what one's agency was asked."""
        return lists.inbox(self._at.desk, self._at.reader(), window, closed=closed)

    def asked_by_us(self, window: Window, *, closed: bool) -> Sequence[HandoffRecord]:
        """Return a page of what one's agency asked others."""
        at = self._at
        return lists.asked_by_us(at.desk, at.reader(), window, closed=closed)

    def names_of_questions(self, questions: Sequence[ItemId]) -> Mapping[ItemId, str]:
        """Open whom questions are about."""
        reader = self._at.reader(ReadReason.ANSWERING)
        return naming.names_of_questions(self._at.desk, reader, questions)

    def notices(self, window: Window) -> Sequence[NoticeLine]:
        """Return a page of notices."""
        return lists.notices(self._at.desk, self._at.reader(), window)

    def handoff(self, handoff: UUID) -> HandoffPage:
        """Return one handoff with the headers of its items."""
        return show_handoff(self._at.desk, self._at.reader(), HandoffId(handoff))

    def release_of(self, handoff: UUID) -> ReleaseRequest | None:
        """Return which item a handoff asks to let go on, if any."""
        return asked_of(self._at.desk, self._at.officer, HandoffId(handoff))

    def next_on(self, handoff: HandoffRecord) -> WhatNext:
        """Return what one's agency can do on a handoff."""
        return next_on_question(self._at.desk, self._at.officer, handoff)

    def preview(self, case: UUID, question: Question) -> Preview:
        """Return what the asked agency would see of a question."""
        at = self._at
        return preview_question(at.desk, at.reader(), CaseId(case), question)

    def preview_answer(self, handoff: UUID, replies: Sequence[Reply]) -> Preview:
        """Return what the asker would see of an answer."""
        at = self._at
        return preview_answer(at.desk, at.reader(), HandoffId(handoff), replies)

    def item(self, item: UUID, reason: ReadReason) -> OpenedItem:
        """Open an item."""
        at = self._at
        return read_item(at.desk, at.reader(reason), ItemId(item))

    def recalls(self, item: UUID | None) -> Sequence[RecallLine]:
        """Return who gave recalled items back."""
        chosen = None if item is None else ItemId(item)
        return recalled(self._at.desk, self._at.reader(), chosen)
