"""Cosignatures as they are stored: each must still be one of a checkpoint of the log.

What does not verify counts for nothing in a note that comes from elsewhere. Here it was
checked before it was kept, so one that is wrong was altered, or its checkpoint was.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ledger.cosignature import verify_line, witness_key
from models.errors import EntryAltered

_EVIDENCE = "it is evidence of a rewritten log: ask that agency what its witness saw"


class Cosigned(NamedTuple):
    """A stored cosignature, with the witness's key and the checkpoint of its size."""

    agency: str
    size: int
    line: str
    key: bytes | None
    note: str | None


def verify_cosigned(stored: Iterable[Cosigned], origin: str) -> int:
    """Check stored cosignatures of the ledger called `origin`; return how many.

    Raises:
        EntryAltered: the message names the agency and the size that it cosigned.
    """
    count = 0
    for each in stored:
        count += 1
        what = f"`{each.agency}` cosigned `{each.size}` entries"
        if each.note is None:
            raise EntryAltered(
                f"{what}, and there is no such checkpoint", help=_EVIDENCE
            )
        if each.key is None:
            raise EntryAltered(f"{what}, and the key of its witness is gone")
        try:
            verify_line(
                each.note, each.line, witness_key(origin, each.agency, each.key)
            )
        except EntryAltered as error:
            raise EntryAltered(
                f"{what}, and does not bear out that checkpoint: {error.message}",
                help=_EVIDENCE,
            ) from error
    return count
