"""A form: what it asks, where it is about, and the act it does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from acts.desk import Desk
from acts.pages.overview import CaseOverview, look_up
from acts.performing import Done
from acts.previewing import Preview
from acts.seat import Seat
from models.act_kinds import ActKind
from models.agencies import Officer
from models.handoffs import HandoffRecord
from models.ids import CaseId, HandoffId
from models.items import KnownItem
from models.packs import Pack
from web.forms.fields import Barred, Field, Filled


@dataclass(frozen=True)
class Place:
    """Where an act is done: who sits there, under which law, about what."""

    seat: Seat
    pack: Pack
    case: CaseId
    question: HandoffRecord | None = None
    item: KnownItem | None = None

    @property
    def handoff(self) -> HandoffId:
        """Return the question that the act is about; forms of questions have one."""
        assert self.question is not None  # noqa: S101 - see above
        return self.question.id

    @property
    def known(self) -> KnownItem:
        """Return the item that the act is about; forms of items have one."""
        assert self.item is not None  # noqa: S101 - see above
        return self.item

    @property
    def page(self) -> str:
        """Return the path of the page on which its acts are offered."""
        if self.question is not None:
            return f"/handoffs/{self.question.id}"
        if self.item is not None and self.item.handoff is not None:
            return f"/handoffs/{self.item.handoff}"
        return f"/cases/{self.case}"

    def overview(self) -> CaseOverview:
        """Return what the officer may know of the case; it is looked up each time."""
        return look_up(self.seat.desk, self.seat.reader(), self.case)


_Deed = Callable[[Place, Filled], Awaitable[Done]]


def on_question(act: Callable[[Desk, Officer, HandoffId], Awaitable[Done]]) -> _Deed:
    """Return what does an act that needs no more than its question."""

    def perform(place: Place, _: Filled) -> Awaitable[Done]:
        return act(place.seat.desk, place.seat.officer, place.handoff)

    return perform


def on_question_with(
    act: Callable[[Desk, Officer, HandoffId, str], Awaitable[Done]], field: str
) -> _Deed:
    """Return what does an act that needs its question and the words of one field."""

    def perform(place: Place, filled: Filled) -> Awaitable[Done]:
        said = filled.text(field)
        return act(place.seat.desk, place.seat.officer, place.handoff, said)

    return perform


def asks_nothing(place: Place) -> Sequence[Field]:
    """Ask nothing: the act says all."""
    return ()


def in_one_part(place: Place) -> int:
    """Have one part: what is filled in is one thing."""
    return 1


def bars_nothing(place: Place) -> Sequence[Barred]:
    """Leave nothing out that somebody may look for."""
    return ()


@dataclass(frozen=True)
class Form:
    """How an act is done on a page.

    `title` is English, as a button says it, and translated where it is shown. `barred`
    is what the law keeps out of the choices. `preview` is what the other agency will
    see, shown before the act is done. `ends_sight`: whoever does it sees the page of
    the act no more. `most` is into how many parts it can be split at most, each with
    all its fields. `says` is English as well: what the act does and what follows, where
    there is nothing to fill in that would tell.
    """

    act: ActKind
    title: str
    perform: _Deed
    fields: Callable[[Place], Sequence[Field]] = asks_nothing
    barred: Callable[[Place], Sequence[Barred]] = bars_nothing
    preview: Callable[[Place, Filled], Preview] | None = None
    ends_sight: bool = False
    most: Callable[[Place], int] = in_one_part
    says: str = ""
