"""Looking at content before it is sealed: size, and what may not be kept here."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from models.errors import InvalidInput
from models.items import DraftItem
from policies.door import check_content

LARGEST = 20 * 1024 * 1024
# A paper of the size allowed unfolds to no more than this, unless it is meant to harm.
_LARGEST_TEXT = 8 * LARGEST
_TAG = re.compile(r"<[^>]*>")
_END_OF_LINE = re.compile(r"</(?:\w+:)?(?:p|h|row|si|br)>|<(?:\w+:)?br\b[^>]*>")


def admit(draft: DraftItem) -> None:
    """Refuse a draft that is empty, too large, unreadable or may not be kept here.

    Raises:
        InvalidInput: empty, too large, or a document that cannot be looked into.
        NotPermitted: it bears a marking of content that is refused.
    """
    require_words(draft.kind, draft.body)
    _check_size(draft)
    for text in texts_of(draft.body):
        check_content(text)


def require_words(what: str, words: str | bytes) -> None:
    """Refuse a question, an answer or a paper in which nothing is said.

    Raises:
        InvalidInput: it is blank.
    """
    if not words.strip():
        raise InvalidInput(f"`{what}` is empty", help="write something in it")


def texts_of(body: bytes) -> Iterator[str]:
    """Return what a text, a PDF or an office document says; nothing for the rest.

    Raises:
        InvalidInput: it is protected or broken.
    """
    if body.startswith(b"%PDF-"):
        yield from _of_pdf(body)
    elif body.startswith(b"PK\x03\x04"):
        yield from _of_archive(body)
    else:
        yield body.decode(errors="replace")


def _of_pdf(body: bytes) -> Iterator[str]:
    try:
        reader = PdfReader(BytesIO(body))
        if reader.is_encrypted:
            raise _closed()
        for page in reader.pages:
            yield page.extract_text()
    except (PyPdfError, ValueError, KeyError, RecursionError) as error:
        raise _closed() from error


def _of_archive(body: bytes) -> Iterator[str]:
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            parts = [p for p in archive.infolist() if p.filename.endswith(".xml")]
            if sum(part.file_size for part in parts) > _LARGEST_TEXT:
                raise _closed()
            for part in parts:
                words = archive.read(part).decode(errors="replace")
                yield _TAG.sub("", _END_OF_LINE.sub("\n", words))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise _closed() from error


def _closed() -> InvalidInput:
    return InvalidInput(
        "this document cannot be looked into: it is protected or broken",
        help="save it again without a password, and add that",
    )


def _check_size(draft: DraftItem) -> None:
    if len(draft.body) > LARGEST:
        raise InvalidInput(
            f"the `{draft.kind}` has {len(draft.body)} bytes",
            help=f"at most {LARGEST} bytes fit in one item; split it",
        )
