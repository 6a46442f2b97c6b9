"""A form: what it asks, where it is about, and the act it does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from acts.performing import Done
from acts.seat import Seat
from models.act_kinds import ActKind
from models.handoffs import HandoffRecord
from models.ids import CaseId, HandoffId
from models.packs import Pack
from web.forms.fields import Field, Filled


@dataclass(frozen=True)
class Place:
    """Where an act is done: who sits there, under which law, about what."""

    seat: Seat
    pack: Pack
    case: CaseId
    question: HandoffRecord | None = None

    @property
    def handoff(self) -> HandoffId:
        """Return the question that the act is about; forms of questions have one."""
        assert self.question is not None  # noqa: S101 - see above
        return self.question.id


def asks_nothing(place: Place) -> Sequence[Field]:
    """Ask nothing: the act says all."""
    return ()


@dataclass(frozen=True)
class Form:
    """How an act is done on a page.

    `title` is English, as a button says it, and translated where it is shown.
    """

    act: ActKind
    title: str
    perform: Callable[[Place, Filled], Awaitable[Done]]
    fields: Callable[[Place], Sequence[Field]] = asks_nothing
