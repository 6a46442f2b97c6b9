"""What one item says: words or a document, never both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from models.errors import EstafetteError, InvalidInput
from web.forms.fields import Filled, GivenFile

WORDS, DOCUMENT = "words", "document"
"""The two fields in which it is given."""


@contextmanager
def material_of(filled: Filled) -> Iterator[str | GivenFile]:
    """Give what was filled in; a refusal of it stands at the field that it came from.

    Raises:
        InvalidInput: neither was given, or both.
    """
    document, said = filled.file(DOCUMENT), filled.text(WORDS)
    at = WORDS if document is None else DOCUMENT
    if (document is None) == (not said):
        raise InvalidInput(
            "give either words or a document",
            help="one item is one of the two",
            field=at,
        )
    try:
        yield said if document is None else document
    except EstafetteError as refused:
        if "draft" in refused.details:
            refused.details.setdefault("field", at)
        raise
