"""The law in the words of a page: rows by their codes, and articles as they are cited.

German words are ours, because packs have none; what lacks them is said in French.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from models.law.rows import Label
from models.packs import Pack, PackStatus
from policies.door import refused_labels
from policies.loading import Packs
from web.labels import label_in
from web.punctuation import punctuated

_SIGNS: dict[str, dict[str, str]] = {
    "fr": {"al.": "al. ", "art.": "art. "},
    "nl": {"al.": "lid ", "art.": "art. "},
    "de": {"al.": "Absatz ", "art.": "Art. "},
    "en": {"al.": "para. ", "art.": "art. "},
}


@dataclass(frozen=True)
class Law:
    """The packs of an installation, as one page says them."""

    language: str
    packs: Packs

    def row(self, part: str, code: str) -> str:
        """Return what a row of a part of the packs is called; else its code."""
        for pack in _in_force_first(self.packs):
            for known, label in _rows(pack, part):
                if known == code:
                    return label_in(self.language, label)
        return code

    def content(self, english: str) -> str:
        """Return a kind of content that is refused at the door, written in English."""
        for label in refused_labels():
            if english == label.en:
                return label_in(self.language, label)
        return english

    def article(self, cited: str) -> str:
        """Return articles under the names that people know the laws by."""
        return _articles(self.language, self.packs, cited)


@lru_cache(maxsize=4096)  # a page cites a dozen
def _articles(language: str, packs: Packs, cited: str) -> str:
    each = (_article(language, packs, one) for one in cited.split("; "))
    return punctuated(language, "; ".join(each))


def _article(language: str, packs: Packs, one: str) -> str:
    key, _, place = one.partition(" ")
    law = _laws(language, packs).get(key)
    if law is None:
        return one
    return f"{law}, {_place(language, place)}" if place else law


@cache
def _laws(language: str, packs: Packs) -> dict[str, str]:
    """Return what people call the laws, by their keys."""
    return {
        key: label_in(language, statute.short)
        for pack in reversed(_in_force_first(packs))
        for key, statute in pack.statutes.items()
    }


def _place(language: str, place: str) -> str:
    signs = _SIGNS[language]
    said = place.removeprefix("art. ").replace("§", "§ ")
    return signs["art."] + re.sub(r"\bal\.\s*", signs["al."], said)


@cache
def _in_force_first(packs: Packs) -> list[Pack]:
    """Return the packs, those that are in force before others."""
    return sorted(
        packs.packs,
        key=lambda each: (each.status is PackStatus.IN_FORCE, each.version),
        reverse=True,
    )


def _rows(pack: Pack, part: str) -> Iterator[tuple[str, Label]]:
    """Yield the codes of a part of a pack with their labels; `routes` is its own."""
    if part == "routes":
        yield pack.id, pack.title
    elif part == "activities":
        rows = pack.scope.activities if pack.scope else ()
        yield from ((row.code, row.label) for row in rows)
    else:
        yield from ((row.code, row.label) for row in getattr(pack, part))
