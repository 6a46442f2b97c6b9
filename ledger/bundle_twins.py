"""Twin records in a bundle: what both sides of a hand-off signed about its entries.

A record lies with the entry that proves the change, and names hand-off and entry by
that alone: what it signs is rebuilt, so no record fits another place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from ledger.bundle import SignedChange
from ledger.canonical import JsonValue, encode
from models.errors import EntryAltered
from models.twins import ASKERS, MOVES, Change, Side

Entry = dict[str, JsonValue]
Twins = Mapping[Side, SignedChange]
CheckWord = Callable[[SignedChange, bytes], bool]
"""Checks a record's signature over bytes: `EntryAltered` if it is wrong, False if the
key that the record names is not known."""


class Signed(NamedTuple):
    """An entry of a kind that was signed as a change, and whose signatures hold.

    `by` has both sides, one, or none if no key is known.
    """

    kind: str
    change: str
    by: tuple[str, ...]


@dataclass
class SignedSides:
    """Who signed the changes of hand-offs, over all entries that are shown.

    `unsigned` counts entries that move a hand-off and have no record here, `unchecked`
    records, by the agency whose key is not known.
    """

    by: Counter[Signed] = field(default_factory=Counter)
    unsigned: int = 0
    unchecked: Counter[str] = field(default_factory=Counter)
    _agencies: dict[tuple[str, Side], str] = field(default_factory=dict)
    _steps: dict[tuple[str, Side, int], tuple[str, str]] = field(default_factory=dict)

    def verify(self, entry: Entry, leaf: bytes, twins: Twins, check: CheckWord) -> None:
        """Verify the records of one entry, and count who signed.

        Raises:
            EntryAltered: the message says what differs.
        """
        handoff, kind = str(entry.get("handoff", "")), str(entry.get("kind"))
        if not twins:
            self.unsigned += bool(handoff) and kind in MOVES
            return
        change, signed = _change(twins, entry), []
        for side, word in sorted(twins.items(), reverse=True):
            said = _signed_bytes(word, handoff, side, leaf)
            self._place(word, handoff, side, said)
            if check(word, said):
                signed.append(word.agency)
            else:
                self.unchecked[word.agency] += 1
        self.by[Signed(kind, str(change), tuple(signed))] += 1

    def verify_order(self) -> None:
        """Check, at the end, that each side continues what it signed before.

        Raises:
            EntryAltered: it continues another record, or begins anew.
        """
        for (handoff, side, step), (previous, _) in self._steps.items():
            _, before = self._steps.get((handoff, side, step - 1), ("", previous))
            if previous != before or (step == 1) != (not previous):
                raise EntryAltered(
                    f"the {side}'s record of step `{step}` of hand-off `{handoff}`"
                    " does not continue the one before"
                )

    def _place(self, word: SignedChange, handoff: str, side: Side, said: bytes) -> None:
        """Keep what a side signed of a step: one agency, and once."""
        if self._agencies.setdefault((handoff, side), word.agency) != word.agency:
            raise EntryAltered(f"hand-off `{handoff}` has two agencies as {side}")
        place = handoff, side, word.step
        if place in self._steps:
            raise EntryAltered(
                f"the {side} of hand-off `{handoff}` signed step `{word.step}` twice"
            )
        self._steps[place] = word.previous, sha256(said).hexdigest()


def _change(twins: Twins, entry: Entry) -> Change:
    """Return the one change that records are of, about the entry of one of them."""
    words, acting = list(twins.values()), entry.get("agency")
    change = words[0].change
    if (
        not entry.get("handoff")
        or len({(each.step, each.change, each.at) for each in words}) > 1
        or (len(words) > 1 and acting not in {each.agency for each in words})
        or any(each.receipt and each.agency != acting for each in words)
        or not _is_theirs(change, twins, entry)
    ):
        raise EntryAltered(f"what was signed of entry `{entry.get('id')}` is another's")
    return change


def _is_theirs(change: Change, twins: Twins, entry: Entry) -> bool:
    """Tell whether that side acted whose change it is, and the asked one was asked."""
    actor = twins.get(Side.SENDER if change in ASKERS else Side.RECEIVER)
    if change is not Change.EXPIRED and actor and actor.agency != entry.get("agency"):
        return False
    asked, told = twins.get(Side.RECEIVER), entry.get("recipients")
    if change is not Change.OFFERED or asked is None:
        return True
    return isinstance(told, list) and asked.agency in told


def _signed_bytes(word: SignedChange, handoff: str, side: Side, leaf: bytes) -> bytes:
    """Return what an agency signed; docs/formats/twin.md has the array."""
    place: list[JsonValue] = [word.agency, handoff, word.step]
    change: list[JsonValue] = [str(word.change), str(side), word.at, leaf.hex()]
    seen: list[JsonValue] = [word.receipt, word.previous, word.signed_at]
    return encode(["estafette", "twin", "v1", *place, *change, *seen])
