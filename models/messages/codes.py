"""The words of a message: codes and names, with no room for prose or numbers.

A message is kept in clear, also when its act is refused. What stands in it is looked at
before it is stored, and never when it is read: what was stored stays readable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

from models.errors import InvalidInput
from models.ids import OfficerId
from models.values import Message

_PART = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}"
_CODE = re.compile(rf"{_PART}(?:/{_PART})?")
# An enterprise number has ten, and a national number eleven.
_MOST_DIGITS = 8
_NUMBERED = {"article"}  # it has a form of its own


def check_codes(message: Message) -> None:
    """Refuse a message in which a word is neither a code nor the name of somebody.

    Raises:
        InvalidInput: names the field, and does not repeat what it holds.
    """
    for field, value in message.model_dump(exclude=_NUMBERED).items():
        if not all(map(is_code, _words(value))):
            raise InvalidInput(
                f"`{field}` has not the form that it must have",
                help="name an officer as AGENCY/OFFICER, and the rest by its code "
                "in the pack",
            )


def officers_in(message: Message) -> Iterator[OfficerId]:
    """Yield whom a message names: each must be somebody before it is stored."""
    for name, field in type(message).model_fields.items():
        if field.annotation is OfficerId:
            yield getattr(message, name)
        elif OfficerId in get_args(field.annotation):
            yield from getattr(message, name)


def is_code(word: str) -> bool:
    """Tell whether a word is a code, or has the form of an officer's id."""
    digits = sum(each.isdigit() for each in word)
    return bool(_CODE.fullmatch(word)) and digits <= _MOST_DIGITS


def _words(value: object) -> Iterator[str]:
    if type(value) is str:  # an enumeration is no free word
        yield value
    elif isinstance(value, dict):
        yield from _words(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _words(each)
