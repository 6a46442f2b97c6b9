"""Honey records: items that nobody has a task with, watched by auditors."""

from __future__ import annotations

from datetime import datetime

from models.ids import ItemId
from models.values import Value


class Honey(Value):
    """An item that is watched, from an instant until it is lifted; legal time."""

    item: ItemId
    set_at: datetime
    lifted_at: datetime | None = None

    def watches(self, at: datetime) -> bool:
        """Tell whether it was watched at an instant."""
        return self.set_at <= at and (self.lifted_at is None or at < self.lifted_at)
