"""The one byte form of a ledger entry: RFC 8785 (JCS) on a restricted type set.

Two programs that hold the same facts must hash the same bytes. Floats, big integers
and non-ASCII keys are where JSON encoders disagree, so they are refused here; for
what is left, `orjson` with sorted keys equals RFC 8785 (a property test says so).
"""

from __future__ import annotations

from typing import NamedTuple

import orjson

from models.errors import InvalidInput

JsonValue = None | bool | int | str | list["JsonValue"] | dict[str, "JsonValue"]

LARGEST_INTEGER = 2**53 - 1
"""RFC 8785 section 3.2.2.3: beyond this, JSON readers lose precision."""

DEEPEST_NESTING = 64
"""Deeper than any entry; keeps a hostile document from exhausting the stack."""

_SCALARS = frozenset({str, bool, type(None)})


def encode(value: JsonValue) -> bytes:
    """Return the canonical bytes of `value`.

    Allowed: None, bool, str, int within plus or minus 2**53 - 1, list, and dict with
    ASCII keys. Subclasses (enumerations, for instance) count as something else.

    Raises:
        InvalidInput: any other type, key or size, or text that is not Unicode.
    """
    _check(value, None, 0)
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as error:
        raise InvalidInput("text holds a lone surrogate") from error


def decode(body: bytes) -> JsonValue:
    """Return the value whose canonical form is exactly `body`.

    Bytes that parse but are not canonical are refused: spaces, unsorted or repeated
    keys and floats would let one leaf be read in two ways.

    Raises:
        InvalidInput: `body` is not JSON, or not canonical.
    """
    try:
        value: JsonValue = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise InvalidInput(f"entry is not JSON: {error}") from error
    if encode(value) != body:
        raise InvalidInput("entry is not in canonical form", help="see RFC 8785")
    return value


class _Step(NamedTuple):
    """Where a value stands: under a key or number of another; None under the root.

    A path is spelled when something is refused: long keys over long lists would cost
    their product.
    """

    above: _Step | None
    name: str | int

    def __str__(self) -> str:
        here = f"[{self.name}]" if isinstance(self.name, int) else f".{self.name}"
        return f"{self.above or '$'}{here}"


def _check(value: object, at: _Step | None, depth: int) -> None:
    """Raise for the first value there or below that has no single canonical form."""
    # Exact types: a bool is an int to isinstance, and a subclass may print otherwise.
    if type(value) in _SCALARS:
        return
    if type(value) is int:
        _check_integer(value, at)
    elif depth == DEEPEST_NESTING:
        raise InvalidInput(f"nesting at `{_spell(at)}` is too deep")
    elif type(value) is dict:
        for key, inner in value.items():
            _check_key(key, at)
            _check(inner, _Step(at, key), depth + 1)
    elif type(value) is list:
        for index, inner in enumerate(value):
            _check(inner, _Step(at, index), depth + 1)
    else:
        raise InvalidInput(f"value at `{_spell(at)}` is a `{type(value).__name__}`")


def _check_integer(value: int, at: _Step | None) -> None:
    """Raise for an integer that a JSON reader may round."""
    if abs(value) > LARGEST_INTEGER:
        raise InvalidInput(f"integer at `{_spell(at)}` is beyond 2**53 - 1")


def _check_key(key: object, at: _Step | None) -> None:
    """Raise unless `key` sorts alike in UTF-8 and UTF-16, which ASCII does."""
    if type(key) is not str or not key.isascii():
        raise InvalidInput(f"key `{key!r}` at `{_spell(at)}` is not ASCII text")


def _spell(at: _Step | None) -> str:
    return str(at or "$")
