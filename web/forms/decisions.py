"""Forms of a decision once it is proposed: adoption, receipt, register, withdrawal."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import replace
from uuid import UUID

from acts import decisions
from acts.decisions import Filing, Notification
from acts.pages.fitting import advice_to_annex, decisions_in
from acts.performing import Done
from models.act_kinds import ActKind
from models.decisions import DECIDED, Decision, DecisionState
from models.ids import AgencyId, ItemId
from models.law.sources import SourceKind
from models.proceedings import ServiceMode
from web.forms.asked import keepers
from web.forms.fields import About, Body, Choice, Field, Filled, Kind
from web.forms.form import Form, Place
from web.forms.hearings import ON_PROOF, PROOF, SERVED
from web.languages import words


def which_decision(place: Place, *states: DecisionState) -> Field:
    """Return which of the case's decisions an act is about."""
    return _among(place, decisions_in(place.overview(), *states))


def _among(place: Place, found: Sequence[Decision]) -> Field:
    choices = tuple(
        Choice(str(each.id), place.pack.outcome(each.outcome).label) for each in found
    )
    return Field("decision", words("Decision"), Kind.ONE, choices=choices)


def _ask_adoption(place: Place) -> Sequence[Field]:
    found = decisions_in(place.overview(), DecisionState.PROPOSED)
    text = Field("words", words("The decision of the college"), Kind.TEXT)
    if found:  # one at most: a new proposal takes the place of the one before
        text = _under(place, found[0], text)
    return (_among(place, found), text)


def _under(place: Place, proposed: Decision, field: Field) -> Field:
    """Return a field beside the proposal it is about, with where that can be read."""
    outcome = place.pack.outcome(proposed.outcome).label
    return replace(
        field,
        group=words("Proposal"),
        part=str(proposed.proposal)[:8],
        about=About((outcome,), f"/cases/{place.case}/decision"),
    )


def _adopt(place: Place, filled: Filled) -> Awaitable[Done]:
    seat, which = place.seat, UUID(filled.text("decision"))
    said = filled.text("words")
    return decisions.adopt(seat.desk, seat.officer, place.case, which, said)


def _ask_receipt(place: Place) -> Sequence[Field]:
    advice = tuple(
        Choice(str(each.item), Body(each.originator))
        for each in advice_to_annex(place.overview())
    )
    return (
        which_decision(place, DecisionState.ADOPTED),
        SERVED,
        Field(
            "received_on",
            words("Received or first presented on"),
            Kind.DAY,
            help=ON_PROOF,
        ),
        Field("advice", words("Advice that is annexed"), Kind.ONE, choices=advice),
        PROOF,
    )


def _notify(place: Place, filled: Filled) -> Awaitable[Done]:
    notification = Notification(
        decision=UUID(filled.text("decision")),
        mode=ServiceMode(filled.text("mode")),
        received_on=filled.day("received_on"),
        advice=ItemId(UUID(filled.text("advice"))),
        proof=filled.text("proof"),
    )
    seat = place.seat
    return decisions.notify(seat.desk, seat.officer, place.case, notification)


def _ask_withdrawal(place: Place) -> Sequence[Field]:
    reasons = Field("reasons", words("Reasons"), Kind.TEXT)
    return (which_decision(place, *DECIDED), reasons)


def _withdraw(place: Place, filled: Filled) -> Awaitable[Done]:
    seat, which = place.seat, UUID(filled.text("decision"))
    why = filled.text("reasons")
    return decisions.withdraw(seat.desk, seat.officer, place.case, which, why)


def _ask_filing(place: Place) -> Sequence[Field]:
    return (
        which_decision(place, *DECIDED),
        keepers(place, SourceKind.REGISTER),
        Field("words", words("What is filed of the measure"), Kind.TEXT),
    )


def _file(place: Place, filled: Filled) -> Awaitable[Done]:
    filing = Filing(
        decision=UUID(filled.text("decision")),
        to=AgencyId(filled.text("to")),
        text=filled.text("words"),
    )
    seat = place.seat
    return decisions.file_in_register(seat.desk, seat.officer, place.case, filing)


FORMS = (
    Form(ActKind.DECISION_ADOPT, words("Adopt the decision"), _adopt, _ask_adoption),
    Form(ActKind.DECISION_NOTIFY, words("Enter the receipt"), _notify, _ask_receipt),
    Form(
        ActKind.DECISION_WITHDRAW,
        words("Withdraw the decision"),
        _withdraw,
        _ask_withdrawal,
    ),
    Form(ActKind.REGISTER_FILE, words("File in the register"), _file, _ask_filing),
)
