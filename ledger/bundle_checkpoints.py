"""The checkpoints of a bundle: who signed, who stamped and who saw which."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from datetime import datetime

from ledger.bundle import Header
from ledger.checkpoint import Checkpoint, parse, verify
from ledger.cosignature import agency_of, cosigners
from ledger.proofs import verify_consistency
from ledger.signed_note import VerifierKey
from models.errors import EntryAltered

CheckTimestamp = Callable[[bytes, str], datetime]
"""Checks a reply of RFC 3161 over a checkpoint: `EntryAltered` if it is wrong."""


def verify_checkpoints(header: Header, key: VerifierKey) -> Checkpoint:
    """Check that the ledger signed each, and that the latest continues the others.

    Raises:
        EntryAltered: it did not, or one is of another history.
    """
    latest = verify(header.checkpoint, key)
    for each in header.earlier:
        before = verify(each.checkpoint, key)
        verify_consistency(
            before.size,
            latest.size,
            old_root=before.root,
            new_root=latest.root,
            proof=[bytes.fromhex(step) for step in each.proof],
        )
    return latest


def stamped(
    header: Header, check: CheckTimestamp | None
) -> tuple[dict[int, datetime], int]:
    """Return when which size was stamped, and how many stamps nobody checked.

    Raises:
        EntryAltered: a stamp is wrong.
    """
    stamps = [each for each in header.earlier if each.timestamp]
    if check is None:
        return {}, len(stamps)
    return {
        parse(each.checkpoint).size: check(_base64(each.timestamp), each.checkpoint)
        for each in stamps
    }, 0


def cosigned(header: Header, witnesses: Sequence[VerifierKey]) -> dict[int, list[str]]:
    """Return the agencies whose witnesses saw a checkpoint, by its size.

    Two notes of one size are one checkpoint: `verify_checkpoints` says so.
    """
    seen: dict[int, set[str]] = {}
    for note in (header.checkpoint, *(each.checkpoint for each in header.earlier)):
        if names := cosigners(note, witnesses):
            seen.setdefault(parse(note).size, set()).update(map(agency_of, names))
    return {size: sorted(names) for size, names in sorted(seen.items())}


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise EntryAltered(f"`{text[:20]}` is not base64") from error
