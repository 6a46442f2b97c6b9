"""Forms of the agency that leads a case."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence

from acts import cases, existence, handoffs
from acts.cases import OwnMaterial
from acts.handoffs import Question
from acts.performing import Done
from acts.previewing import Preview, preview_question
from models.act_kinds import ActKind
from models.law.records import RetentionEvent
from models.law.sources import SourceKind
from models.secrecy import Secrecy
from web.forms import handling
from web.forms.asked import barred, who_was_chosen, whom_to_ask
from web.forms.fields import ACCEPTED, Choice, Field, Filled, Kind
from web.forms.form import Form, Place
from web.forms.material import DOCUMENT, WORDS, material_of
from web.forms.opening import OUTSIDERS
from web.languages import words

_REASONS = (Field("reasons", words("Reasons"), Kind.TEXT),)
_ENDS = words(
    "Questions that are still open are taken back. After a measure, the terms of"
    " standstill, register and appeal run on; without one, they end."
)
_ENDS_AND_DESTROYS = words(
    "Questions that are still open are taken back. After a measure, the terms of"
    " standstill, register and appeal run on. Without one they end, and underlying"
    " data, such as facts and answers, are destroyed at once."
)
_CONTEXT = Field(
    "context", words("Why it is asked"), Kind.TEXT, False, article="L24 21 §1 al.1"
)


def _ask_to_close(place: Place) -> Sequence[Field]:
    """Say what ends with the case and, if the law has it so, is destroyed at once."""
    rules = (r for r in place.pack.retention if r.since is RetentionEvent.NO_MEASURE)
    rule = next((r for r in rules if r.length == 0), None)
    ends = Field(
        "reasons", words("Reasons"), Kind.TEXT,
        help=_ENDS_AND_DESTROYS if rule else _ENDS,
        article=rule.article if rule else "",
    )  # fmt: skip
    return (ends,)


def _ask_material(place: Place) -> Sequence[Field]:
    own = [
        row
        for row in place.pack.sources
        if row.kind is SourceKind.RECORD and place.seat.agency_kind in row.asked_by
    ]
    choices = tuple(Choice(row.code, row.label, row.article) for row in own)
    return (
        Field("source", words("Source"), Kind.ONE, choices=choices),
        Field(WORDS, words("A fact, in words"), Kind.TEXT, False),
        Field(DOCUMENT, words("or a document"), Kind.FILE, False, help=ACCEPTED),
        *handling.OF_AN_INQUIRY,
    )


async def _add_item(place: Place, filled: Filled) -> Done:
    seat, source = place.seat, place.pack.source(filled.text("source"))
    with material_of(filled) as given:
        material = OwnMaterial(
            source=source.code,
            body=given.encode() if isinstance(given, str) else given.body,
            document=not isinstance(given, str),
            name="" if isinstance(given, str) else given.name,
            handling=handling.handling_in(place, filled, source.article),
        )
        return await cases.add_item(seat.desk, seat.officer, place.case, material)


def _ask_question(place: Place) -> Sequence[Field]:
    question = Field("question", words("Question"), Kind.TEXT)
    return (whom_to_ask(place, SourceKind.HANDOFF), question, _CONTEXT)


def _ask_register(place: Place) -> Sequence[Field]:
    why = Field(
        "context",
        words("Motivation"),
        Kind.TEXT,
        article="L24 12",
        help=words("What points to a measure so far, and why more inquiry is needed."),
    )
    question = Field(
        "question",
        words("Question"),
        Kind.TEXT,
        help=words(
            "For example whether a decision of another municipality on these persons is"
            " in the register."
        ),
    )
    return (whom_to_ask(place, SourceKind.REGISTER), question, why)


def _question(place: Place, filled: Filled) -> Question:
    source, agency = who_was_chosen(filled)
    return Question(
        to=agency,
        source=source,
        question=filled.text("question"),
        context=filled.text("context"),
        parent=place.question.id if place.question else None,
    )


def _ask(place: Place, filled: Filled) -> Awaitable[Done]:
    seat = place.seat
    asked = _question(place, filled)
    return handoffs.ask(seat.desk, seat.reader(), place.case, asked)


def _query(place: Place, filled: Filled) -> Awaitable[Done]:
    seat, asked = place.seat, _question(place, filled)
    return handoffs.query_register(seat.desk, seat.reader(), place.case, asked)


def _see(place: Place, filled: Filled) -> Preview:
    seat, asked = place.seat, _question(place, filled)
    return preview_question(seat.desk, seat.reader(), place.case, asked)


def _extend(place: Place, filled: Filled) -> Awaitable[Done]:
    seat, reasons = place.seat, filled.text("reasons")
    return cases.extend(seat.desk, seat.officer, place.case, reasons)


def _conceal(place: Place, filled: Filled) -> Awaitable[Done]:
    seat, mode = place.seat, Secrecy(filled.text("secrecy"))
    return existence.conceal(seat.desk, seat.officer, place.case, mode)


def _close(place: Place, filled: Filled) -> Awaitable[Done]:
    seat, reasons = place.seat, filled.text("reasons")
    return cases.close(seat.desk, seat.officer, place.case, reasons)


_ASK = Form(
    ActKind.HANDOFF_ASK, words("Ask another agency"), _ask, _ask_question,
    lambda place: barred(place, SourceKind.HANDOFF), _see,
)  # fmt: skip
OF_QUESTIONS = (_ASK,)
"""Whoever was asked for an advice asks others for what it needs, under the request."""

FORMS = (
    Form(ActKind.ITEM_ADD, words("Add material"), _add_item, _ask_material),
    _ASK,
    Form(
        ActKind.REGISTER_QUERY, words("Query the register"), _query, _ask_register,
        lambda place: barred(place, SourceKind.REGISTER), _see,
    ),
    Form(ActKind.CASE_EXTEND, words("Extend the inquiry"), _extend, lambda _: _REASONS),
    Form(
        ActKind.CASE_CONCEAL, words("Set what outsiders are told"), _conceal,
        lambda _: (OUTSIDERS,),
    ),
    Form(ActKind.CASE_CLOSE, words("Close the case"), _close, _ask_to_close),
)  # fmt: skip
