"""The spaces that a language has around its punctuation."""

from __future__ import annotations

import re

NO_BREAK = "\N{NO-BREAK SPACE}"
# What ends a word; an address and an hour have no space after the colon.
_BEFORE = re.compile(r"(?<=\S)[ \xa0]?([:;!?])(?=[\s»)\]]|$)")
_AFTER_OPENING = re.compile(r"«[ \xa0]?")
_BEFORE_CLOSING = re.compile(r"[ \xa0]?»")
# The marks of all three; most texts have none.
_MARKS = frozenset(":;!?«»")


def punctuated(language: str, text: str) -> str:
    """Return a text whose French keeps its punctuation on the line of the word."""
    if language != "fr" or _MARKS.isdisjoint(text):
        return text
    spaced = _BEFORE.sub(rf"{NO_BREAK}\1", text)
    opened = _AFTER_OPENING.sub(f"«{NO_BREAK}", spaced)
    return _BEFORE_CLOSING.sub(f"{NO_BREAK}»", opened)


def sign(language: str, mark: str) -> str:
    """Return a colon or a semicolon with what stands between it and its word."""
    return f"{NO_BREAK}{mark}" if language == "fr" else mark
