"""Commands of `estafette item` by which an originator takes back what it gave."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from acts.offered.bodies import Corrected, RecallGiven
from commands.terminal.files import content
from commands.terminal.offices import look_in, order
from commands.terminal.options import Caller, ItemArgument, grouped, text
from commands.terminal.output import lines, short, show, table
from models.act_kinds import ActKind
from models.control import RecallGround
from models.errors import InvalidInput
from models.recalls import RecallLine
from models.retention import OrderState

_Ground = Annotated[
    RecallGround, typer.Option(help="Why; everybody who holds the item is told.")
]


@grouped
def recall(item: ItemArgument, ground: _Ground, who: Caller) -> None:
    """Take an item back that your agency gave (LVP art. 32 §3).

    From now on nobody else reads it, nor any excerpt of it. The node of every agency
    that holds it closes it and signs for that: see `estafette item recalls`.
    """
    order(who, ActKind.ITEM_RECALL, item, RecallGiven(ground=ground))


@grouped
def correct(
    item: ItemArgument,
    ground: _Ground,
    who: Caller,
    body: Annotated[str | None, text("--body", help="The corrected words.")] = None,
    file: Annotated[
        Path | None, typer.Option(metavar="PATH", help="The corrected document.")
    ] = None,
) -> None:
    """Give a corrected item to everybody who holds one of yours (LVP art. 32 §3).

    Give `--body` or `--file`. The old one is taken back, as by `item recall`; source
    and handling stay.
    """
    if (body is None) == (file is None):
        raise InvalidInput("give either `--body` or `--file`", help="one of the two")
    corrected = Corrected(**content(body, file), ground=ground)
    order(who, ActKind.ITEM_CORRECT, item, corrected)


@grouped
def recalls_(
    who: Caller,
    item: Annotated[
        str | None, typer.Argument(metavar="ITEM", help="Only of this item.")
    ] = None,
) -> None:
    """List who gave recalled items back, and who has not yet.

    You see all holders of what your agency took back, and your own agency's part in
    what others took back.
    """
    found = look_in(
        who,
        lambda office: office.recalls(
            None if item is None else office.id_of("item", item)
        ),
    )
    document = {"recalls": [line.model_dump(mode="json") for line in found]}
    late = sum(line.state is OrderState.OPEN for line in found)
    hint = f"{late} not given back yet" if late else ""
    show(document, _listed(found), lines(hint, "dim"), as_json=who.json)


def _listed(found: Sequence[RecallLine]) -> RenderableType:
    rows = (
        (
            short(line.item), line.agency, line.ground, line.state,
            line.ordered_at, line.done_at, line.signature[:16],
        )
        for line in found
    )  # fmt: skip
    return table("recalls", "item|held by|because|order|since|given back|signed", rows)


COMMANDS = (("recall", recall), ("correct", correct), ("recalls", recalls_))
"""Names and commands, for the noun."""
