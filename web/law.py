"""The law in the words of a page: rows by their codes, and articles as they are cited.

German words are ours, because packs have none; what lacks them is said in French.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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
        for pack in self._in_force_first():
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
        named = "; ".join(self._cited(each) for each in cited.split("; "))
        return punctuated(self.language, named)

    def _cited(self, one: str) -> str:
        key, _, place = one.partition(" ")
        for pack in self._in_force_first():
            if key in pack.statutes:
                law = label_in(self.language, pack.statutes[key].short)
                return f"{law}, {self._place(place)}" if place else law
        return one

    def _place(self, place: str) -> str:
        signs = _SIGNS[self.language]
        said = place.removeprefix("art. ").replace("§", "§ ")
        return signs["art."] + re.sub(r"\bal\.\s*", signs["al."], said)

    def _in_force_first(self) -> list[Pack]:
        """Return the packs, those that are in force before others."""
        return sorted(
            self.packs.packs,
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
