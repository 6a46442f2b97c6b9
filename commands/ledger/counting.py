"""How many of the witnesses in a file of keys saw what is verified, and which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Witnessed:
    """Which agencies' witnesses cosigned a checkpoint, by its size, of how many.

    `last` is the number of the last entry that is shown; none is, of tiles alone.
    """

    cosigned: Mapping[int, Sequence[str]]
    known: int
    last: int = -1

    @property
    def rows(self) -> list[tuple[str, object]]:
        """Return it for people."""
        if not self.known:
            return [("witnesses", "not counted: KEYS has no key of a witness")]
        if not self.cosigned:
            return [("witnesses", f"none of the {self.known} in KEYS saw any of this")]
        return [
            ("witnesses", f"{len(names)} of {self.known} saw {self._part(size, names)}")
            for size, names in sorted(self.cosigned.items())
        ]

    @property
    def document(self) -> dict[str, object]:
        """Return it for programs."""
        return {
            "witnesses": self.known,
            "cosigned": [
                {"size": size, "by": names, "covers_all": size > self.last}
                for size, names in sorted(self.cosigned.items())
            ],
        }

    def _part(self, size: int, names: Sequence[str]) -> str:
        part = "" if self.last < 0 else ", so all of these"
        if size <= self.last:
            part = ", not all of these"
        return f"the first {size} entries{part}: {', '.join(names)}"
