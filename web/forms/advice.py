"""Forms around the reasoned advice: asking for it, judging the request, giving it."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import replace

from acts import advice
from acts.advice import AdviceRequest
from acts.performing import Done
from acts.previewing import Preview, preview_request
from models.act_kinds import ActKind
from models.law.sources import SourceKind
from web.forms.asked import HIT, barred, said_hit, who_was_chosen, whom_to_ask
from web.forms.fields import Field, Filled, Kind
from web.forms.form import Form, Place, on_question, on_question_with
from web.languages import words

_REGISTER = replace(HIT, name="register_hit")


def _ask_request(place: Place) -> Sequence[Field]:
    return (
        whom_to_ask(place, SourceKind.ADVICE),
        Field("inquiry", words("What the inquiry did and found"), Kind.TEXT),
        _REGISTER,
        Field("motivation", words("Why an advice is needed"), Kind.TEXT),
    )


def _wanted(filled: Filled) -> AdviceRequest:
    source, agency = who_was_chosen(filled)
    return AdviceRequest(
        to=agency,
        source=source,
        inquiry_done=filled.text("inquiry"),
        register_hit=bool(said_hit(filled, _REGISTER)),
        motivation=filled.text("motivation"),
    )


def _request(place: Place, filled: Filled) -> Awaitable[Done]:
    seat, wanted = place.seat, _wanted(filled)
    return advice.request(seat.desk, seat.reader(), place.case, wanted)


def _see(place: Place, filled: Filled) -> Preview:
    seat, wanted = place.seat, _wanted(filled)
    return preview_request(seat.desk, seat.reader(), place.case, wanted)


OF_CASES = (
    Form(
        ActKind.ADVICE_REQUEST, words("Request an advice"), _request, _ask_request,
        lambda place: barred(place, SourceKind.ADVICE), _see,
    ),
)  # fmt: skip
OF_QUESTIONS = (
    Form(
        ActKind.ADVICE_COMPLETE, words("Complete the request"),
        on_question_with(advice.complete, "words"),
        lambda _: (Field("words", words("What it lacked"), Kind.TEXT),),
    ),
    Form(
        ActKind.ADVICE_ADMIT, words("Find the request admissible"),
        on_question(advice.admit),
        says=words(
            "The request has all that an advice needs: from now on you may ask other"
            " services for it, and deliver the advice."
        ),
    ),
    Form(
        ActKind.ADVICE_REJECT, words("Find the request inadmissible"),
        on_question_with(advice.reject, "reasons"),
        lambda _: (Field("reasons", words("What it lacks"), Kind.TEXT),),
    ),
    Form(
        ActKind.ADVICE_DELIVER, words("Deliver the advice"),
        on_question_with(advice.deliver, "words"),
        lambda _: (Field("words", words("The reasoned advice"), Kind.TEXT),),
    ),
)  # fmt: skip
