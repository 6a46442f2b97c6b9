"""Forms of whoever was asked, and of the asker, about one question."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from acts import handoffs
from acts.desk import Desk
from acts.handoffs import Reply
from acts.performing import Done
from models.act_kinds import ActKind
from models.agencies import Officer
from models.ids import HandoffId
from models.law.sources import SourceKind
from web.forms import handling
from web.forms.fields import Choice, Field, Filled, Kind, words
from web.forms.form import Form, Place

_REASONS = Field("reasons", words("Reasons"), Kind.TEXT)
_HIT = Field(
    "hit", words("What the register says"), Kind.ONE,
    choices=(Choice("hit", words("a hit")), Choice("no", words("no hit"))),
)  # fmt: skip


def _plain(
    act: Callable[[Desk, Officer, HandoffId], Awaitable[Done]],
) -> Callable[[Place, Filled], Awaitable[Done]]:
    """Return what does an act that needs no more than its question."""

    def perform(place: Place, _: Filled) -> Awaitable[Done]:
        return act(place.seat.desk, place.seat.officer, place.handoff)

    return perform


def _ask_answer(place: Place) -> Sequence[Field]:
    register = place.question and place.question.kind == SourceKind.REGISTER
    words_of_it = Field("words", words("Your answer"), Kind.TEXT)
    return (words_of_it, *([_HIT] if register else []), *handling.FIELDS)


def _answer(place: Place, filled: Filled) -> Awaitable[Done]:
    assert place.question is not None  # noqa: S101 - a form of questions
    hit = filled.text("hit")
    reply = Reply(
        body=filled.text("words"),
        handling=handling.handling_in(place, filled, place.question.article),
        hit=hit == "hit" if hit else None,
    )
    seat = place.seat
    return handoffs.answer(seat.desk, seat.officer, place.handoff, (reply,))


def _refuse(place: Place, filled: Filled) -> Awaitable[Done]:
    article, reasons = filled.text("article"), filled.text("reasons")
    seat = place.seat
    return handoffs.refuse(seat.desk, seat.officer, place.handoff, article, reasons)


def _return(place: Place, filled: Filled) -> Awaitable[Done]:
    seat, reasons = place.seat, filled.text("reasons")
    return handoffs.return_(seat.desk, seat.officer, place.handoff, reasons)


def _complete(place: Place, filled: Filled) -> Awaitable[Done]:
    seat, said = place.seat, filled.text("words")
    return handoffs.complete(seat.desk, seat.officer, place.handoff, said)


FORMS = (
    Form(
        ActKind.HANDOFF_RECEIVE, words("Take in hand"), _plain(handoffs.receive)
    ),
    Form(
        ActKind.HANDOFF_ACCEPT, words("Undertake to answer"), _plain(handoffs.accept)
    ),
    Form(ActKind.HANDOFF_ANSWER, words("Answer"), _answer, _ask_answer),
    Form(
        ActKind.HANDOFF_REFUSE, words("Refuse"), _refuse,
        lambda _: (
            Field(
                "article", words("Article that lets you refuse"),
                help="NLC 119quater §1 al.2; L24 21 §1 al.3",
            ),
            _REASONS,
        ),
    ),
    Form(
        ActKind.HANDOFF_RETURN, words("Send back to be completed"), _return,
        lambda _: (Field("reasons", words("What it lacks"), Kind.TEXT),),
    ),
    Form(
        ActKind.HANDOFF_COMPLETE, words("Complete"), _complete,
        lambda _: (Field("words", words("What it lacked"), Kind.TEXT),),
    ),
    Form(
        ActKind.HANDOFF_NOTHING, words("Note that nothing is known"),
        _plain(handoffs.nothing_known),
    ),
    Form(
        ActKind.HANDOFF_CONFIRM, words("Let the answer leave"), _plain(handoffs.confirm)
    ),
    Form(
        ActKind.HANDOFF_DECLINE, words("Keep the answer back"), _plain(handoffs.decline)
    ),
    Form(ActKind.HANDOFF_RECALL, words("Take it back"), _plain(handoffs.recall)),
)  # fmt: skip
