"""Forms of whoever was asked, and of the asker, about one question."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence

from acts import handoffs
from acts.handoffs import Enclosure, Reply
from acts.performing import Done
from acts.previewing import Preview, preview_answer
from models.act_kinds import ActKind
from models.law.sources import SourceKind
from web.forms import handling
from web.forms.asked import HIT, said_hit
from web.forms.fields import ACCEPTED, Field, Filled, Kind
from web.forms.form import Form, Place, on_question, on_question_with
from web.languages import words

_REASONS = Field("reasons", words("Reasons"), Kind.TEXT)
_DOCUMENT = Field(
    "document", words("A document that goes with it"), Kind.FILE, False, help=ACCEPTED
)


def _ask_answer(place: Place) -> Sequence[Field]:
    register = place.question and place.question.kind == SourceKind.REGISTER
    words_of_it = Field("words", words("Your answer"), Kind.TEXT)
    return (words_of_it, HIT if register else _DOCUMENT, *handling.FIELDS)


def _reply(place: Place, filled: Filled) -> Reply:
    assert place.question is not None  # noqa: S101 - a form of questions
    return Reply(
        body=filled.text("words"),
        handling=handling.handling_in(place, filled, place.question.article),
        hit=said_hit(filled),
    )


def _enclosed(reply: Reply, filled: Filled) -> tuple[Enclosure, ...]:
    file = filled.file("document")
    if file is None:
        return ()
    return (Enclosure(body=file.body, name=file.name, handling=reply.handling),)


def _answer(place: Place, filled: Filled) -> Awaitable[Done]:
    seat, reply = place.seat, _reply(place, filled)
    return handoffs.answer(
        seat.desk, seat.officer, place.handoff, (reply,), _enclosed(reply, filled)
    )


def _see(place: Place, filled: Filled) -> Preview:
    seat, reply = place.seat, _reply(place, filled)
    return preview_answer(
        seat.desk, seat.reader(), place.handoff, (reply,), _enclosed(reply, filled)
    )


def _refuse(place: Place, filled: Filled) -> Awaitable[Done]:
    article, reasons = filled.text("article"), filled.text("reasons")
    seat = place.seat
    return handoffs.refuse(seat.desk, seat.officer, place.handoff, article, reasons)


FORMS = (
    Form(
        ActKind.HANDOFF_RECEIVE, words("Take in hand"), on_question(handoffs.receive)
    ),
    Form(
        ActKind.HANDOFF_ACCEPT, words("Undertake to answer"),
        on_question(handoffs.accept),
    ),
    Form(
        ActKind.HANDOFF_ANSWER, words("Answer"), _answer, _ask_answer, preview=_see
    ),
    Form(
        ActKind.HANDOFF_REFUSE, words("Refuse"), _refuse,
        lambda _: (
            Field(
                "article", words("Article that lets you refuse"),
                help=words("Written as the law is cited here:"),
                example="NLC 119quater §1 al.2; L24 21 §1 al.3",
            ),
            _REASONS,
        ),
    ),
    Form(
        ActKind.HANDOFF_RETURN, words("Send back to be completed"),
        on_question_with(handoffs.return_, "reasons"),
        lambda _: (Field("reasons", words("What it lacks"), Kind.TEXT),),
    ),
    Form(
        ActKind.HANDOFF_COMPLETE, words("Complete"),
        on_question_with(handoffs.complete, "words"),
        lambda _: (Field("words", words("What it lacked"), Kind.TEXT),),
    ),
    Form(
        ActKind.HANDOFF_NOTHING, words("Note that nothing is known"),
        on_question(handoffs.nothing_known),
    ),
    Form(
        ActKind.HANDOFF_CONFIRM, words("Let the answer leave"),
        on_question(handoffs.confirm),
    ),
    Form(
        ActKind.HANDOFF_DECLINE, words("Keep the answer back"),
        on_question(handoffs.decline),
    ),
    Form(ActKind.HANDOFF_RECALL, words("Take it back"), on_question(handoffs.recall)),
)  # fmt: skip
