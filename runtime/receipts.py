"""The files in which nodes played here keep their receipts, one SQLite file each.

A receipt is one row, added by whoever acts, in a process of its own perhaps; the node
settles it. The journal is a write-ahead log that is put on the disk twice a second, by
the node: a process that is killed loses nothing, a machine that loses power loses what
came since. The log itself loses nothing by that.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import structlog

from ledger.receipts import Kept, Settled
from models.clock import stamp, stamped
from models.link import AlarmKind, NodeAlarm
from runtime.paths import DataDirectory
from runtime.sqlite_file import SqliteFile

FORMAT = 1

_SCHEMA = f"""
PRAGMA user_version = {FORMAT};
CREATE TABLE receipt (
    number INTEGER PRIMARY KEY,
    leaf BLOB NOT NULL,
    kept_at INTEGER NOT NULL,
    place INTEGER,
    size INTEGER
) STRICT;
CREATE INDEX unsettled ON receipt (number) WHERE place IS NULL;
CREATE TABLE alarm (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    leaf BLOB NOT NULL,
    since INTEGER NOT NULL,
    raised_at INTEGER NOT NULL,
    over_at INTEGER,
    told INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX alarm_of ON alarm (leaf);
CREATE INDEX untold ON alarm (number) WHERE NOT told;
"""
_RECENT = 100_000  # a file grows for good; a leaf is asked for within seconds

log = structlog.get_logger()


class Tally(NamedTuple):
    """How many receipts a file holds, how many are not settled, and since when."""

    kept: int
    unsettled: int
    oldest: datetime | None


class ReceiptFile:
    """Implements `ledger.receipts.Book`. Safe among threads and processes."""

    def __init__(self, path: Path) -> None:
        """Use the file at `path`; it is made when it is first needed."""
        self._file = SqliteFile(path, _SCHEMA, "receipts")

    def exists(self) -> bool:
        """Tell whether anything was ever kept."""
        return self._file.exists()

    def keep(self, leaves: Sequence[bytes], at: datetime) -> None:
        """Keep receipts, all or none.

        Raises:
            Unavailable: the disk takes nothing.
        """
        rows = [(leaf, stamp(at)) for leaf in leaves]
        with self._file.open() as file:
            file.executemany("INSERT INTO receipt (leaf, kept_at) VALUES (?, ?)", rows)

    def has(self, leaf: bytes) -> bool:
        """Tell whether a leaf is among the latest 100,000 receipts."""
        return bool(
            self._file.one(
                "SELECT count(*) FROM receipt WHERE leaf = ?"
                " AND number > (SELECT ifnull(max(number), 0) FROM receipt) - ?",
                *(leaf, _RECENT),
            )
        )

    def newest(self) -> int:
        """See `Book.newest`."""
        return int(
            self._file.one("SELECT max(number) FROM receipt WHERE place IS NULL") or 0
        )

    def unsettled(self, after: int, most: int) -> Sequence[Kept]:
        """See `Book.unsettled`."""
        return self._kept(
            "SELECT number, leaf, kept_at FROM receipt"
            " WHERE place IS NULL AND number > ? ORDER BY number LIMIT ?",
            *(after, most),
        )

    def settle(self, found: Sequence[Settled], at: datetime) -> None:
        """See `Book.settle`."""
        rows = [(each.place, each.size, each.number) for each in found]
        over = [(stamp(at), AlarmKind.RECEIPT, each.leaf) for each in found]
        with self._file.open() as file:
            file.executemany(
                "UPDATE receipt SET place = ?, size = ? WHERE number = ?", rows
            )
            file.executemany(
                "UPDATE alarm SET over_at = ?, told = 0"
                " WHERE kind = ? AND leaf = ? AND over_at IS NULL",
                over,
            )

    def overdue(self, before: datetime) -> Sequence[Kept]:
        """See `Book.overdue`."""
        return self._kept(
            "SELECT number, leaf, kept_at FROM receipt WHERE place IS NULL"
            " AND kept_at <= ? AND leaf NOT IN"
            " (SELECT leaf FROM alarm WHERE kind = ?) ORDER BY number",
            *(stamp(before), AlarmKind.RECEIPT),
        )

    def secure(self) -> None:
        """See `Book.secure`."""
        self._file.secure()

    def warn(self, alarms: Sequence[NodeAlarm], at: datetime) -> None:
        """See `Book.warn`."""
        with self._file.open() as file:
            file.executemany(
                "INSERT INTO alarm (kind, leaf, since, raised_at) SELECT ?1, ?2, ?3, ?4"
                " WHERE NOT EXISTS (SELECT 1 FROM alarm"
                " WHERE kind = ?1 AND leaf = ?2 AND over_at IS NULL)",
                [
                    (each.kind, each.leaf, stamp(each.since), stamp(at))
                    for each in alarms
                ],
            )

    def end(self, kind: AlarmKind, at: datetime, leaf: bytes = b"") -> None:
        """See `Book.end`."""
        with self._file.open() as file:
            file.execute(
                "UPDATE alarm SET over_at = ?, told = 0"
                " WHERE kind = ? AND leaf = ? AND over_at IS NULL",
                (stamp(at), kind, leaf),
            )

    def untold(self, most: int) -> Sequence[NodeAlarm]:
        """See `Book.untold`."""
        return self._alarms("WHERE NOT told ORDER BY number LIMIT ?", most)

    def told(self, alarms: Sequence[NodeAlarm]) -> None:
        """See `Book.told`."""
        with self._file.open() as file:
            file.executemany(
                "UPDATE alarm SET told = 1"
                " WHERE kind = ? AND leaf = ? AND since = ? AND over_at IS ?",
                [
                    (each.kind, each.leaf, stamp(each.since), _stamp_or_none(each))
                    for each in alarms
                ],
            )

    def alarms(self) -> Sequence[NodeAlarm]:
        """Return all alarms, oldest first."""
        return self._alarms("ORDER BY number")

    def tally(self) -> Tally:
        """Count what is here."""
        kept = int(self._file.one("SELECT count(*) FROM receipt") or 0)
        open_ = int(
            self._file.one("SELECT count(*) FROM receipt WHERE place IS NULL") or 0
        )
        oldest = self._file.one("SELECT min(kept_at) FROM receipt WHERE place IS NULL")
        return Tally(kept, open_, None if oldest is None else stamped(oldest))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _kept(self, query: str, *given: int | str) -> list[Kept]:
        with self._file.open() as file:
            rows = file.execute(query, given).fetchall()
        return [Kept(number, leaf, stamped(at)) for number, leaf, at in rows]

    def _alarms(self, rest: str, *given: int) -> list[NodeAlarm]:
        query = f"SELECT kind, leaf, since, over_at FROM alarm {rest}"  # noqa: S608
        with self._file.open() as file:
            rows = file.execute(query, given).fetchall()
        return [
            NodeAlarm(
                kind=AlarmKind(kind),
                leaf=leaf,
                since=stamped(since),
                over=None if over is None else stamped(over),
            )
            for kind, leaf, since, over in rows
        ]


class ReceiptFiles:
    """The receipts of each agency whose node's directory is on this machine."""

    def __init__(self, place: Callable[[str], DataDirectory]) -> None:
        """Find them in the directory that `place` returns for an agency."""
        self._place = place
        self._lock = threading.Lock()
        self._open: dict[str, ReceiptFile] = {}

    def of(self, agency: str) -> ReceiptFile:
        """Return the file of an agency."""
        with self._lock:
            if agency not in self._open:
                path = self._place(agency).receipts / f"{agency}.receipts"
                self._open[agency] = ReceiptFile(path)
            return self._open[agency]

    def keep(self, agency: str, leaves: Sequence[bytes]) -> None:
        """Keep what an agency's officer was handed, if its node is here.

        Raises:
            Unavailable: the disk takes nothing.
        """
        if not (self._place(agency).keyrings / f"{agency}.keyring").exists():
            # No node would ever look for what was kept here.
            log.warning("receipts_without_node", agency=agency)
            return
        self.of(agency).keep(leaves, datetime.now(UTC))


def _stamp_or_none(alarm: NodeAlarm) -> int | None:
    return None if alarm.over is None else stamp(alarm.over)
