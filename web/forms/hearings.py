"""Forms of the hearing: the invitation with its proof, and what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from uuid import UUID

from acts import hearings
from acts.hearings import Invitation, Minutes
from acts.pages.fitting import unrecorded_hearings
from acts.performing import Done
from models.act_kinds import ActKind
from models.proceedings import Attendance, ServiceMode
from web.forms.fields import Choice, Field, Filled, Kind
from web.forms.form import Form, Place
from web.languages import words

SERVED = Field(
    "mode", words("How it was handed over"), Kind.ONE,
    choices=(
        Choice(ServiceMode.REGISTERED, words("registered letter")),
        Choice(ServiceMode.RECEIPT, words("against receipt")),
    ),
)  # fmt: skip
ON_PROOF = words("The day on the proof: today at the latest.")
PROOF = Field(
    "proof", words("What proves it"), Kind.TEXT,
    help=words("For example the number of the registered letter."),
)  # fmt: skip
_ATTENDED = (
    Choice(Attendance.HEARD, words("was heard")),
    Choice(Attendance.WRITTEN, words("answered in writing")),
    Choice(Attendance.ABSENT, words("stayed away without a valid reason")),
)


def _invite(place: Place, filled: Filled) -> Awaitable[Done]:
    invitation = Invitation(
        mode=ServiceMode(filled.text("mode")),
        presented_on=filled.day("presented_on"),
        hearing_on=filled.day("hearing_on"),
        letter=filled.text("letter"),
        proof=filled.text("proof"),
    )
    return hearings.invite(place.seat.desk, place.seat.officer, place.case, invitation)


def _ask_minutes(place: Place) -> Sequence[Field]:
    waiting = unrecorded_hearings(place.overview())
    choices = tuple(Choice(str(h.id), h.hearing_on) for h in waiting)
    return (
        Field("hearing", words("Hearing"), Kind.ONE, choices=choices),
        Field("attendance", words("The person"), Kind.ONE, choices=_ATTENDED),
        Field("minutes", words("What was said"), Kind.TEXT),
        Field(
            "arguments", words("Arguments of the person"), Kind.TEXT, False,
            help=words("One on each line; each must be answered in the decision."),
        ),
    )  # fmt: skip


def _record(place: Place, filled: Filled) -> Awaitable[Done]:
    said = [line.strip() for line in filled.text("arguments").splitlines()]
    minutes = Minutes(
        hearing=UUID(filled.text("hearing")),
        attendance=Attendance(filled.text("attendance")),
        text=filled.text("minutes"),
        arguments=tuple(line for line in said if line),
    )
    return hearings.record(place.seat.desk, place.seat.officer, place.case, minutes)


FORMS = (
    Form(
        ActKind.HEARING_INVITE, words("Enter an invitation"), _invite,
        lambda _: (
            SERVED,
            Field(
                "presented_on", words("First presented on"), Kind.DAY, help=ON_PROOF,
            ),
            Field(
                "hearing_on", words("Day of the hearing"), Kind.DAY,
                help=words("After today; it is recorded on that day or later."),
            ),
            Field("letter", words("The invitation"), Kind.TEXT),
            PROOF,
        ),
    ),
    Form(ActKind.HEARING_RECORD, words("Record the hearing"), _record, _ask_minutes),
)  # fmt: skip
