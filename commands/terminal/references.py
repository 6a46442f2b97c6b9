"""What is meant, by the start of its id: among all one may see, or in one case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from acts.seat import Seat
from commands.terminal.output import short
from models.errors import InvalidInput, NotFound
from models.ids import CaseId, ItemId
from storage.prefixes import starting_with
from storage.sessions import acting

SHORTEST = 4
_START = re.compile(r"[0-9a-f]{4,32}")
_HELP = {
    "case": "list yours with `estafette case list`",
    "handoff": "see your inbox with `estafette handoff inbox`",
    "item": "list those of a case with `estafette case show`; a question is read once"
    " it is in hand: `estafette handoff receive`",
    "seen item": "ask the officers of the case for its id",
    "entry": "list entries with `estafette audit trail`",
    "case of the trail": "cases stand in `estafette audit trail`",
    "item of the trail": "items stand in `estafette audit trail`, such as of `--kind"
    " item.add`",
    "honey record": "list yours with `estafette audit honey list`",
    "statutory list": "list them with `estafette audit statutory list`",
    "subject request": "list them with `estafette audit subject-request list`",
    "finding": "list those that concern you with `estafette audit finding list`",
}


# What is looked for under another word than people use.
_NAMES = {"seen item": "item that was released"}


class HasId(Protocol):
    """Something of a case that has an id."""

    @property
    def id(self) -> UUID:
        """Return the id."""


Row = TypeVar("Row", bound=HasId)


def case_id(at: Seat, given: str) -> CaseId:
    """Return the case that is meant."""
    return CaseId(find(at, "case", given))


def whole_id(what: str, given: str) -> UUID:
    """Return an id that nobody may shorten, or search among those there are.

    Raises:
        InvalidInput: it is no whole id.
    """
    try:
        return UUID(given)
    except ValueError:
        raise InvalidInput(
            f"`{given}` is no whole id of a {what}",
            help=f"give all 36 characters of it: what is not shown to you, as a {what}"
            " may be, is found by its whole id only",
        ) from None


def item_id(at: Seat, given: str) -> ItemId:
    """Return the item that is meant."""
    return ItemId(find(at, "item", given))


def entry_id(at: Seat, given: str) -> UUID:
    """Return the entry of the trail that is meant."""
    return find(at, "entry", given)


def trail_case_id(at: Seat, given: str) -> CaseId:
    """Return the case that is meant, among those of entries that an auditor sees."""
    return CaseId(find(at, "case of the trail", given))


def trail_item_id(at: Seat, given: str) -> ItemId:
    """Return the item that is meant, among those of entries that an auditor sees."""
    return ItemId(find(at, "item of the trail", given))


def honey_id(at: Seat, given: str) -> ItemId:
    """Return the honey record that is meant."""
    return ItemId(find(at, "honey record", given))


def choose(
    rows: Sequence[Row], what: str, given: str | None, fit: Iterable[Row]
) -> Row:
    """Return the row that is meant; without a word on it, the only one there can be.

    Args:
        rows: all there are in the case.
        what: their name in messages.
        given: how the id starts, if anything was given.
        fit: those that the act is for; when there is one such, it is meant.

    Raises:
        NotFound: there is none.
        InvalidInput: several could be meant.
    """
    if given is not None:
        start = _start(given)
        found = [row for row in rows if row.id.hex.startswith(start)]
    else:
        found = list(fit) or list(rows)
    if not found:
        raise NotFound(
            f"there is no {what}{f' `{given}`' if given else ''} in this case",
            help="see the case with `estafette case show`",
        )
    if len(found) > 1:
        raise _ambiguous(what, given, [row.id for row in found])
    return found[0]


def find(at: Seat, what: str, given: str) -> UUID:
    """Look among what this officer may see; hidden and absent read alike.

    Raises:
        NotFound, InvalidInput: nothing is meant, or several could be.
    """
    start = _start(given)
    who = at.desk.acting(at.officer)
    with acting(at.desk.database, who) as connection:
        found = starting_with(connection, what, start)
        if not found:
            raise _no_such(what, given)
    if len(found) > 1:
        raise _ambiguous(what, given, found)
    return found[0]


def the_one_meant(what: str, given: str, starting: Callable[[str], list[UUID]]) -> UUID:
    """Return what is meant of what `starting` finds elsewhere.

    Raises:
        NotFound, InvalidInput: as it would be here.
    """
    start = _start(given)
    try:
        found = [each for each in starting(start) if each.hex.startswith(start)]
    except NotFound:
        found = []
    if not found:
        raise _no_such(what, given)
    if len(found) > 1:
        raise _ambiguous(what, given, found)
    return found[0]


def _no_such(what: str, given: str) -> NotFound:
    noun, _, place = _NAMES.get(what, what).partition(" of the ")
    where = f" in the {place}" if place else ""
    return NotFound(f"there is no {noun} `{given}`{where} for you", help=_HELP[what])


def _start(given: str) -> str:
    start = given.lower().replace("-", "")
    if not _START.fullmatch(start):
        raise InvalidInput(
            f"`{given}` is no id",
            help=f"give an id, or its first {SHORTEST} characters or more",
        )
    return start


def _ambiguous(what: str, given: str | None, found: list[UUID]) -> InvalidInput:
    choices = ", ".join(f"`{short(each)}`" for each in found)
    if given is None:
        return InvalidInput(
            f"which {what} is meant?", help=f"add `--{what}` with one of {choices}"
        )
    return InvalidInput(
        f"`{given}` could be more than one {what}",
        help=f"give more characters: {choices}",
    )
