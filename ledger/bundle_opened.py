"""What stands behind the commitments of one entry in a bundle, or was erased."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from hmac import digest

from ledger.bundle import About, Document, OpenedDocument, Opening, Shown
from ledger.canonical import JsonValue, encode
from ledger.erased import PAGE, Erasure, Part, ruling
from ledger.merkle import leaf_hash
from ledger.people import PEOPLE, commitments
from ledger.proofs import verify_inclusion
from models.errors import EntryAltered

Entry = dict[str, JsonValue]


def verify_opened(line: Shown, entry: Entry) -> None:
    """Check that officers, items, rulings and the page are what an entry commits to.

    Raises:
        EntryAltered: the message names the part and the entry.
    """
    bound, notes = dict(commitments(entry)), _notes(entry)
    for which, opening in line.opened.items():
        _verify_opening(line.seq, bound, which, opening)
    for cited, kept in line.rulings.items():
        act = str(entry.get("act") or entry.get("id"))
        given = {**kept.document, "act": act}
        _check(line.seq, f"ruling `{cited}`", notes.get(cited), kept, given)
    if line.page:
        said = entry.get("shown")
        _check(line.seq, "page", said, line.page, line.page.document)


def verify_erased(line: Shown, entry: Entry, erasures: Mapping[int, Erasure]) -> None:
    """Check that each erased part is one of the entry, and erased on that day so.

    Raises:
        EntryAltered: the message names the part and the entry.
    """
    leaf, parts = leaf_hash(line.body.encode()), {*dict(commitments(entry))}
    parts |= {*map(ruling, _notes(entry)), *([PAGE] if entry.get("shown") else [])}
    for name, part in line.erased.items():
        said = erasures.get(part.by)
        if name not in parts or said is None or said.day != part.erased_on:
            raise EntryAltered(f"`{name}` of entry `{line.seq}` was not erased so")
        verify_inclusion(
            Part(leaf, name).hash,
            part.place,
            size=said.size,
            root=bytes_of(said.root),
            proof=[bytes.fromhex(step) for step in part.proof],
        )


def verify_about(line: Shown, entry: Entry, about: About) -> None:
    """Check that an entry is about what the bundle is about.

    Raises:
        EntryAltered: the message names the entry.
    """
    if not _fits(entry, line, about):
        raise EntryAltered(f"entry `{line.seq}` is not about what the bundle is about")


def bytes_of(text: str) -> bytes:
    """Return the bytes of hex.

    Raises:
        EntryAltered: it is no hex.
    """
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise EntryAltered(f"`{text[:20]}` is not hex") from error


def _verify_opening(
    seq: int, bound: Mapping[str, str], name: str, opening: Opening
) -> None:
    if name not in bound:
        raise EntryAltered(f"entry `{seq}` commits to no `{name}`")
    found = digest(bytes_of(opening.salt), opening.value.encode(), sha256).hex()
    if found != bound[name]:
        raise EntryAltered(f"`{name}` of entry `{seq}` is not `{opening.value}`")


def _check(
    seq: int, what: str, said: object, opened: OpenedDocument, given: Document
) -> None:
    found = digest(bytes_of(opened.salt), encode(given), sha256).hex()  # type: ignore
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
