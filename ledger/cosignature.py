"""Cosignatures: a witness says when it saw which checkpoint (C2SP cosignature/v1).

The signed message is a line that names the format, a line with the time, and the
checkpoint's text. On the note, a cosignature is one more signature line.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ledger.signed_note import (
    COSIGNATURE,
    VerifierKey,
    signature_line,
    split_note,
)
from models.errors import EntryAltered

_WITNESS = "/witness/"
_TIME = 8
"""Bytes of the time before the signature: seconds since 1970, big-endian."""


def witness_key(origin: str, agency: str, public: bytes) -> VerifierKey:
    """Return the key under which an agency cosigns the ledger called `origin`."""
    return VerifierKey(f"{origin}{_WITNESS}{agency}", public, COSIGNATURE)


def agency_of(name: str) -> str:
    """Return the agency in the name of a witness's key."""
    return name.rpartition(_WITNESS)[2]


def message(note: str, at: int) -> bytes:
    """Return what a witness signs that saw a checkpoint at `at` (seconds since 1970).

    Raises:
        EntryAltered: it is not a signed note.
    """
    text, _ = split_note(note)
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def line(key: VerifierKey, at: int, signature: bytes) -> str:
    """Return the signature line of a cosignature, without its end."""
    return signature_line(key, at.to_bytes(_TIME, "big") + signature)


def add(note: str, lines: Iterable[str]) -> str:
    """Return the note with more signature lines."""
    return note + "".join(f"{each}\n" for each in lines)


def verify(note: str, key: VerifierKey) -> int:
    """Check that a witness cosigned a checkpoint, and return when.

    Raises:
        EntryAltered: malformed, not cosigned by `key`, or a cosignature is wrong.
    """
    times = [
        _check(note, key, signed)
        for name, key_id, signed in split_note(note)[1]
        if (name, key_id) == (key.name, key.key_id)
    ]
    if not times:
        raise EntryAltered(f"checkpoint is not cosigned by `{key.name}`")
    return max(times)


def verify_line(note: str, said: str, key: VerifierKey) -> int:
    """Check one signature line, as a witness hands it over, and return its time.

    Raises:
        EntryAltered: it is not one line, or not a cosignature of this note by `key`.
    """
    if "\n" in said:
        raise EntryAltered("a cosignature is one line")
    text, _ = split_note(note)
    return verify(f"{text}\n{said}\n", key)


def cosigners(note: str, keys: Iterable[VerifierKey]) -> list[str]:
    """Return the names of the keys that cosigned, each once; what is wrong is left out.

    A checkpoint counts when these are as many as the reader asks for.
    """
    known, found = {(key.name, key.key_id): key for key in keys}, set()
    for name, key_id, signed in split_note(note)[1]:
        if key := known.get((name, key_id)):
            with suppress(EntryAltered):
                _check(note, key, signed)
                found.add(name)
    return sorted(found)


def _check(note: str, key: VerifierKey, signed: bytes) -> int:
    """Return the time of one cosignature, once its signature has been checked."""
    at = int.from_bytes(signed[:_TIME], "big")
    try:
        public = Ed25519PublicKey.from_public_bytes(key.public)
        public.verify(signed[_TIME:], message(note, at))
    except (InvalidSignature, ValueError) as error:
        raise EntryAltered(f"cosignature of `{key.name}` is wrong") from error
    if at >> 63:
        raise EntryAltered(f"cosignature of `{key.name}` has an impossible time")
    return at
