"""What may be entered as a document: types, sizes and names, as data."""

from __future__ import annotations

import unicodedata
from pathlib import Path, PurePosixPath
from typing import Self

from pydantic import PositiveInt, field_validator, model_validator

from models.errors import InvalidInput
from models.values import Value
from policies.plain_yaml import read_yaml

_FILE = Path(__file__).with_name("documents.yaml")
# Controls, marks that turn the direction of reading, halves of pairs, and unassigned.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class DocumentType(Value):
    """A type of document.

    Attributes:
        extensions: how names end that may be given to it, without the dot.
        starts: its first bytes.
        part: a part that an archive of this type has.
        says: what that part says, if that matters.
    """

    code: str
    extensions: tuple[str, ...]
    starts: bytes = b""
    part: str = ""
    says: str = ""

    @field_validator("starts", mode="before")
    @classmethod
    def _from_hexadecimal(cls, said: str) -> bytes:
        return bytes.fromhex(said)

    @model_validator(mode="after")
    def _known_in_one_way(self) -> Self:
        if bool(self.starts) == bool(self.part) and self.code != TEXT:
            raise ValueError("a type is known by its start or by a part")
        return self


TEXT = "text"


class DocumentRules(Value):
    """The types that are accepted, and how large anything may be.

    Attributes:
        largest: bytes of a document.
        unfolds_to: bytes of all parts of an archive together, once unfolded.
        reads: bytes of those among them that are looked through for words.
        most_parts: parts of an archive.
        looks: seconds of a processor that the words in a PDF are looked for.
        longest_name: characters of a file's name.
        programs: names, in small letters, of parts that run as programs.
    """

    largest: PositiveInt
    unfolds_to: PositiveInt
    reads: PositiveInt
    most_parts: PositiveInt
    looks: PositiveInt
    longest_name: PositiveInt
    programs: frozenset[str]
    types: tuple[DocumentType, ...]

    def of_bytes(self, body: bytes) -> DocumentType | None:
        """Return the type that starts as these bytes do, if one does."""
        found = (t for t in self.types if t.starts and body.startswith(t.starts))
        return next(found, None)

    def named(self, code: str) -> DocumentType:
        """Return the type of a code that the file of types has."""
        return next(each for each in self.types if each.code == code)

    @property
    def megabytes(self) -> int:
        """Return how large a document may be, as it is said to people."""
        return self.largest // 1_000_000

    @property
    def extensions(self) -> tuple[str, ...]:
        """Return every ending that a name may have."""
        return tuple(each for known in self.types for each in known.extensions)


DOCUMENTS = DocumentRules.model_validate(read_yaml(_FILE.read_text(encoding="utf-8")))


def check_name(name: str) -> None:
    """Refuse a name that is none of a file.

    Raises:
        InvalidInput: it leads elsewhere, hides something, or is too long.
    """
    if any(unicodedata.category(each) in _UNSEEN for each in name):
        raise InvalidInput(
            "the name of this file has characters that cannot be seen",
            help="give it a plain name, and add that",
        )
    if "/" in name or "\\" in name or not name.strip(". "):
        raise InvalidInput(
            f"`{name}` is a path, not the name of a file", help="give the name alone"
        )
    if len(name) > DOCUMENTS.longest_name:
        raise InvalidInput(
            f"the name of this file has {len(name)} characters",
            help=f"at most {DOCUMENTS.longest_name} do; give it a shorter one",
        )


def check_fits(name: str, found: DocumentType) -> None:
    """Refuse a name that says another type than the bytes do.

    Raises:
        InvalidInput: says what the bytes are.
    """
    ending = PurePosixPath(name).suffix.removeprefix(".").lower()
    if ending not in found.extensions:
        fitting = " or ".join(f".{each}" for each in found.extensions)
        raise InvalidInput(
            f"`{name}` is not what its name says: it holds `{found.code}`",
            help=f"look where it comes from; what it holds is named {fitting}",
        )


def not_accepted() -> InvalidInput:
    """Return the refusal of bytes that are of no type that is accepted."""
    known = ", ".join(f".{each}" for each in DOCUMENTS.extensions)
    return InvalidInput(
        "this is no document of a type that is accepted",
        help=f"save it as one of {known}; texts in UTF-8",
    )
