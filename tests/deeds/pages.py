"""The entries of pages that tests let officers see."""

from typing import Any

from tests.oracles.evidence import entries
from tests.running.world import World


class Pages:
    """The entries of pages that were shown since this was made."""

    def __init__(self, world: World) -> None:
        """Take note of what was shown before."""
        self._world = world
        self._before = {e["id"] for e in self._all()}

    def entries(self) -> list[dict[str, Any]]:
        """Return the entries."""
        return [e for e in self._all() if e["id"] not in self._before]

    def shown(self, entry: dict[str, Any]) -> dict[str, Any]:
        """Return what lies beside the entry of a page."""
        query = "select shown from list_page where entry_id = %s"
        return dict(self._world.one(query, entry["id"]))

    def _all(self) -> list[dict[str, Any]]:
        return [e for e in entries(self._world) if e["kind"] == "list.shown"]
