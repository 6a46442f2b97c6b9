"""Labels of the law in the language of a page."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from models.law.rows import Label

_LAW = Path(__file__).parent / "locale" / "law"
# What to type at a terminal stands at the end of some labels.
_COMMAND = re.compile(r"\s*:\s*`estafette [^`]*`")


def label_in(language: str, label: Label) -> str:
    """Return a label; German is our translation, or else the law's French."""
    if language == "de":
        return german().get(_bare(label.en)) or _bare(label.fr)
    said: str = getattr(label, language)
    return _bare(said)


@cache
def german() -> dict[str, str]:
    """Return the labels that have German words, by their English ones."""
    with (_LAW / "de.po").open("rb") as file:
        rows = read_po(file, locale="de")
    return {str(row.id): str(row.string) for row in rows if row.id and row.string}


def _bare(said: str) -> str:
    return _COMMAND.sub("", said)
