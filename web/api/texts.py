"""What every request body is made of: text that can be kept and sent on.

JSON can write strings that are none. They are refused here for all fields at once,
before any is looked up, sealed or repeated in an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError

from models.texts import is_text

_Place = tuple[int | str, ...]


async def check_texts(request: Request) -> None:
    """Refuse a body with a string in it that is no text.

    Raises:
        RequestValidationError: names the fields.
    """
    try:
        body = await request.json()
    except (ValueError, RecursionError):
        return  # nothing that a resource could take: each says so itself
    wrong = [
        {"type": "string_unicode", "loc": place, "msg": ""} for place in _no_texts(body)
    ]
    if wrong:
        raise RequestValidationError(wrong)


def _no_texts(body: Any) -> Iterator[_Place]:
    """Yield where strings are that are no text; of a field's name, what it is in.

    Without recursion: whoever sends a body says how deep it is.
    """
    waiting: list[tuple[_Place, Any]] = [(("body",), body)]
    while waiting:
        at, found = waiting.pop()
        if isinstance(found, str) and not is_text(found):
            yield at
        elif isinstance(found, list):
            waiting += (((*at, number), each) for number, each in enumerate(found))
        elif isinstance(found, dict):
            texts = {name: each for name, each in found.items() if is_text(name)}
            waiting += (((*at, name), each) for name, each in texts.items())
            if len(texts) < len(found):
                yield at
