"""A desk that was lent to one agency uses no other agency's keys."""

from collections.abc import Iterator, Mapping

import pytest

from acts.desk import Desk
from models.errors import KeyUnknown
from models.ids import AgencyId
from vault.node import Node


class Drawers(Mapping[str, Node]):
    """Nodes that note whose keyring was opened."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def __getitem__(self, agency: str) -> Node:
        self.opened.append(agency)
        return agency  # type: ignore[return-value]  # as good as a node here

    def __iter__(self) -> Iterator[str]:
        return iter(["town", "tax"])

    def __len__(self) -> int:
        return 2


def desk_at(nodes: Mapping[str, Node], own: str | None) -> Desk:
    rest = [None] * 4
    return Desk(
        None,  # type: ignore[arg-type]
        None,  # type: ignore[arg-type]
        nodes,
        *rest,  # type: ignore[arg-type]
        own=AgencyId(own) if own else None,
    )


def test_a_desk_opens_its_own_agencys_keyring_and_no_other() -> None:
    drawers = Drawers()
    desk = desk_at(drawers, "town")

    with pytest.raises(KeyUnknown, match="`tax`"):
        desk.node("tax")
    assert drawers.opened == []
    assert desk.node("town")
    assert set(drawers.opened) == {"town"}


def test_a_node_that_is_not_here_is_unknown() -> None:
    with pytest.raises(KeyUnknown, match="`town`"):
        desk_at({}, "town").node("town")


def test_the_demos_play_sits_at_every_desk() -> None:
    desk = desk_at(Drawers(), None)

    assert desk.node("town") != desk.node("tax")
