"""Looking into documents that are archives of parts, without unfolding a bomb."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import PurePosixPath
from xml.parsers.expat import ExpatError
from zlib import error as ZlibError  # noqa: N812 - zlib names it in small letters

from acts.drafts.markup import words_in
from models.errors import InvalidInput
from policies.documents import DOCUMENTS, DocumentType, not_accepted

SIGNATURE = b"PK\x03\x04"
_BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, ZlibError, EOFError),
    *(RuntimeError, NotImplementedError, ValueError, OSError),
    *(ExpatError, LookupError),
)


def type_of(body: bytes) -> DocumentType:
    """Return which document an archive is.

    Raises:
        InvalidInput: none that is accepted, protected, broken, too large when it is
            unfolded, or with a program in it.
    """
    with _opened(body) as archive:
        names = set(archive.namelist())
        for each in DOCUMENTS.types:
            if each.part in names and _says(archive, each):
                return each
    raise not_accepted()


def words_of(body: bytes) -> Iterator[str]:
    """Yield what the parts in XML say.

    Raises:
        InvalidInput: as `type_of`, or they say more than can be looked at.
    """
    with _opened(body) as archive:
        parts = [p for p in archive.infolist() if p.filename.endswith(".xml")]
        if sum(part.file_size for part in parts) > DOCUMENTS.reads:
            raise too_much()
        for part in parts:
            yield words_in(archive.read(part))


def closed() -> InvalidInput:
    """Return the refusal of a document that nobody can look into."""
    return InvalidInput(
        "this document cannot be looked into: it is protected or broken",
        help="save it again without a password, and add that",
    )


def too_much() -> InvalidInput:
    """Return the refusal of a document that takes more than a look."""
    return InvalidInput(
        "this document unfolds to more than fits",
        help="leave out pictures, or split it",
    )


@contextmanager
def _opened(body: bytes) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            _check(archive.infolist())
            yield archive
    except _BROKEN as error:
        raise closed() from error


def _check(parts: list[zipfile.ZipInfo]) -> None:
    # No part is read beyond the size that it declares here, so these sizes are a bound.
    too_large = sum(part.file_size for part in parts) > DOCUMENTS.unfolds_to
    if too_large or len(parts) > DOCUMENTS.most_parts:
        raise too_much()
    for part in parts:
        path = PurePosixPath(part.filename)
        if path.name.lower() in DOCUMENTS.programs:
            raise InvalidInput(
                "this document carries a program",
                help="save it without macros, and add that",
            )
        if path.is_absolute() or ".." in path.parts or "\\" in part.filename:
            raise closed()


def _says(archive: zipfile.ZipFile, known: DocumentType) -> bool:
    if not known.part or not known.says:
        return bool(known.part)
    with archive.open(known.part) as part:
        return part.read(len(known.says) + 1).decode(errors="replace") == known.says
