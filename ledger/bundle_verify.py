"""Verification of a bundle: no database, no network, one line in memory.

`docs/formats/verify_bundle.py` does the same by itself, for who trusts none of ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from hmac import digest

from ledger.bundle import (
    FORMAT,
    About,
    Document,
    End,
    Header,
    OpenedDocument,
    Opening,
    Shown,
    read,
    sealed_bytes,
)
from ledger.bundle_checkpoints import (
    CheckTimestamp,
    cosigned,
    stamped,
    verify_checkpoints,
)
from ledger.canonical import JsonValue, decode, encode
from ledger.checkpoint import Checkpoint
from ledger.erased import PAGE, Erasure, Part, erasure_in
from ledger.erased import ruling as ruling_part
from ledger.merkle import leaf_hash
from ledger.people import PEOPLE, commitments
from ledger.proofs import verify_inclusion
from ledger.signed_note import VerifierKey
from models.errors import EntryAltered

CheckSeal = Callable[[str, bytes, bytes], None]
"""Checks an agency's signature over bytes: `EstafetteError` if it is wrong."""


@dataclass
class Findings:
    """What held. `opened` counts officers who are named, `subjects` items that are.

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
# What this cannot show: that no other entry is about it, nor what a withheld one is
# about.


def verify_bundle(
    lines: Iterable[bytes],
    key: VerifierKey,
    check_seal: CheckSeal,
    check_timestamp: CheckTimestamp | None = None,
    witnesses: Sequence[VerifierKey] = (),
) -> Findings:
    """Verify a bundle from its lines; the checklist is above.

    Args:
        lines: the file, line by line, newlines included.
        key: the ledger's public key, obtained elsewhere than from the bundle's maker.
        check_seal: knows the public keys of agencies.
        check_timestamp: knows the certificates of authorities; None believes none.
        witnesses: the keys whose cosignatures are counted.

    Raises:
        EntryAltered: the message names the line or entry, and what differs.
    """
    stream = read(lines)  # (1)
    header = next(stream, None)
    if not isinstance(header, Header) or header.bundle != FORMAT:
        raise EntryAltered(f"the file is not a bundle of the format `{FORMAT}`")
    found = Findings(header, verify_checkpoints(header, key))  # (3) (4)
    found.erasures = dict(_erasures(found))  # (9)
    found.timestamps, found.unchecked = stamped(header, check_timestamp)  # (4)
    found.cosigned = cosigned(header, witnesses)  # (4)
    for line in stream:
        if isinstance(line, Shown):
            found.last = _verify_entry(line, found.last, found)
        elif isinstance(line, End):
            sealed = sealed_bytes(line.digest)
            check_seal(line.agency, sealed, _bytes(line.signature))  # (2)
            found.sealed_by = line.agency
    return found


def _verify_entry(line: Shown, last: int, found: Findings) -> int:
    """Verify one entry and return its number."""
    if line.seq <= last:  # (5)
        raise EntryAltered(f"entry `{line.seq}` comes after entry `{last}`")
    bare = Shown(seq=line.seq, leaf=line.leaf, proof=line.proof)
    if line.leaf and line != bare:
        raise EntryAltered(f"entry `{line.seq}` is withheld and yet shown")
    leaf = leaf_hash(line.body.encode()) if line.body else _bytes(line.leaf)
    _verify_included(found, line.seq, leaf, line.proof)  # (6)
    found.entries += 1
    if line.body:
        _verify_opened(line, found)
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


def _verify_erased(line: Shown, parts: Collection[str], found: Findings) -> None:
    leaf = leaf_hash(line.body.encode())
    for name, part in line.erased.items():
        said = found.erasures.get(part.by)
        if name not in parts or said is None or said.day != part.erased_on:
            raise EntryAltered(f"`{name}` of entry `{line.seq}` was not erased so")
        verify_inclusion(
            Part(leaf, name).hash,
            part.place,
            size=said.size,
            root=_bytes(said.root),
            proof=[bytes.fromhex(step) for step in part.proof],
        )
        found.erased[part.erased_on] += 1


def _entry(seq: int, body: bytes) -> dict[str, JsonValue]:
    entry = decode(body)
    if not isinstance(entry, dict):
        raise EntryAltered(f"entry `{seq}` is not an object")
    return entry


def _verify_opened(line: Shown, found: Findings) -> None:
    entry = _entry(line.seq, line.body.encode())
    bound, notes = dict(commitments(entry)), _notes(entry)
    for which, opening in line.opened.items():  # (7)
        _verify_opening(line.seq, bound, which, opening)
        found.opened += which in PEOPLE
        found.subjects += which not in PEOPLE
    parts = {*bound, *map(ruling_part, notes), *([PAGE] if entry.get("shown") else [])}
    _verify_erased(line, parts, found)  # (9)
    for ruling, document in line.rulings.items():
        act = str(entry.get("act") or entry.get("id"))
        given = {**document.document, "act": act}
        _check(line.seq, f"ruling `{ruling}`", notes.get(ruling), document, given)
        found.rulings += 1
    if line.page:
        said = entry.get("shown")
        _check(line.seq, "page", said, line.page, line.page.document)
        found.pages += 1
    if not _fits(entry, line, found.header.about):  # (8)
        raise EntryAltered(f"entry `{line.seq}` is not about what the bundle is about")


def _verify_opening(
    seq: int, bound: Mapping[str, str], name: str, opening: Opening
) -> None:
    if name not in bound:
        raise EntryAltered(f"entry `{seq}` commits to no `{name}`")
    found = digest(_bytes(opening.salt), opening.value.encode(), sha256).hex()
    if found != bound[name]:
        raise EntryAltered(f"`{name}` of entry `{seq}` is not `{opening.value}`")


def _check(
    seq: int, what: str, said: object, opened: OpenedDocument, given: Document
) -> None:
    found = digest(_bytes(opened.salt), encode(given), sha256).hex()  # type: ignore
    if said != found:
        raise EntryAltered(f"{what} is not what entry `{seq}` commits to")


def _notes(entry: dict[str, JsonValue]) -> Mapping[str, object]:
    """Return the commitments to rulings in an entry, by id."""
    notes = entry.get("rulings")
    return {
        str(note.get("id")): note.get("commitment")
        for note in (notes if isinstance(notes, list) else [])
        if isinstance(note, dict)
    }


def _fits(entry: dict[str, JsonValue], line: Shown, about: About) -> bool:
    day = str(entry.get("at"))[:10]
    people = {each.value for name, each in line.opened.items() if name in PEOPLE}
    return (
        about.case in ("", entry.get("case"))
        and (not about.item or about.item in _items(entry, line))
        and (not about.officer or about.officer in people)
        and (not about.since or about.since <= day)
        and (not about.until or day <= about.until)
    )


def _items(entry: dict[str, JsonValue], line: Shown) -> Iterator[str]:
    """Yield the items that an entry names, or that its page showed."""
    named = entry.get("items")
    yield from map(str, named if isinstance(named, list) else ())
    shown = line.page.document.get("items") if line.page else None
    for each in shown if isinstance(shown, list) else ():
        if isinstance(each, dict):
            yield str(each.get("item"))


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise EntryAltered(f"`{text[:20]}` is not hex") from error
