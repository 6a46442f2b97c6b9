"""Questions on pages: who holds the second key of an answer that waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from acts.next_steps import NextStep
from models.act_kinds import ActKind
from models.agencies import Officer, OfficerFunction


@dataclass(frozen=True)
class SecondKey:
    """An answer waits: for whose key, and whether that is the officer's who looks."""

    by: Sequence[OfficerFunction]
    ours: bool

    @property
    def acts(self) -> Sequence[ActKind]:
        """Return what the officer can do about it."""
        return (ActKind.HANDOFF_CONFIRM, ActKind.HANDOFF_DECLINE) if self.ours else ()


def second_key(steps: Sequence[NextStep], officer: Officer) -> SecondKey | None:
    """Return what a prepared answer waits for, if one does."""
    for each in steps:
        if each.act is ActKind.HANDOFF_CONFIRM:
            return SecondKey(each.by, bool(set(each.by) & officer.functions))
    return None
