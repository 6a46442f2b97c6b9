"""Forms about one item: taken back, corrected, or asked to go on to one more agency."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from uuid import UUID

from acts import recalls, releases
from acts.performing import Done
from acts.recalls import Correction
from acts.releases import Conditions, Wish
from models.act_kinds import ActKind
from models.agencies import ReadReason
from models.control import Denial, RecallGround
from models.handling import HandlingCode
from models.handoffs import OPEN_STATES
from models.ids import AgencyId, HandoffId
from web.forms.fields import Body, Choice, Field, Filled, Kind
from web.forms.form import Form, Place
from web.forms.material import DOCUMENT, WORDS, material_of
from web.languages import words
from web.words.handling import HANDLING
from web.words.people import GROUNDS

_REASONS = Field("reasons", words("Reasons"), Kind.TEXT)
_GROUND = Field(
    "ground", words("Why"), Kind.ONE,
    choices=tuple(Choice(each, GROUNDS[each]) for each in RecallGround),
    article="LVP 32 §3",
)  # fmt: skip
_WORD = Field(
    "word", words("Why, in a word of the list"), Kind.ONE,
    choices=tuple(Choice(each, GROUNDS[each]) for each in Denial),
)  # fmt: skip
_CONDITIONS = (
    Field(
        "part", words("An excerpt, in the place of the whole"), Kind.TEXT, False,
        help=words("Leave all three empty to let the item itself go on, as it is."),
    ),
    Field(
        "code", words("A stricter handling code"), Kind.ONE, False,
        choices=tuple(Choice(each, HANDLING[each]) for each in HandlingCode),
    ),
    Field(
        "expires_on", words("Last day on which it may be read there"), Kind.DAY, False
    ),
)  # fmt: skip
_CORRECTED = (
    _GROUND,
    Field(WORDS, words("The corrected words"), Kind.TEXT, False),
    Field(DOCUMENT, words("or a document"), Kind.FILE, False),
)


def _recall(place: Place, filled: Filled) -> Awaitable[Done]:
    seat, ground = place.seat, RecallGround(filled.text("ground"))
    return recalls.recall(seat.desk, seat.officer, place.known.item, ground)


async def _correct(place: Place, filled: Filled) -> Done:
    seat, ground = place.seat, RecallGround(filled.text("ground"))
    reader = seat.reader(ReadReason.CHECKING)
    with material_of(filled) as given:
        body = given if isinstance(given, str) else given.body
        correction = Correction(body=body, ground=ground)
        return await recalls.correct(seat.desk, reader, place.known.item, correction)


def _ask_wish(place: Place) -> Sequence[Field]:
    """Ask for which question; whom it was put to is who shall have the item."""
    mine = place.seat.officer.agency
    served = tuple(
        Choice(f"{each.id} {each.asked}", Body(each.asked), each.article)
        for each in place.overview().handoffs
        if each.asker == mine
        and each.state in OPEN_STATES
        and each.asked not in (place.known.originator, mine)
    )
    whom = Field(
        "for", words("Who shall read it, for which open question"), Kind.ONE,
        article="LVP 29 §3", choices=served,
    )  # fmt: skip
    return (whom, _REASONS)


def _request(place: Place, filled: Filled) -> Awaitable[Done]:
    handoff, _, to = filled.text("for").partition(" ")
    wish = Wish(
        item=place.known.item,
        to=AgencyId(to),
        serves=HandoffId(UUID(handoff)),
        reasons=filled.text("reasons"),
    )
    return releases.request(place.seat.desk, place.seat.officer, wish)


def _grant(place: Place, filled: Filled) -> Awaitable[Done]:
    code = filled.text("code")
    conditions = Conditions(
        body=filled.text("part") or None,
        code=HandlingCode(code) if code else None,
        expires_on=filled.day_if_given("expires_on"),
    )
    seat = place.seat
    reader = seat.reader(ReadReason.ANSWERING)
    return releases.grant(seat.desk, reader, place.handoff, conditions)


def _deny(place: Place, filled: Filled) -> Awaitable[Done]:
    seat, word = place.seat, Denial(filled.text("word"))
    reasons = filled.text("reasons")
    return releases.deny(seat.desk, seat.officer, place.handoff, word, reasons)


FORMS = (
    Form(ActKind.ITEM_RECALL, words("Take it back"), _recall, lambda _: (_GROUND,)),
    Form(ActKind.ITEM_CORRECT, words("Correct it"), _correct, lambda _: _CORRECTED),
    Form(
        ActKind.ITEM_REQUEST_RELEASE, words("Ask its originator to let it go on"),
        _request, _ask_wish,
    ),
)  # fmt: skip
OF_QUESTIONS = (
    Form(ActKind.ITEM_GRANT, words("Let it go on"), _grant, lambda _: _CONDITIONS),
    Form(
        ActKind.ITEM_DENY, words("Keep it where it is"), _deny,
        lambda _: (_WORD, _REASONS),
    ),
)  # fmt: skip
