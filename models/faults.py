"""What is wrong with a form, in the words of who filled it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_WORDS: Mapping[str, str] = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "string_type": "must be words",
    "string_unicode": "has characters in it that are no text",
    "string_pattern_mismatch": "has not the form that it must have",
    "uuid_parsing": "is no id",
    "path_type": "must be a path",
    "model_type": "must have fields of its own",
    "model_attributes_type": "must have fields of its own",
    "dict_type": "must have fields of its own",
}
# Where several words of the library come to the same, how they begin.
_FAMILIES: Mapping[str, str] = {
    "date_": "must be a day, such as 1985-07-30",
    "int_": "must be a number",
    "float_": "must be a number",
    "bool_": "must be yes or no",
}


def faults(error: ValidationError) -> tuple[str, ...]:
    """Return each fault as `field` and what is wrong; never what was typed."""
    found = error.errors(include_input=False, include_url=False)
    return tuple(f"`{_field(each)}` {said(each)}" for each in to_mend(found))


def to_mend(found: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Return the faults without those that end by themselves once others are mended.

    A list with a wrong row counts as too short as well.
    """
    around = {each["loc"][:n] for each in found for n in range(len(each["loc"]))}
    return [
        each
        for each in found
        if each["type"] != "too_short" or each["loc"] not in around
    ]


def said(error: ErrorDetails) -> str:
    """Return what is wrong with one field, to be read after its name."""
    kind, context = error["type"], error.get("ctx", {})
    if kind in _WORDS:
        return _WORDS[kind]
    for family, words in _FAMILIES.items():
        if kind.startswith(family):
            return words
    return _measured(kind, context) or _as_we_said(error)


def _field(error: ErrorDetails) -> str:
    return ".".join(str(part) for part in error["loc"])


def _measured(kind: str, context: Mapping[str, Any]) -> str:
    if kind in ("enum", "literal_error"):
        return f"must be one of {context['expected']}"
    if kind in ("string_too_short", "too_short"):
        return "is empty" if context["min_length"] == 1 else "is too short"
    if kind in ("string_too_long", "too_long"):
        return f"is too long: at most {context['max_length']}"
    if kind == "greater_than_equal":
        return f"must be {context['ge']} or more"
    if kind == "less_than_equal":
        return f"must be {context['le']} or less"
    if kind == "greater_than":
        return f"must be more than {context['gt']}"
    return ""


def _as_we_said(error: ErrorDetails) -> str:
    reason = error["msg"].removeprefix("Value error, ")
    return f"is wrong: {reason[:1].lower()}{reason[1:]}"
