"""Forms about who works on a case or a question, and who is kept out of it."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Sequence
from uuid import UUID

from acts import emergencies, people
from acts.people import CasePeople
from acts.performing import Done
from models.act_kinds import ActKind
from models.ids import OfficerId
from models.people import ExclusionGround, ReviewOutcome
from web.forms.fields import Choice, Field, Filled, Kind, Person
from web.forms.form import Form, Place
from web.languages import words
from web.words.people import GROUNDS

_GROUND = Field(
    "ground", words("Why"), Kind.ONE,
    choices=tuple(Choice(each, GROUNDS[each]) for each in ExclusionGround),
    article="NLC 119ter §2 al.2",
)  # fmt: skip
_OUTCOMES = tuple(Choice(each, GROUNDS[each]) for each in ReviewOutcome)


def who(names: Iterable[str], name: str = "officer") -> Field:
    """Return the choice of one officer among some."""
    choices = tuple(Choice(each, Person(each)) for each in names)
    return Field(name, words("Officer of your agency"), Kind.ONE, choices=choices)


def colleagues(place: Place) -> list[str]:
    """Return the officers of one's own agency."""
    found = people.colleagues(place.seat.desk, place.seat.officer)
    return [each.id for each in found]


def _designable(place: Place) -> Field:
    seat = place.seat
    found = people.who_could_work(seat.desk, seat.officer, place.pack)
    return who(each.id for each in found)


def _ask_whom(place: Place) -> Sequence[Field]:
    until = Field("until", words("Last day of it"), Kind.DAY, False)
    return (_designable(place), until)


def _designate(place: Place, filled: Filled) -> Awaitable[Done]:
    seat, until = place.seat, filled.day_if_given("until")
    return people.designate(seat.desk, seat.officer, place.case, _who(filled), until)


def _designate_here(place: Place, filled: Filled) -> Awaitable[Done]:
    seat, named = place.seat, _who(filled)
    return people.designate_for_handoff(seat.desk, seat.officer, place.handoff, named)


def _ask_named(place: Place) -> Sequence[Field]:
    named = people.who_works(place.seat.desk, place.seat.officer, place.case).designated
    return (who(dict.fromkeys(each.officer for each in named)),)


def _release(place: Place, filled: Filled) -> Awaitable[Done]:
    seat = place.seat
    return people.release(seat.desk, seat.officer, place.case, _who(filled))


def _exclude(place: Place, filled: Filled) -> Awaitable[Done]:
    seat, ground = place.seat, ExclusionGround(filled.text("ground"))
    return people.exclude(seat.desk, seat.officer, place.case, _who(filled), ground)


def _recuse(place: Place, filled: Filled) -> Awaitable[Done]:
    seat, ground = place.seat, ExclusionGround(filled.text("ground"))
    return people.recuse(seat.desk, seat.officer, place.case, ground)


def _ask_excluded(place: Place) -> Sequence[Field]:
    out = people.who_works(place.seat.desk, place.seat.officer, place.case).excluded
    return (who(each.officer for each in out),)


def _readmit(place: Place, filled: Filled) -> Awaitable[Done]:
    seat = place.seat
    return people.readmit(seat.desk, seat.officer, place.case, _who(filled))


def _ask_review(place: Place) -> Sequence[Field]:
    seat = place.seat
    waiting = emergencies.open_reviews(seat.desk, seat.officer, place.case)
    choices = tuple(
        Choice(str(each.id), Person(each.officer), beside=each.from_at)
        for each in waiting
    )
    return (
        Field("emergency", words("Emergency"), Kind.ONE, choices=choices),
        Field("outcome", words("What you found"), Kind.ONE, choices=_OUTCOMES),
    )


def _review(place: Place, filled: Filled) -> Awaitable[Done]:
    seat, which = place.seat, UUID(filled.text("emergency"))
    outcome = ReviewOutcome(filled.text("outcome"))
    return emergencies.review(seat.desk, seat.officer, place.case, which, outcome)


def _who(filled: Filled) -> OfficerId:
    return OfficerId(filled.text("officer"))


_ANYWHERE = (
    Form(
        ActKind.CASE_RELEASE, words("End a designation"), _release, _ask_named
    ),
    Form(
        ActKind.CASE_EXCLUDE, words("Keep an officer out"), _exclude,
        lambda place: (who(colleagues(place)), _GROUND),
    ),
    Form(
        ActKind.CASE_RECUSE, words("Declare a conflict of interest"), _recuse,
        lambda _: (_GROUND,), ends_sight=True,
    ),
    Form(ActKind.CASE_READMIT, words("Readmit an officer"), _readmit, _ask_excluded),
    Form(ActKind.CASE_REVIEW, words("Review an emergency"), _review, _ask_review),
)  # fmt: skip
OF_CASES = (
    Form(ActKind.CASE_DESIGNATE, words("Name an officer"), _designate, _ask_whom),
    *_ANYWHERE,
)
OF_QUESTIONS = (
    Form(
        ActKind.HANDOFF_DESIGNATE,
        words("Name an officer for this question"),
        _designate_here,
        lambda place: (_designable(place),),
    ),
    *_ANYWHERE,
)
OF_PEOPLE = frozenset(each.act for each in (*OF_CASES, *OF_QUESTIONS))
"""The acts of these forms; they stand apart on pages."""


def fitting(acts: Iterable[ActKind], found: CasePeople) -> list[ActKind]:
    """Return the acts about people for which there is somebody."""
    nobody = set()
    if not found.excluded:
        nobody.add(ActKind.CASE_READMIT)
    if not found.emergencies:
        nobody.add(ActKind.CASE_REVIEW)
    return [each for each in acts if each in OF_PEOPLE - nobody]
