"""What is refused at the door: content that this system may not hold at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pydantic import TypeAdapter

from models.errors import NotPermitted
from models.law.rows import Label, Mark
from models.values import Value
from policies.plain_yaml import read_yaml

_FILE = Path(__file__).with_name("door.yaml")
_NO_LETTER = re.compile(r"[\W_]+")
# One by one: all lines of a large text at once fill the memory, and hold up others.
_LONGEST, _REMEMBERED = 200, 10_000
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


class RefusedContent(Value):
    """A kind of content, the markings that give it away, and the lawful alternative."""

    code: str
    label: Label
    alternative: Label
    mark: Mark
    markings: tuple[str, ...]


_CONTENTS = TypeAdapter(tuple[RefusedContent, ...]).validate_python(
    read_yaml(_FILE.read_text(encoding="utf-8"))
)


def plain(line: str) -> str:
    """Return the letters and digits of a line: no capitals, accents or punctuation."""
    letters = line.casefold()
    if not letters.isascii():
        bare = unicodedata.normalize("NFKD", letters)
        letters = "".join(each for each in bare if not unicodedata.combining(each))
    return _NO_LETTER.sub(" ", letters).strip()


def refused_labels() -> tuple[Label, ...]:
    """Return what each kind of refused content is called."""
    return tuple(each.label for each in _CONTENTS)


_MARKED = {plain(each): content for content in _CONTENTS for each in content.markings}


def check_content(text: str) -> None:
    """Refuse text in which a marking stands alone on a line.

    Raises:
        NotPermitted: says what was recognised, and where it may go instead.
    """
    for line in _short_lines(text):
        if (found := _MARKED.get(plain(line))) is not None:
            raise NotPermitted(
                f"this looks like {found.label.en}, which may not be kept here",
                help=found.alternative.en,
            )


def _short_lines(text: str) -> Iterator[str]:
    """Yield the lines in which a marking could stand, few of them more than once."""
    seen: set[str] = set()
    for found in _LINE.finditer(text):
        line = found[0]
        if len(line) < _LONGEST and line not in seen:
            if len(seen) < _REMEMBERED:
                seen.add(line)
            yield line
