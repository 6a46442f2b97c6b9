"""Where a command is done: here, at a desk, or at an installation elsewhere.

Commands that use this do both with the same words and the same output.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from acts.items.reading import OpenedItem, read_item
from acts.offered.bodies import Nothing
from acts.offered.catalogue import OFFERS
from acts.pages import lists, overview
from acts.pages.lists import CaseLine, Inbox, NoticeLine
from acts.pages.overview import CaseOverview, StoryLine
from acts.seat import Seat
from commands.afar import keeping
from commands.afar.office import FarOffice, open_office
from commands.afar.shapes import FarInbox, FarItem, Myself, Rows
from commands.terminal import references, seats
from commands.terminal.done import show_done
from commands.terminal.options import Who
from models.act_kinds import ActKind
from models.agencies import ReadReason
from models.pages import Window
from models.values import Value
from policies.loading import Packs

Seen = TypeVar("Seen")


class Office(Protocol):
    """What commands read; ids are given as they are typed."""

    @property
    def packs(self) -> Packs:
        """Return the law."""

    @property
    def today(self) -> date:
        """Return the legal date there."""

    def cases(
        self, window: Window, *, stage: str | None, by_stage: bool
    ) -> Sequence[CaseLine]:
        """Return a page of one's cases."""

    def case(self, given: str) -> CaseOverview:
        """Return one case."""

    def story(self, given: str, window: Window) -> Sequence[StoryLine]:
        """Return a page of a case's story."""

    def inbox(self, window: Window, *, closed: bool) -> Inbox:
        """Return a page of what one's agency was asked."""

    def notices(self, window: Window) -> Sequence[NoticeLine]:
        """Return a page of notices."""

    def item(self, given: str, reason: ReadReason) -> OpenedItem:
        """Open an item."""


class Here:
    """A desk of this machine."""

    def __init__(self, at: Seat) -> None:
        self._at = at
        self.packs, self.today = at.desk.packs, at.today

    def cases(
        self, window: Window, *, stage: str | None, by_stage: bool
    ) -> Sequence[CaseLine]:
        """Return a page of one's cases."""
        at = self._at
        return lists.list_cases(
            at.desk, at.reader(), window, stage=stage, by_stage=by_stage
        )

    def case(self, given: str) -> CaseOverview:
        """Return one case."""
        at = self._at
        return overview.show_case(at.desk, at.reader(), references.case_id(at, given))

    def story(self, given: str, window: Window) -> Sequence[StoryLine]:
        """Return a page of a case's story."""
        at = self._at
        case = references.case_id(at, given)
        return lists.list_story(at.desk, at.reader(), case, window)

    def inbox(self, window: Window, *, closed: bool) -> Inbox:
        """Return a page of what one's agency was asked."""
        return lists.inbox(self._at.desk, self._at.reader(), window, closed=closed)

    def notices(self, window: Window) -> Sequence[NoticeLine]:
        """Return a page of notices."""
        return lists.notices(self._at.desk, self._at.reader(), window)

    def item(self, given: str, reason: ReadReason) -> OpenedItem:
        """Open an item."""
        at = self._at
        return read_item(at.desk, at.reader(reason), references.item_id(at, given))


class Afar:
    """An installation elsewhere."""

    def __init__(self, office: FarOffice) -> None:
        self._office = office

    @property
    def packs(self) -> Packs:
        """Return the law, as this program has it."""
        return self._office.packs

    @property
    def today(self) -> date:
        """Return the legal date there."""
        return self._office.read("/me", Myself).today

    def meant(self, what: str, given: str) -> UUID:
        """Return the one id that starts as it was typed."""

        def starting(start: str) -> list[UUID]:
            return self._office.read(f"/starts/{what}/{start}", list[UUID])

        return references.the_one_meant(what, given, starting)

    def cases(
        self, window: Window, *, stage: str | None, by_stage: bool
    ) -> Sequence[CaseLine]:
        """Return a page of one's cases."""
        part = _part(window) | {"stage": stage, "by_stage": by_stage}
        return self._office.read("/cases", Rows[CaseLine], **part).rows

    def case(self, given: str) -> CaseOverview:
        """Return one case."""
        return self._office.read(f"/cases/{self.meant('case', given)}", CaseOverview)

    def story(self, given: str, window: Window) -> Sequence[StoryLine]:
        """Return a page of a case's story."""
        path = f"/cases/{self.meant('case', given)}/story"
        return self._office.read(path, Rows[StoryLine], **_part(window)).rows

    def inbox(self, window: Window, *, closed: bool) -> Inbox:
        """Return a page of what one's agency was asked."""
        part = _part(window) | {"closed": closed}
        found = self._office.read("/inbox", FarInbox, **part)
        return Inbox(**dict(found))

    def notices(self, window: Window) -> Sequence[NoticeLine]:
        """Return a page of notices."""
        return self._office.read("/notices", Rows[NoticeLine], **_part(window)).rows

    def item(self, given: str, reason: ReadReason) -> OpenedItem:
        """Open an item."""
        path = f"/items/{self.meant('item', given)}/open"
        return self._office.send(path, FarItem, {"reason": reason}).opened


_FIND: dict[str, Callable[[Seat, str], UUID]] = {
    "case": references.case_id,
    "handoff": references.handoff_id,
    "item": references.item_id,
}


def look_in(who: Who, see: Callable[[Office], Seen]) -> Seen:
    """Read in an officer's name, here or elsewhere.

    Raises:
        NotSignedIn: nobody proved who reads.
        EstafetteError: the read was refused.
    """
    if url := keeping.address():
        with open_office(url, keeping.token_for(url)) as far:
            return see(Afar(far))
    return seats.look(who, lambda at: see(Here(at)))


def order(who: Who, act: ActKind, given: str, body: Value | None = None) -> None:
    """Do an act in an officer's name, here or elsewhere, and say what came of it.

    Raises:
        NotSignedIn: nobody proved who acts.
        EstafetteError: the act was refused; nothing was changed.
    """
    offer, said = OFFERS[act], body or Nothing()
    if url := keeping.address():
        with open_office(url, keeping.token_for(url)) as far:
            about = Afar(far).meant(offer.about, given)
            done = far.order(offer, about, said)
        show_done(done, as_json=who.json)
        return
    find = _FIND[offer.about]
    seats.act(who, lambda at: offer.perform(at, find(at, given), said))


def _part(window: Window) -> dict[str, object]:
    return {"limit": window.limit, "cursor": window.after}
