"""Why somebody reads, as a form says it."""

from __future__ import annotations

from models.agencies import ReadReason
from models.errors import InvalidInput


def reason_given(said: str) -> ReadReason:
    """Return the reason that was chosen.

    Raises:
        InvalidInput: nobody said why.
    """
    if said not in set(ReadReason):
        raise InvalidInput("why you read it is not said", help="go back and choose why")
    return ReadReason(said)
