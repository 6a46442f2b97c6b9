"""An office of an installation elsewhere: its API, as commands act and read there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import quote
from uuid import UUID

from acts.cases import Opening
from acts.handoffs import Question, Reply
from acts.items.reading import OpenedItem
from acts.next_steps import WhatNext
from acts.offered.audits import AuditOffer
from acts.offered.offer import Offer
from acts.pages.lists import CaseLine, Inbox, NoticeLine
from acts.pages.lookups import FoundCase
from acts.pages.one_handoff import HandoffPage
from acts.pages.overview import CaseOverview, StoryLine
from acts.pages.readers import ReaderLine
from acts.pages.searching import Searched
from acts.pages.withdrawn import ItemsPage
from acts.people import CasePeople
from acts.previewing import Preview
from acts.reporting import Report
from commands.afar.api import Api
from commands.afar.audits import AuditsAfar
from commands.afar.shapes import (
    AgencyThere,
    FarInbox,
    FarItem,
    LawThere,
    MaybeRelease,
    Myself,
    Rows,
    part_of,
)
from commands.terminal import references
from models.agencies import AgencyKind, ReadReason
from models.cases import Existence
from models.errors import NotPermitted
from models.handoffs import HandoffRecord, ReleaseRequest
from models.ids import AgencyId, CaseId, ItemId
from models.motivation import Motivation
from models.numbers import Number
from models.packs import Pack
from models.pages import Window
from models.people import Glass
from models.recalls import RecallLine
from models.values import Value
from policies.loading import Packs, load_packs
from policies.readiness import Gap
from policies.rulings import SharingPolicies


class Afar:
    """An installation elsewhere."""

    def __init__(self, api: Api) -> None:
        self._api, self.audits = api, AuditsAfar(api)

    @cached_property
    def packs(self) -> Packs:
        """Return the law, as this program has it."""
        return load_packs()

    @cached_property
    def _myself(self) -> Myself:
        return self._api.read("/me", Myself)

    def check_signed_in(self, named: str) -> None:
        """Refuse to act in the name of whoever signed in if somebody else is named.

        Raises:
            NotPermitted: `named` is not empty, and is not who signed in.
        """
        if named and named != self._myself.officer.id:
            raise NotPermitted(
                f"`{named}` did not sign in here: `{self._myself.officer.id}` did",
                help="leave out `--as` and ESTAFETTE_AS, or sign in as they"
                " with `estafette session begin`",
            )

    @property
    def today(self) -> date:
        """Return the legal date there."""
        return self._myself.today

    @cached_property
    def sharing(self) -> SharingPolicies:
        """Return the rules in words, as this program has them."""
        return SharingPolicies.load()

    @property
    def agency(self) -> AgencyId:
        """Return one's own agency."""
        return self._myself.officer.agency

    @property
    def agency_kind(self) -> AgencyKind:
        """Return of which kind one's own agency is."""
        return self._myself.agency_kind

    def do(self, offer: Offer, about: UUID, body: Value) -> Report:
        """Do an act."""
        path = f"/{offer.about}s/{about}/acts/{offer.act}"
        return self._api.order(path, Report, body)

    def open_case(self, opening: Opening) -> Report:
        """Open a case."""
        return self._api.order("/cases", Report, opening)

    def do_audit(self, offer: AuditOffer, about: UUID | None, body: Value) -> Any:
        """Do what is of no case."""
        path = offer.path.format_map({offer.about: about})
        return self._api.order(path, offer.done, body)

    def id_of(self, what: str, given: str) -> UUID:
        """Return the one case, item, finding or other thing that is meant."""

        def starting(start: str) -> list[UUID]:
            path = f"/starts/{what.replace(' ', '-')}/{start}"
            return self._api.read(path, list[UUID])

        return references.the_one_meant(what, given, starting)

    def existence_of(self, case: UUID) -> Existence:
        """Return what one may be told of a case, from its whole id."""
        return self._api.read(f"/cases/{case}/existence", Existence)

    def readers_of(self, item: UUID) -> Sequence[ReaderLine]:
        """Return to whom an item was released."""
        return self._api.read(f"/items/{item}/readers", list[ReaderLine])

    def kind_of(self, agency: str) -> AgencyKind:
        """Return of which kind an agency is."""
        return self._api.read(f"/agencies/{quote(agency, safe='')}", AgencyThere).kind

    def pack_of(self, case: UUID) -> Pack:
        """Return the law that a case is under, as this program has it."""
        law = self._api.read(f"/cases/{case}/law", LawThere)
        return self.packs.get(law.id, law.version)

    def handoff_of(self, handoff: UUID) -> HandoffRecord:
        """Return a handoff, to find what an act on it says; it is shown, and logged."""
        return self.handoff(handoff).handoff

    def case_of(self, case: UUID) -> CaseOverview:
        """Return a case, to find what an act on it says; it is shown, and logged."""
        return self.case(case)

    def reviews_of(self, case: UUID) -> Sequence[Glass]:
        """Return the emergencies of a case that wait for a review."""
        return self.people(case).emergencies

    def cases(
        self, window: Window, *, stage: str | None, by_stage: bool
    ) -> Sequence[CaseLine]:
        """Return a page of one's cases."""
        part = part_of(window) | {"stage": stage, "by_stage": by_stage}
        return self._api.read("/cases", Rows[CaseLine], **part).rows

    def names_of_cases(self, cases: Sequence[CaseId]) -> Mapping[CaseId, str]:
        """Open whom cases are about."""
        body = {"cases": [str(each) for each in cases]}
        return self._api.send("/cases/names", dict[CaseId, str], body)

    def case(self, case: UUID) -> CaseOverview:
        """Return one case."""
        return self._api.read(f"/cases/{case}", CaseOverview)

    def story(self, case: UUID, window: Window) -> Sequence[StoryLine]:
        """Return a page of a case's story."""
        path = f"/cases/{case}/story"
        return self._api.read(path, Rows[StoryLine], **part_of(window)).rows

    def items(self, case: UUID, window: Window) -> ItemsPage:
        """Return a page of the headers of a case's items."""
        return self._api.read(f"/cases/{case}/items", ItemsPage, **part_of(window))

    def people(self, case: UUID) -> CasePeople:
        """Return who of one's agency works on a case."""
        return self._api.read(f"/cases/{case}/people", CasePeople)

    def gaps(
        self, case: UUID, outcome: str, motivation: Motivation | None
    ) -> Sequence[Gap]:
        """Return what a decision still lacks; with a motivation, try it out."""
        tried = None if motivation is None else motivation.model_dump(mode="json")
        body = {"outcome": outcome, "motivation": tried}
        return self._api.send(f"/cases/{case}/gaps", list[Gap], body)

    def find(self, number: Number, window: Window) -> Sequence[FoundCase]:
        """Return a page of the cases in which a number stands."""
        body = {"number": number.digits}
        path = "/cases/find"
        return self._api.send(path, Rows[FoundCase], body, **part_of(window)).rows

    def search(
        self,
        words: Sequence[str],
        window: Window,
        *,
        reason: ReadReason,
        case: UUID | None,
    ) -> Searched:
        """Search a page of items for words."""
        where = None if case is None else str(case)
        body = {"words": list(words), "reason": reason, "case": where}
        return self._api.send("/search", Searched, body, **part_of(window))

    def inbox(self, window: Window, *, closed: bool) -> Inbox:
        """Return a page of what one's agency was asked."""
        part = part_of(window) | {"closed": closed}
        found = self._api.read("/inbox", FarInbox, **part)
        return Inbox(**dict(found))

    def asked_by_us(self, window: Window, *, closed: bool) -> Sequence[HandoffRecord]:
        """Return a page of what one's agency asked others."""
        part = part_of(window) | {"closed": closed}
        return self._api.read("/asked", Rows[HandoffRecord], **part).rows

    def names_of_questions(self, questions: Sequence[ItemId]) -> Mapping[ItemId, str]:
        """Open whom questions are about."""
        body = {"questions": [str(each) for each in questions]}
        return self._api.send("/handoffs/names", dict[ItemId, str], body)

    def notices(self, window: Window) -> Sequence[NoticeLine]:
        """Return a page of notices."""
        return self._api.read("/notices", Rows[NoticeLine], **part_of(window)).rows

    def handoff(self, handoff: UUID) -> HandoffPage:
        """Return one handoff with the headers of its items."""
        return self._api.read(f"/handoffs/{handoff}", HandoffPage)

    def release_of(self, handoff: UUID) -> ReleaseRequest | None:
        """Return which item a handoff asks to let go on, if any."""
        path = f"/handoffs/{handoff}/release"
        return self._api.read(path, MaybeRelease).root

    def next_on(self, handoff: HandoffRecord) -> WhatNext:
        """Return what one's agency can do on a handoff."""
        return self._api.read(f"/handoffs/{handoff.id}/next", WhatNext)

    def preview(self, case: UUID, question: Question) -> Preview:
        """Return what the asked agency would see of a question."""
        body = question.model_dump(mode="json")
        return self._api.send(f"/cases/{case}/preview", Preview, body)

    def preview_answer(self, handoff: UUID, replies: Sequence[Reply]) -> Preview:
        """Return what the asker would see of an answer."""
        body = {"replies": [each.model_dump(mode="json") for each in replies]}
        return self._api.send(f"/handoffs/{handoff}/preview", Preview, body)

    def item(self, item: UUID, reason: ReadReason) -> OpenedItem:
        """Open an item."""
        return self._api.send(f"/items/{item}/open", FarItem, {"reason": reason}).opened

    def recalls(self, item: UUID | None) -> Sequence[RecallLine]:
        """Return who gave recalled items back."""
        return self._api.read("/recalls", list[RecallLine], item=item)
