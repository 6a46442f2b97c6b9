"""Forms with room for one more: another person, or another part of an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from web.forms.fields import Field, Filled
from web.languages import words

MORE, LESS, ROOM = "more", "less", "room"
"""The buttons for one more and for one less, and the field that says for how many."""

ONE_MORE, ONE_LESS = words("One more part"), words("Without the last part")

_PART = words("Part")
_OF_A_PART = re.compile(r"-([0-9]{1,9})$")
Given = TypeVar("Given")


def asks_for_room(filled: Filled) -> bool:
    """Tell whether the form was sent for its room alone, and nothing is to be done."""
    return filled.yes(MORE) or filled.yes(LESS)


def room(filled: Filled, most: int) -> int:
    """Return for how many a form has room, one more or less if that was asked.

    What was filled in has room, whatever the form says.
    """
    said = filled.text(ROOM)
    shown = int(said) if said.isdecimal() and len(said) < 3 else 1
    there = max(shown, last(filled)) if most > 1 else shown
    wanted = there + filled.yes(MORE) - filled.yes(LESS)
    return max(1, min(most, wanted))


def last(filled: Filled) -> int:
    """Return the number of the last part in which something was filled in."""
    names = [name for name in filled.values if filled.text(name)]
    found = filter(None, map(_OF_A_PART.search, (*names, *filled.files)))
    return max((int(each[1]) for each in found), default=1)


def in_parts(fields: Sequence[Field], parts: int) -> Iterator[Field]:
    """Yield the fields once for each part; those of a sole part stand by themselves."""
    if parts == 1:
        yield from fields
        return
    for part in range(1, parts + 1):
        for each in fields:
            name = named(each.name, part)
            yield replace(each, name=name, group=_PART, part=str(part))


def part_of(filled: Filled, part: int) -> Filled:
    """Return what was filled in for one part, under the names of a sole part."""
    return Filled(_of_part(filled.values, part), _of_part(filled.files, part))


def named(field: str, part: int) -> str:
    """Return how a field is called in a part; in the first as in a sole part."""
    return field if part == 1 else f"{field}-{part}"


def _of_part(given: Mapping[str, Given], part: int) -> dict[str, Given]:
    if part == 1:
        return dict(given)
    ending = f"-{part}"
    return {
        name.removesuffix(ending): each
        for name, each in given.items()
        if name.endswith(ending)
    }
