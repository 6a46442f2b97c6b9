"""Recomputing the ledger from the command line, whole and altered."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from runtime.keys import ledger_verifier
from tests.cast import Cast
from tests.terminal import Terminal
from tests.world import World, eventually


@pytest.fixture
def terminal(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    made = Terminal(monkeypatch, capsys)
    made.enter(world)
    return made


@pytest.fixture(autouse=True)
def something_ordered(world: World, cast: Cast) -> None:
    world.do(cast.open_case())
    assert eventually(lambda: world.one("select count(*) from ledger_checkpoint"))


@contextmanager
def altered(world: World, change: str, back: str) -> Iterator[None]:
    """Do what no role of ours may do, and undo it."""
    with world.superuser() as connection:
        connection.execute(change.encode())
    try:
        yield
    finally:
        with world.superuser() as connection:
            connection.execute(back.encode())


def test_a_ledger_that_holds_says_what_that_proves_and_what_not(
    terminal: Terminal,
) -> None:
    document = terminal.run("ledger", "verify", "--json").document
    page = terminal.run("ledger", "verify")

    assert document["verified"] and document["size"] >= 1
    assert document["entries"] == document["size"] + document["uncovered"]
    assert document["waiting"] >= 0
    assert "This proves" in page.out and "It does not" in page.out


@pytest.mark.parametrize(
    ("change", "back"),
    [
        (
            "update ledger_entry set body = body || 'x'::bytea where seq = 0",
            "update ledger_entry set body = substr(body, 1, length(body) - 1)"
            " where seq = 0",
        ),
        (
            "update ledger_entry set seq = -1 where seq = 0",
            "update ledger_entry set seq = 0 where seq = -1",
        ),
    ],
    ids=["altered", "moved"],
)
def test_an_altered_or_moved_entry_is_named(
    terminal: Terminal, world: World, change: str, back: str
) -> None:
    with altered(world, change, back):
        answer = terminal.run("ledger", "verify", "--json")

    assert (answer.code, answer.error["error"]) == (8, "EntryAltered")
    assert "entry `0`" in answer.error["message"]
    assert terminal.run("ledger", "verify").code == 0


def test_without_the_public_key_nothing_is_called_verified(
    terminal: Terminal, world: World
) -> None:
    path: Path = world.settings.data / "ledger.vkey"
    held = path.read_text()
    path.unlink()
    try:
        answer = terminal.run("ledger", "verify", "--json")
    finally:
        path.write_text(held)

    assert (answer.code, answer.error["error"]) == (10, "NotConfigured")
    assert ledger_verifier(world.settings)
