"""The demo's play, watched: what it showed, and what a thief copied meanwhile."""

import io
from dataclasses import dataclass

import pytest
from rich.console import Console

from commands.demo.play import Play
from commands.demo.scenes import decision
from models.ids import ItemId
from tests.deeds.cast import Cast
from tests.running.world import DAY_SECONDS, World, eventually
from vault.values import Sealed, Signer, Wrap

Copy = tuple[ItemId, Sealed, Wrap, Signer]


@dataclass
class Played:
    """A played case, what was shown, and a thief's copy made before it was closed."""

    play: Play
    copies: list[Copy]

    @property
    def shown(self) -> str:
        """Return everything that the play printed, on one line."""
        assert isinstance(self.play.console.file, io.StringIO)
        return " ".join(self.play.console.file.getvalue().split())


def new_play(world: World, cast: Cast, patch: pytest.MonkeyPatch) -> Play:
    """Return a play whose waits are ours to do."""
    patch.setattr(decision, "_NODES_NEED", 0.0)  # we look again until it is so
    return Play(
        desk=world.desk,
        process=world.process(),
        clock=world.clock,
        day_seconds=DAY_SECONDS,
        officers=cast.officers,
        agencies=cast.agencies,
        console=Console(file=io.StringIO(), width=200),
    )


def settle(world: World, play: Play) -> None:
    """Wait until everything that fell due is destroyed and every node has done so."""
    today = play.desk.clock.now().date()
    due = (
        "select count(*) from retention_due"
        " where case_id = %s and state = 'waiting' and due_on <= %s"
    )
    still = "select count(*) from node_order where case_id = %s and state = 'open'"
    eventually(
        lambda: world.one(due, play.case, today) == world.one(still, play.case) == 0
    )


def copies_of(world: World, case: object) -> list[Copy]:
    """Return everything that somebody with the whole database could take away."""
    rows = world.rows(
        "select i.id, i.header, b.ciphertext, i.commitment, i.signature,"
        " k.giver, k.agency_id, k.case_key_id, k.wrapped,"
        " i.originator, a.certificates, i.sealed_at"
        " from item i join item_body b on b.item_id = i.id"
        " join item_key k on k.item_id = i.id join agency a on a.id = i.originator"
        " where i.case_id = %s and k.scope <> 'file'",
        case,
    )
    return [
        (
            ItemId(row[0]),
            Sealed(*row[1:5]),
            Wrap(str(row[0]), *row[5:9]),
            Signer(row[9], tuple(row[10]), row[11]),
        )
        for row in rows
    ]
