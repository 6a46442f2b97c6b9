"""Forms of whoever was asked, and of the asker, about one question."""

from __future__ import annotations

from collections.abc import Awaitable

from acts import handoffs
from acts.performing import Done
from models.act_kinds import ActKind
from web.forms import answers
from web.forms.fields import Field, Filled, Kind
from web.forms.form import Form, Place, on_question, on_question_with
from web.languages import words

_REASONS = Field("reasons", words("Reasons"), Kind.TEXT)


def _refuse(place: Place, filled: Filled) -> Awaitable[Done]:
    article, reasons = filled.text("article"), filled.text("reasons")
    seat = place.seat
    return handoffs.refuse(seat.desk, seat.officer, place.handoff, article, reasons)


FORMS = (
    Form(
        ActKind.HANDOFF_RECEIVE, words("Take in hand"), on_question(handoffs.receive),
        says=words(
            "Your agency takes this up: from now on you may read what is asked, and"
            " what can be done with it is offered to you. No term changes by it."
        ),
    ),
    Form(
        ActKind.HANDOFF_ACCEPT, words("Undertake to answer"),
        on_question(handoffs.accept),
        says=words(
            "You commit your agency to an answer. The question stays open until you"
            " give it; no term changes by it."
        ),
    ),
    answers.FORM,
    Form(
        ActKind.HANDOFF_REFUSE, words("Refuse"), _refuse,
        lambda _: (
            Field(
                "article", words("Article that lets you refuse"),
                help=words("Written as the law is cited here."),
                example="NLC 119quater §1 al.2; L24 21 §1 al.3",
                cites=True,
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
        says=words(
            "This is noted for your agency only: the agency that asked hears nothing,"
            " and the question expires with its term."
        ),
    ),
    Form(
        ActKind.HANDOFF_CONFIRM, words("Let the answer leave"),
        on_question(handoffs.confirm),
        says=words(
            "The answer that was prepared leaves for the agency that asked, which may"
            " read it from now on."
        ),
    ),
    Form(
        ActKind.HANDOFF_DECLINE, words("Keep the answer back"),
        on_question(handoffs.decline),
        says=words(
            "The answer that was prepared does not leave. Its author is told, and may"
            " prepare another."
        ),
    ),
    Form(
        ActKind.HANDOFF_RECALL, words("Take it back"), on_question(handoffs.recall),
        says=words(
            "The question ends here: the agency that was asked can no longer answer it."
        ),
    ),
)  # fmt: skip
