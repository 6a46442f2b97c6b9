"""Finding words in what was opened: whatever their case and accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import orjson

from acts.drafts.admission import texts_of
from models.errors import InvalidInput

_AROUND = 40
_DOCUMENTS = (b"%PDF-", b"PK\x03\x04")
_LIGATURES = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l"}


def text_of(body: bytes) -> str:
    """Return the words of an item: values of a form, not the names of its fields.

    Of a PDF or an office document those that it says; of a picture there are none.
    """
    try:
        return " · ".join(_values(orjson.loads(body)))
    except orjson.JSONDecodeError:
        pass
    try:
        if not body.startswith(_DOCUMENTS):
            return body.decode()
        return "\n".join(texts_of(body))
    except (UnicodeDecodeError, InvalidInput):
        return ""


def passage(text: str, words: Sequence[str]) -> str | None:
    """Return what stands around the first of the words, if all of them are there."""
    folded, places = _folded(text)
    found = [folded.find(word) for word in words]
    if not words or min(found) < 0:
        return None
    at = min(found)
    first_ones = zip(words, found, strict=True)
    length = max(len(word) for word, place in first_ones if place == at)
    first, last = places[at], places[at + length - 1] + 1
    start, end = max(0, first - _AROUND), min(len(text), last + _AROUND)
    shown = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{shown}{'…' if end < len(text) else ''}"


def fold(word: str) -> str:
    """Return a word without case, accents and space around it."""
    return _folded(word.strip())[0]


def _values(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        for each in content.values():
            yield from _values(each)
    elif isinstance(content, list):
        for each in content:
            yield from _values(each)
    elif content is not None and not isinstance(content, bool):
        yield str(content)


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text as it is compared, and where each of its letters came from."""
    letters, places = [], []
    for place, letter in enumerate(text):
        whole = " " if letter.isspace() else letter.casefold()
        for part in unicodedata.normalize("NFKD", whole):
            if not unicodedata.combining(part):
                plain = _LIGATURES.get(part, part)
                letters.append(plain)
                places += [place] * len(plain)
    return "".join(letters), places
