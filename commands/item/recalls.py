"""Commands of `estafette item` by which an originator takes back what it gave."""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from acts import recalls
from acts.performing import Done
from acts.recalls import Correction
from acts.seat import Seat
from commands.terminal.files import read_document
from commands.terminal.options import ItemArgument, Who, grouped, text
from commands.terminal.output import lines, short, show, table
from commands.terminal.references import item_id
from commands.terminal.seats import act, look
from models.agencies import ReadReason
from models.control import RecallGround
from models.errors import InvalidInput
from models.recalls import RecallLine
from models.retention import OrderState

_Ground = Annotated[
    RecallGround, typer.Option(help="Why; everybody who holds the item is told.")
]


@grouped
def recall(item: ItemArgument, ground: _Ground, who: Who) -> None:
    """Take an item back that your agency gave (LVP art. 32 §3).

    From now on nobody else reads it, nor any excerpt of it. The node of every agency
    that holds it closes it and signs for that: see `estafette item recalls`.
    """
    act(who, lambda at: recalls.recall(at.desk, at.officer, item_id(at, item), ground))


@grouped
def correct(
    item: ItemArgument,
    ground: _Ground,
    who: Who,
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
    fresh = read_document(file) if file is not None else body or ""

    def deed(at: Seat) -> Awaitable[Done]:
        name = file.name if file is not None else ""
        correction = Correction(body=fresh, name=name, ground=ground)
        reader = at.reader(ReadReason.CHECKING)
        return recalls.correct(at.desk, reader, item_id(at, item), correction)

    act(who, deed)


@grouped
def recalls_(
    who: Who,
    item: Annotated[
        str | None, typer.Argument(metavar="ITEM", help="Only of this item.")
    ] = None,
) -> None:
    """List who gave recalled items back, and who has not yet.

    You see all holders of what your agency took back, and your own agency's part in
    what others took back.
    """
    found = look(
        who,
        lambda at: recalls.recalled(
            at.desk, at.reader(), None if item is None else item_id(at, item)
        ),
    )
    document = {"recalls": [line.model_dump(mode="json") for line in found]}
    late = sum(line.state is OrderState.OPEN for line in found)
    hint = f"{late} not given back yet" if late else ""
    show(document, _listed(found), lines(hint, "dim"), as_json=who.json)


def _listed(found: list[RecallLine]) -> RenderableType:
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
