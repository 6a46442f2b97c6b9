"""Looking at content before it is sealed: size, type, and what may not be kept here."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import orjson
from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError

from acts.drafts import archives
from models.errors import EstafetteError, InvalidInput
from models.items import DraftItem, ItemKind
from policies.documents import (
    DOCUMENTS,
    TEXT,
    DocumentType,
    check_fits,
    check_name,
    not_accepted,
)
from policies.door import check_content

LARGEST = DOCUMENTS.largest
_PDF = b"%PDF-"
# Controls, but those that lay out a text.
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SUBJECT = "about"  # the field of a question that says whom it is about
_WITHOUT_FIELDS = (ItemKind.DOCUMENT, ItemKind.SUBJECT_CARD)
# It warns in the words of the file that it reads, which belong in no log.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@contextmanager
def telling_which(draft: int) -> Iterator[None]:
    """Say with a refusal which of several drafts it is about, counted from 0."""
    try:
        yield
    except EstafetteError as refused:
        refused.details["draft"] = draft
        raise


def admit(draft: DraftItem) -> DocumentType:
    """Return the type of a draft that may be kept here.

    Raises:
        InvalidInput: empty, too large, of a type that is not accepted, not what its
            name says, or a document that cannot be looked into.
        NotPermitted: it bears a marking of content that is refused.
    """
    require_words(draft.kind, draft.body)
    _check_size(draft)
    if draft.name:
        check_name(draft.name)
    found = _type_of(draft.body)
    if draft.name:
        check_fits(draft.name, found)
    for text in texts_of(draft.body):
        check_content(text)
    if draft.kind not in _WITHOUT_FIELDS:
        for text in _in_fields(draft.body):
            check_content(text)
    return found


def require_words(what: str, words: str | bytes) -> None:
    """Refuse a question, an answer or a paper in which nothing is said.

    Raises:
        InvalidInput: it is blank.
    """
    if not words.strip():
        raise InvalidInput(f"`{what}` is empty", help="write something in it")


def _type_of(body: bytes) -> DocumentType:
    """Return the type of a document, by its bytes alone.

    Raises:
        InvalidInput: it is of none that is accepted, or cannot be looked into.
    """
    if body.startswith(archives.SIGNATURE):
        return archives.type_of(body)
    if found := DOCUMENTS.of_bytes(body):
        return found
    try:
        words = body.decode()
    except UnicodeDecodeError:
        raise not_accepted() from None
    if _NO_TEXT.search(words):
        raise not_accepted()
    return DOCUMENTS.named(TEXT)


def extension_of(body: bytes) -> str:
    """Return how the name of a file with this content ends; what is kept has a type."""
    return _type_of(body).extensions[0]


def texts_of(body: bytes) -> Iterator[str]:
    """Return what a text, a PDF or an office document says; nothing for the rest.

    Raises:
        InvalidInput: it is protected or broken, or says more than can be looked at.
    """
    if body.startswith(_PDF):
        yield from _of_pdf(body)
    elif body.startswith(archives.SIGNATURE):
        yield from archives.words_of(body)
    else:
        yield body.decode(errors="replace")


def _in_fields(body: bytes) -> Iterator[str]:
    """Yield the words in the fields of what an act writes, whose lines are hidden.

    But for the subject: a bar may be called as a marking is.
    """
    try:
        waiting = [orjson.loads(body)]
    except orjson.JSONDecodeError:
        return
    while waiting:
        found = waiting.pop()
        if isinstance(found, str):
            yield found
        elif isinstance(found, dict):
            waiting += (each for name, each in found.items() if name != _SUBJECT)
        elif isinstance(found, list):
            waiting += found


def _of_pdf(body: bytes) -> Iterator[str]:
    """Yield what the pages say; a file of some kilobytes can have them say it for days.

    Raises:
        InvalidInput: it is protected or broken, or takes too long.
    """
    began = time.thread_time()
    for text in _of_pages(body):
        yield text
        if time.thread_time() - began > DOCUMENTS.looks:
            raise archives.too_much()


def _of_pages(body: bytes) -> Iterator[str]:
    try:
        reader = PdfReader(BytesIO(body))
        if reader.is_encrypted:
            raise FileNotDecryptedError
        for page in reader.pages:
            yield page.extract_text()
    except Exception as error:  # the library foresees not all that files can hold
        raise archives.closed() from error


def _check_size(draft: DraftItem) -> None:
    if len(draft.body) > LARGEST:
        raise InvalidInput(
            f"the `{draft.kind}` has {len(draft.body)} bytes",
            help=f"at most {LARGEST} bytes fit in one item; split it",
        )
