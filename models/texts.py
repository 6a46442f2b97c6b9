"""Words that somebody writes: text there is, and something that can be read in it."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, StringConstraints


def is_text(words: str) -> bool:
    """Tell whether words can be kept and sent: all of them UTF-8, and no NUL.

    A lone surrogate, which JSON can write, is none; PostgreSQL takes no NUL in a text.
    """
    try:
        return b"\0" not in words.encode()
    except UnicodeEncodeError:
        return False


def says_something(words: str) -> bool:
    """Tell whether anything in words can be seen: blanks of no width say nothing."""
    return any(each.isprintable() and not each.isspace() for each in words)


def _read(words: str) -> str:
    if not says_something(words):
        raise ValueError("it says nothing")
    return words


Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    AfterValidator(_read),
]
"""Words with which something must be said; what is blank around them is left out."""
