"""Checkpoints: a signed tree head, as C2SP tlog-checkpoint writes it.

The note's text is three lines: origin (the name of the ledger, which is also the name
of its key), size in decimal, root in base64. More lines may follow; we write none.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

from ledger.signed_note import SignerKey, VerifierKey, open_note, sign_note, split_note
from models.errors import EntryAltered, InvalidInput

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_ROOT = re.compile(r"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=")


@dataclass(frozen=True)
class Checkpoint:
    """What the ledger called `origin` held at one moment: size and root (32 bytes)."""

    origin: str
    size: int
    root: bytes


def sign(checkpoint: Checkpoint, signer: SignerKey) -> str:
    """Return the checkpoint as a note signed by the ledger's key.

    Raises:
        InvalidInput: size or root is impossible, or `origin` is not the key's name.
    """
    if checkpoint.size < 0 or len(checkpoint.root) != 32:
        raise InvalidInput("checkpoint needs a size from 0 and a root of 32 bytes")
    if checkpoint.origin != signer.name:
        raise InvalidInput(f"key `{signer.name}` cannot sign for `{checkpoint.origin}`")
    root = base64.b64encode(checkpoint.root).decode()
    return sign_note(f"{checkpoint.origin}\n{checkpoint.size}\n{root}\n", signer)


def parse(note: str) -> Checkpoint:
    """Read a checkpoint *without* checking any signature; for display and sorting.

    Raises:
        EntryAltered: it is not a checkpoint.
    """
    return _read(split_note(note)[0])


def verify(note: str, key: VerifierKey) -> Checkpoint:
    """Read a checkpoint that the ledger's key has signed.

    Raises:
        EntryAltered: malformed, of another ledger, unsigned or wrongly signed.
    """
    checkpoint = _read(open_note(note, key))
    if checkpoint.origin != key.name:
        raise EntryAltered(f"checkpoint is of `{checkpoint.origin}`, not `{key.name}`")
    return checkpoint


def _read(text: str) -> Checkpoint:
    """Read the lines of a checkpoint, in their only spelling."""
    lines = text.split("\n")
    if len(lines) < 4 or not lines[0]:
        raise EntryAltered("checkpoint lacks origin, size or root")
    origin, size, root = lines[:3]
    if not _SIZE.fullmatch(size):
        raise EntryAltered(f"checkpoint size `{size}` is not a number")
    # 32 bytes leave two spare bits in the last character; they must be zero.
    if not _ROOT.fullmatch(root):
        raise EntryAltered(f"checkpoint root `{root}` is not 32 bytes of base64")
    return Checkpoint(origin, int(size), base64.b64decode(root))
