"""Ruling on every row of a list, as if each item alone were read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from acts.desk import Desk
from acts.items.standing import ReadRuling, rule_on_read
from models.agencies import Reader
from models.events import Entry, RulingNote
from models.ids import CaseId, ItemId
from models.items import KnownItem
from models.rulings import Ruling
from storage import rulings
from storage.people import standing
from storage.people.standing import Standing
from storage.writing import Rows


class Ruled(NamedTuple):
    """An item and what policy answered to reading it."""

    known: KnownItem
    read: ReadRuling


class Bench:
    """Rules on the reads of one reader in one transaction.

    No rule may name a particular item: what is alike but for its id is ruled on once.
    `held` is what the reader is to cases, where that was found already.
    """

    def __init__(
        self,
        desk: Desk,
        connection: Connection,
        reader: Reader,
        held: Mapping[CaseId, Standing] | None = None,
    ) -> None:
        self._asking = (desk, connection, reader)
        self._given: dict[KnownItem, ReadRuling] = {}
        self._held = dict(held or {})

    def rule(self, items: Iterable[KnownItem]) -> list[Ruled]:
        """Rule on each item."""
        return [Ruled(each, self._rule(each)) for each in items]

    def readable(self, items: Iterable[KnownItem]) -> list[Ruled]:
        """Return the items that the reader may read; the others are not there."""
        return [each for each in self.rule(items) if each.read.ruling.allowed]

    def _rule(self, known: KnownItem) -> ReadRuling:
        alike = known.model_copy(update={"item": None})
        given = self._given.get(alike)
        if given is None or given.ruling.errors:  # an error may name the item it met
            given = self._given[alike] = self._ask(known)
        return given.model_copy(
            update={"ruling": _about(given.ruling, str(known.item))}
        )

    def _ask(self, known: KnownItem) -> ReadRuling:
        desk, connection, reader = self._asking
        case = known.case
        if case not in self._held:
            found = standing.find(connection, reader.officer, case, desk.today)
            self._held[case] = found
        return rule_on_read(*self._asking, known, self._held[case])


def _about(ruling: Ruling, item: str) -> Ruling:
    """Return the same ruling for an item that is alike."""
    facts = ruling.facts.model_copy(update={"item": item})
    return ruling.model_copy(update={"facts": facts})


def note_rulings(
    rows: Rows, ruled: Sequence[Ruled], entry: Entry
) -> dict[ItemId, RulingNote]:
    """Gather the rulings that an entry stands on, and return the note for each item.

    Items that are alike in all that rules look at share one stored ruling: its facts
    name the first of them.
    """
    stored: dict[Ruling, RulingNote] = {}
    notes = {}
    for known, read in ruled:
        alike = _about(read.ruling, "")
        if alike not in stored:
            stored[alike] = rulings.note(rows, read.ruling, entry)
        notes[known.item] = stored[alike]
    return notes
