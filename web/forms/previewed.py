"""Documents of a preview: a browser forgets which were chosen, so they are again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from web.forms.fields import Filled, GivenFile

PREVIEWED = "previewed"
"""The field in which a form says what was previewed."""

SEEN = "seen-"
"""Before the name of a field: which document of it was previewed."""

_CARRIED = re.compile(r"([0-9a-f]{64}) ([0-9]{1,12}) (.*)", re.DOTALL)


@dataclass(frozen=True)
class SeenFile:
    """A document as it was previewed.

    `size` is in bytes, `digest` its SHA-256 in hexadecimal.
    """

    name: str
    size: int
    digest: str

    @classmethod
    def of(cls, file: GivenFile) -> SeenFile:
        """Return what is told of a file that came."""
        return cls(file.name, len(file.body), file.digest)

    @property
    def carried(self) -> str:
        """Return it as a form carries it on."""
        return f"{self.digest} {self.size} {self.name}"

    @property
    def in_its_place(self) -> GivenFile:
        """Return a text that stands for the document while its bytes are not there."""
        return GivenFile("", f"{self.size} B\nSHA-256 {self.digest}".encode())


def documents(filled: Filled) -> Mapping[str, SeenFile]:
    """Return which documents a preview shows, by field.

    Those of the preview that a form was sent from, and those that came with it.
    """
    given = {name: SeenFile.of(file) for name, file in filled.files.items()}
    return given | _expected(filled)


def chosen_otherwise(filled: Filled) -> dict[str, str]:
    """Return where no document, or another, came than was previewed, and what is so."""
    found = {}
    for field, seen in _expected(filled).items():
        file = filled.file(field)
        if file is None:
            found[field] = _not_chosen(seen)
        elif file.digest != seen.digest:
            found[field] = _another(file, seen)
    return found


def with_stand_ins(filled: Filled) -> Filled:
    """Return what is previewed: what did not come again stands by size and digest."""
    seen = _expected(filled)
    stand_ins = {field: seen[field].in_its_place for field in chosen_otherwise(filled)}
    return Filled(filled.values, {**filled.files, **stand_ins})


def _expected(filled: Filled) -> dict[str, SeenFile]:
    """Return the documents of the preview that a form was sent from."""
    if not filled.text(PREVIEWED):
        return {}
    found = {
        name.removeprefix(SEEN): _CARRIED.fullmatch(filled.text(name))
        for name in filled.values
        if name.startswith(SEEN)
    }
    return {
        field: SeenFile(name=said[3], size=int(said[2]), digest=said[1])
        for field, said in found.items()
        if said
    }


def _not_chosen(seen: SeenFile) -> str:
    return (
        f"nothing was sent: choose the document `{seen.name}` again, which was"
        " previewed, as your browser does not keep it"
    )


def _another(file: GivenFile, seen: SeenFile) -> str:
    return (
        f"nothing was sent: `{file.name}` does not hold what was previewed as"
        f" `{seen.name}`; choose the same document, or preview this one first"
    )
