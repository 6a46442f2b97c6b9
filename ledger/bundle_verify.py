"""Verification of a bundle: no database, no network, one line in memory.

`docs/formats/verify_bundle.py` does the same by itself, for who trusts none of ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from ledger.bundle import (
    FORMAT,
    End,
    Header,
    Shown,
    SignedChange,
    read,
    sealed_bytes,
)
from ledger.bundle_checkpoints import (
    CheckTimestamp,
    cosigned,
    stamped,
    verify_checkpoints,
)
from ledger.bundle_opened import (
    bytes_of,
    verify_about,
    verify_erased,
    verify_opened,
)
from ledger.bundle_twins import SignedSides
from ledger.canonical import JsonValue, decode
from ledger.checkpoint import Checkpoint
from ledger.erased import Erasure, erasure_in
from ledger.merkle import leaf_hash
from ledger.people import PEOPLE
from ledger.proofs import verify_inclusion
from ledger.signed_note import VerifierKey
from models.errors import EntryAltered, InvalidInput


class Keys(Protocol):
    """What a bundle is verified with, obtained elsewhere than from its maker.

    Attributes:
        ledger: the ledger's public key.
        witnesses: the keys whose cosignatures are counted.
        check_timestamp: knows the certificates of authorities; None believes none.
    """

    @property
    def ledger(self) -> VerifierKey:
        """Return the ledger's public key."""

    @property
    def witnesses(self) -> Sequence[VerifierKey]:
        """Return the keys whose cosignatures are counted."""

    @property
    def check_timestamp(self) -> CheckTimestamp | None:
        """Return how timestamps are checked; None believes none."""

    def check_seal(self, agency: str, data: bytes, signature: bytes) -> None:
        """Check an agency's signature over bytes: `EntryAltered` if it is wrong."""

    def check_word(self, word: SignedChange, data: bytes) -> bool:
        """Check a record of a hand-off; see `ledger.bundle_twins.CheckWord`."""


@dataclass
class Findings:
    """What held. `opened` counts officers who are named, `subjects` items that are.

    `sides` says who signed the changes of hand-offs.

    `erased` says how many parts were erased on which day.

    `timestamps` are by the size of the checkpoint; without an authority that is
    believed they are not looked at, and count as `unchecked`. `cosigned` says which
    agencies' witnesses saw the checkpoint of a size; `last` is the last entry's number.
    """

    header: Header
    checkpoint: Checkpoint
    sealed_by: str = ""
    entries: int = 0
    withheld: int = 0
    opened: int = 0
    subjects: int = 0
    erased: Counter[str] = field(default_factory=Counter)
    rulings: int = 0
    pages: int = 0
    timestamps: dict[int, datetime] = field(default_factory=dict)
    unchecked: int = 0
    erasures: dict[int, Erasure] = field(default_factory=dict)
    cosigned: dict[int, list[str]] = field(default_factory=dict)
    last: int = -1
    sides: SignedSides = field(default_factory=SignedSides)


# The checklist. Each step below repeats its number.
#   (1) The file is whole: header, entries, end, each line in its one spelling; the end
#       counts and hashes the rest.
#   (2) The agency that made it signed the end.
#   (3) The checkpoint is signed by the ledger's key and names that ledger.
#   (4) Each earlier checkpoint too, and the checkpoint continues it; its timestamp is
#       over it and of an authority that is believed, if one is.
#       Cosignatures of witnesses are counted; a wrong one counts for nothing.
#   (5) Entries come in the order of their numbers, none twice.
#   (6) Each entry's leaf is under the checkpoint's root, at its number.
#   (7) What is opened is what the entry commits to: officers, items, rulings, the page.
#   (8) Each entry is about what the header says.
#   (9) What is erased is a part of its entry, and covered by an entry under the same
#       root that says so, on that day.
#  (10) What the sides of a hand-off signed is one change of it, with this entry, which
#       is of one of them. Each side is one agency, signs a step once, and goes on from
#       its record of the step before, if that is here; its signature holds, if the
#       key that it names is given.
# What this cannot show: that no other entry is about it, nor what a withheld one is
# about; nor that a side did not sign whose record is not here.


def verify_bundle(lines: Iterable[bytes], keys: Keys) -> Findings:
    """Verify a bundle from its lines, newlines included; the checklist is above.

    Raises:
        EntryAltered: the message names the line or entry, and what differs.
    """
    stream = read(lines)  # (1)
    header = next(stream, None)
    if not isinstance(header, Header) or header.bundle != FORMAT:
        raise EntryAltered(f"the file is not a bundle of the format `{FORMAT}`")
    found = Findings(header, verify_checkpoints(header, keys.ledger))  # (3) (4)
    found.erasures = dict(_erasures(found))  # (9)
    found.timestamps, found.unchecked = stamped(header, keys.check_timestamp)  # (4)
    found.cosigned = cosigned(header, keys.witnesses)  # (4)
    for line in stream:
        if isinstance(line, Shown):
            found.last = _verify_entry(line, found, keys)
        elif isinstance(line, End):
            sealed = sealed_bytes(line.digest)
            keys.check_seal(line.agency, sealed, bytes_of(line.signature))  # (2)
            found.sealed_by = line.agency
    found.sides.verify_order()  # (10)
    return found


def _verify_entry(line: Shown, found: Findings, keys: Keys) -> int:
    """Verify one entry and return its number."""
    if line.seq <= found.last:  # (5)
        raise EntryAltered(f"entry `{line.seq}` comes after entry `{found.last}`")
    bare = Shown(seq=line.seq, leaf=line.leaf, proof=line.proof)
    if line.leaf and line != bare:
        raise EntryAltered(f"entry `{line.seq}` is withheld and yet shown")
    leaf = leaf_hash(line.body.encode()) if line.body else bytes_of(line.leaf)
    _verify_included(found, line.seq, leaf, line.proof)  # (6)
    found.entries += 1
    if line.body:
        _verify_shown(line, found, keys)
    else:
        found.withheld += 1
    return line.seq


def _verify_included(
    found: Findings, seq: int, leaf: bytes, proof: tuple[str, ...]
) -> None:
    verify_inclusion(
        leaf,
        seq,
        size=found.checkpoint.size,
        root=found.checkpoint.root,
        proof=[bytes.fromhex(step) for step in proof],
    )


def _erasures(found: Findings) -> Iterator[tuple[int, Erasure]]:
    """Yield what the entries of the header erased, by their numbers."""
    for each in found.header.erasures:
        body = each.body.encode()
        _verify_included(found, each.seq, leaf_hash(body), each.proof)
        said = erasure_in(_entry(each.seq, body))
        if said is None:
            raise EntryAltered(f"entry `{each.seq}` erased nothing")
        yield each.seq, said


_ALWAYS = ("id", "at", "agency", "kind")


def _entry(seq: int, body: bytes) -> dict[str, JsonValue]:
    try:
        entry = decode(body)
    except InvalidInput as error:
        raise EntryAltered(f"entry `{seq}` is not canonical") from error
    if not isinstance(entry, dict) or not all(
        isinstance(entry.get(name), str) for name in _ALWAYS
    ):
        raise EntryAltered(f"entry `{seq}` is none of a ledger")
    return entry


def _verify_shown(line: Shown, found: Findings, keys: Keys) -> None:
    body = line.body.encode()
    entry = _entry(line.seq, body)
    verify_opened(line, entry)  # (7)
    verify_about(line, entry, found.header.about)  # (8)
    verify_erased(line, entry, found.erasures)  # (9)
    found.sides.verify(entry, leaf_hash(body), line.twins, keys.check_word)  # (10)
    people = sum(name in PEOPLE for name in line.opened)
    found.opened += people
    found.subjects += len(line.opened) - people
    found.rulings += len(line.rulings)
    found.pages += line.page is not None
    found.erased.update(part.erased_on for part in line.erased.values())
