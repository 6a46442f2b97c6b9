"""Numbers of enterprises, establishments and persons: parsed, checked, normalised.

A number that holds is not a number that exists. Errors never echo a national number.
"""

from __future__ import annotations

import re

from stdnum.be import bis as bis_numbers
from stdnum.be import nn, vat
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

from models.errors import InvalidInput

_PUNCTUATION = re.compile(r"[\s.\-/]")


def parse_enterprise_number(text: str) -> str:
    """Return an enterprise number (BCE/KBO) as ten digits.

    Ten digits, the first 0 or 1; the last two are 97 minus the rest modulo 97.

    Raises:
        InvalidInput: names what is wrong with it.
    """
    digits = _digits(text, "enterprise number", 10)
    if digits[0] not in "01":
        raise _wrong("enterprise number", f"`{text}` does not begin with 0 or 1")
    if not vat.is_valid(digits):
        raise _wrong("enterprise number", f"the check digits of `{text}` are wrong")
    return digits


def parse_establishment_number(text: str) -> str:
    """Return an establishment unit number as ten digits.

    Ten digits, the first 2 to 8; checked like an enterprise number.

    Raises:
        InvalidInput: names what is wrong with it.
    """
    digits = _digits(text, "establishment number", 10)
    if digits[0] not in "2345678":
        raise _wrong("establishment number", f"`{text}` does not begin with 2 to 8")
    if 97 - int(digits[:8]) % 97 != int(digits[8:]):
        raise _wrong("establishment number", f"the check digits of `{text}` are wrong")
    return digits


def parse_national_number(text: str) -> str:
    """Return a national register or bis number as eleven digits.

    Raises:
        InvalidInput: says what is wrong without repeating the number.
    """
    digits = _digits(text, "national number", 11, echo=False)
    for kind in (nn, bis_numbers):
        try:
            return str(kind.validate(digits))
        except InvalidChecksum:
            raise _wrong("national number", "its check digits are wrong") from None
        except (InvalidLength, ValidationError):
            continue
    raise _wrong("national number", "its date of birth is not possible")


def format_enterprise_number(digits: str) -> str:
    """Return `0xxx.xxx.xxx`."""
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"


def _digits(text: str, what: str, length: int, *, echo: bool = True) -> str:
    digits = _PUNCTUATION.sub("", text)
    shown = f"`{text}`" if echo else "it"
    if not digits.isascii() or not digits.isdigit():
        raise _wrong(what, f"{shown} holds something other than digits")
    if len(digits) != length:
        raise _wrong(what, f"{shown} has {len(digits)} digits instead of {length}")
    return digits


def _wrong(what: str, reason: str) -> InvalidInput:
    return InvalidInput(
        f"{what} is not valid: {reason}", help=f"check the {what} and type it again"
    )
