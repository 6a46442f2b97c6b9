"""The bytes that tie a ciphertext, key or signature to what it is for.

Every use of a key names its purpose and its context, so that nothing made for one
place is accepted in another.
"""

from __future__ import annotations

import orjson

from models.errors import InvalidInput


def bind(purpose: str, *parts: str | int | None) -> bytes:
    """Return `["estafette", purpose, parts...]` as compact JSON (RFC 8785).

    A JSON array of texts cannot be read in two ways, whatever the texts contain;
    joining with a separator could.

    Raises:
        InvalidInput: a part is not Unicode text.
    """
    try:
        return orjson.dumps(["estafette", purpose, *parts])
    except orjson.JSONEncodeError as error:
        raise InvalidInput(f"context of `{purpose}` is not plain text") from error
