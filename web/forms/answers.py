"""An answer to a question, in one part or several, each under its own conditions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from acts import handoffs
from acts.handoffs import Enclosure, Reply
from acts.performing import Done
from acts.previewing import Preview, preview_answer
from models.act_kinds import ActKind
from models.errors import EstafetteError, InvalidInput
from models.law.sources import SourceKind
from web.forms import handling
from web.forms.asked import HIT, said_hit
from web.forms.fields import MOST_FILES, Field, Filled, Kind
from web.forms.form import Form, Place
from web.forms.parts import last, named, part_of, room
from web.languages import words

_WORDS = Field("words", words("Your answer"), Kind.TEXT)
_DOCUMENT = Field(
    "document",
    words("A document that goes with it"),
    Kind.FILE,
    False,
    help=words(
        "PDF, PNG, JPEG, office document or text, at most 20 MB for all parts together"
    ),
)


@dataclass(frozen=True)
class _Answer:
    """What goes back, and in which field of the form each of it was given."""

    replies: tuple[Reply, ...]
    enclosures: tuple[Enclosure, ...]
    given_in: tuple[tuple[str, int], ...]


def _of_register(place: Place) -> bool:
    return place.question is not None and place.question.kind == SourceKind.REGISTER


def _most(place: Place) -> int:
    """Return in how many parts one may answer: each can bring a document.

    A register says one thing.
    """
    return 1 if _of_register(place) else MOST_FILES


def _ask(place: Place) -> Sequence[Field]:
    return (_WORDS, HIT if _of_register(place) else _DOCUMENT, *handling.FIELDS)


def _read(place: Place, filled: Filled) -> _Answer:
    parts = _parts(place, filled)
    replies = {number: _reply(place, part) for number, part in parts.items()}
    files = {n: file for n, part in parts.items() if (file := part.file("document"))}
    return _Answer(
        replies=tuple(replies.values()),
        enclosures=tuple(
            Enclosure(body=file.body, name=file.name, handling=replies[n].handling)
            for n, file in files.items()
        ),
        given_in=(
            *((_WORDS.name, number) for number in replies),
            *((_DOCUMENT.name, number) for number in files),
        ),
    )


def _parts(place: Place, filled: Filled) -> dict[int, Filled]:
    """Return what was filled in for each part, by its number from 1.

    Raises:
        InvalidInput: there are more parts than an answer may have.
    """
    most = _most(place)
    if last(filled) > most:
        raise InvalidInput(
            f"this answer has more than {most} parts", help="send the rest by itself"
        )
    return {n: part_of(filled, n) for n in range(1, room(filled, most) + 1)}


def _reply(place: Place, part: Filled) -> Reply:
    assert place.question is not None  # noqa: S101 - a form of questions
    return Reply(
        body=part.text(_WORDS.name),
        handling=handling.handling_in(place, part, place.question.article),
        hit=said_hit(part),
    )


async def _perform(place: Place, filled: Filled) -> Done:
    seat, given = place.seat, _read(place, filled)
    with _at_its_part(given):
        return await handoffs.answer(
            seat.desk, seat.officer, place.handoff, given.replies, given.enclosures
        )


def _see(place: Place, filled: Filled) -> Preview:
    seat, given = place.seat, _read(place, filled)
    with _at_its_part(given):
        return preview_answer(
            seat.desk, seat.reader(), place.handoff, given.replies, given.enclosures
        )


@contextmanager
def _at_its_part(given: _Answer) -> Iterator[None]:
    """Say of a refusal at which field of which part it stands."""
    try:
        yield
    except EstafetteError as refused:
        which = refused.details.get("draft")
        if which is not None:
            field, part = given.given_in[which]
            at = str(refused.details.get("field", field))
            refused.details["field"] = named(at, part)
        raise


FORM: Form = Form(
    ActKind.HANDOFF_ANSWER,
    words("Answer"),
    _perform,
    _ask,
    preview=_see,
    most=_most,
)
