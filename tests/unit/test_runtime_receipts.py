"""The file of receipts: kept through a kill, by many at once, for its owner only."""

import os
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger.receipts import Settled
from models.errors import Unavailable
from runtime.paths import DataDirectory
from runtime.receipts import ReceiptFile, ReceiptFiles
from tests.running.servers import ROOT

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from runtime.receipts import ReceiptFile

book = ReceiptFile(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    leaf = bytes([int(sys.argv[3])]) + number.to_bytes(31, "big")
    book.keep([leaf], datetime.now(UTC))
    print(leaf.hex(), flush=True)
sys.stdin.read()
"""


def write(path: Path, count: int, mark: int) -> subprocess.Popen[str]:
    """Start a process that keeps receipts, says which, and waits."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(count), str(mark)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def said(writer: subprocess.Popen[str], count: int) -> list[str]:
    assert writer.stdout
    return [writer.stdout.readline().strip() for _ in range(count)]


def kept(path: Path) -> list[str]:
    return [each.leaf.hex() for each in ReceiptFile(path).unsettled(0, 10_000)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "receipts" / "tax.receipts"


def test_what_was_kept_outlives_a_process_that_is_killed(path: Path) -> None:
    with write(path, 50, 1) as writer:
        told = said(writer, 50)
        writer.send_signal(signal.SIGKILL)

    assert kept(path) == told
    assert len({*told}) == 50


def test_many_processes_keep_at_once_while_the_node_settles(path: Path) -> None:
    writers = [write(path, 40, mark) for mark in range(3)]
    book = ReceiptFile(path)
    settled: list[str] = []
    while len(settled) < 120 and all(each.poll() is None for each in writers):
        some = book.unsettled(0, 7)
        book.settle([Settled(each.number, each.leaf, 1, 2) for each in some], NOW)
        settled += [each.leaf.hex() for each in some]
    told = [leaf for writer in writers for leaf in said(writer, 40)]
    for writer in writers:
        writer.communicate()

    assert sorted(settled) == sorted(told)
    assert book.tally() == (120, 0, None)


def test_only_its_owner_reads_it_and_what_stands_beside_it(path: Path) -> None:
    book = ReceiptFile(path)
    book.keep([bytes(32)], NOW)

    for each in (path.parent, *path.parent.iterdir()):
        assert not each.stat().st_mode & 0o077, each


def test_a_settled_receipt_takes_little_room(path: Path) -> None:
    book = ReceiptFile(path)
    book.keep([os.urandom(32) for _ in range(5_000)], NOW)
    some = book.unsettled(0, 5_000)
    book.settle([Settled(n, leaf, n, 10**6) for n, leaf, _ in some], NOW)
    book.secure()
    with sqlite3.connect(path) as file:
        file.execute("vacuum")

    assert path.stat().st_size / 5_000 < 80


def test_a_disk_that_takes_nothing_keeps_nothing_back(path: Path) -> None:
    path.parent.write_text("no directory")

    with pytest.raises(Unavailable, match="kept"):
        ReceiptFile(path).keep([bytes(32)], NOW)


def test_receipts_are_kept_where_the_node_of_their_agency_is(tmp_path: Path) -> None:
    files = DataDirectory(tmp_path)
    files.keyrings.mkdir()
    (files.keyrings / "tax.keyring").touch()
    books = ReceiptFiles(lambda agency: files)

    books.keep("tax", [bytes(32)])
    books.keep("hub", [bytes(32)])

    assert books.of("tax").tally().kept == 1
    assert not books.of("hub").exists()
