"""Forms around an appeal to the Council of State."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from uuid import UUID

from acts import appeals
from acts.appeals import Judgment, LodgedAppeal, NoAppeal
from acts.pages.fitting import appeals_to_rule
from acts.performing import Done
from models.act_kinds import ActKind
from models.decisions import DecisionState
from models.proceedings import AppealResult
from web.forms.decisions import which_decision
from web.forms.fields import Choice, Field, Filled, Kind
from web.forms.form import Form, Place
from web.languages import words

_RESULTS = (
    Choice(AppealResult.REJECTED, words("rejected")),
    Choice(AppealResult.SUSPENDED, words("suspended")),
    Choice(AppealResult.ANNULLED, words("annulled")),
)


def _ask_lodged(place: Place) -> Sequence[Field]:
    return (
        which_decision(place, DecisionState.NOTIFIED),
        Field("lodged_on", words("Lodged on"), Kind.DAY),
        Field("urgent", words("In extreme urgency"), Kind.YES, False),
    )


def _record(place: Place, filled: Filled) -> Awaitable[Done]:
    lodged = LodgedAppeal(
        decision=UUID(filled.text("decision")),
        lodged_on=filled.day("lodged_on"),
        extreme_urgency=filled.yes("urgent"),
    )
    return appeals.record(place.seat.desk, place.seat.officer, place.case, lodged)


def _ask_none(place: Place) -> Sequence[Field]:
    proof = Field("proof", words("What registry or counsel stated"), Kind.TEXT)
    return (which_decision(place, DecisionState.NOTIFIED), proof)


def _confirm_none(place: Place, filled: Filled) -> Awaitable[Done]:
    confirmed = NoAppeal(
        decision=UUID(filled.text("decision")), proof=filled.text("proof")
    )
    seat = place.seat
    return appeals.confirm_none(seat.desk, seat.officer, place.case, confirmed)


def _ask_judgment(place: Place) -> Sequence[Field]:
    waiting = appeals_to_rule(place.overview())
    choices = tuple(Choice(str(a.id), a.lodged_on) for a in waiting)
    return (
        Field("appeal", words("Appeal"), Kind.ONE, choices=choices),
        Field("result", words("Judgment"), Kind.ONE, choices=_RESULTS),
        Field("ruled_on", words("Day of the judgment"), Kind.DAY),
    )


def _rule(place: Place, filled: Filled) -> Awaitable[Done]:
    judgment = Judgment(
        appeal=UUID(filled.text("appeal")),
        result=AppealResult(filled.text("result")),
        ruled_on=filled.day("ruled_on"),
    )
    return appeals.rule(place.seat.desk, place.seat.officer, place.case, judgment)


FORMS = (
    Form(ActKind.APPEAL_RECORD, words("Record an appeal"), _record, _ask_lodged),
    Form(
        ActKind.APPEAL_NONE, words("Confirm that there is no appeal"), _confirm_none,
        _ask_none,
    ),
    Form(ActKind.APPEAL_RULE, words("Record the judgment"), _rule, _ask_judgment),
)  # fmt: skip
