"""Numbers of enterprises, establishments and persons: checked, normalised.

A number that holds is not a number that exists. Errors never repeat what was typed: a
national number may stand in any field by mistake.
"""

from __future__ import annotations

import re
from datetime import date

from stdnum.be import bis as bis_number
from stdnum.be import nn, vat
from stdnum.exceptions import InvalidChecksum, ValidationError

from models.errors import InvalidInput

_PUNCTUATION = re.compile(r"[\s.\-/]")
_ENTERPRISE = "enterprise number"
_ESTABLISHMENT = "establishment number"
_NATIONAL = "national number"


def parse_enterprise_number(text: str) -> str:
    """Return an enterprise number (BCE/KBO) as ten digits.

    Ten digits, the first 0 or 1; the last two are 97 minus the rest modulo 97. The
    letters BE of a VAT number may stand before it.

    Raises:
        InvalidInput: names what is wrong with it.
    """
    digits = _digits(re.sub(r"^\s*BE", "", text, flags=re.I), _ENTERPRISE, 10)
    if digits[0] not in "01":
        raise _wrong(_ENTERPRISE, f"it begins with {digits[0]} instead of 0 or 1")
    if not vat.is_valid(digits):
        raise _wrong(_ENTERPRISE, "its check digits are wrong")
    return digits


def parse_establishment_number(text: str) -> str:
    """Return an establishment unit number as ten digits.

    Ten digits, the first 2 to 8; checked like an enterprise number.

    Raises:
        InvalidInput: names what is wrong with it.
    """
    digits = _digits(text, _ESTABLISHMENT, 10)
    if digits[0] not in "2345678":
        raise _wrong(_ESTABLISHMENT, f"it begins with {digits[0]} instead of 2 to 8")
    # The remainder runs from 0 to 96, so the check runs from 97 down to 1.
    if 97 - int(digits[:8]) % 97 != int(digits[8:]):
        raise _wrong(_ESTABLISHMENT, "its check digits are wrong")
    return digits


def parse_national_number(text: str) -> str:
    """Return a national register or bis number as eleven digits.

    A bis number has its month raised by 20 or 40 and may have no month and day.

    Raises:
        InvalidInput: says what is wrong without repeating the number.
    """
    digits = _digits(text, _NATIONAL, 11)
    for kind in (nn, bis_number):
        try:
            return str(kind.validate(digits))
        except InvalidChecksum:
            raise _wrong(_NATIONAL, "its check digits are wrong") from None
        except ValidationError:
            continue
    raise _wrong(_NATIONAL, "its date of birth is not possible")


def may_be_born_on(national_number: str, day: date) -> bool:
    """Tell whether a number that holds may be of somebody born on a day.

    It begins with year, month and day; its check digits tell the century. Where the
    year, month or day was not known when it was given, it does not speak of them.
    """
    if (born := nn.get_birth_date(national_number)) is not None:
        return bool(born == day)
    year = nn.get_birth_year(national_number)
    month = nn.get_birth_month(national_number)
    return year in (None, day.year) and month in (None, day.month)


def _digits(text: str, what: str, length: int) -> str:
    digits = _PUNCTUATION.sub("", text)
    if not digits.isascii() or not digits.isdigit():
        raise _wrong(what, "it holds something other than digits")
    if len(digits) != length:
        raise _wrong(what, f"it has {len(digits)} digits instead of {length}")
    return digits


def _wrong(what: str, reason: str) -> InvalidInput:
    return InvalidInput(
        f"{what} is not valid: {reason}", help=f"check the {what} and type it again"
    )
