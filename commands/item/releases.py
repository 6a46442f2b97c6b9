"""Commands of `estafette item` about letting an item go on to one more agency."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from acts import releases
from acts.performing import Done
from acts.releases import Conditions, Wish
from acts.seat import Seat
from commands.terminal.files import read_document
from commands.terminal.options import (
    HandoffArgument,
    ItemArgument,
    Who,
    day,
    grouped,
    text,
)
from commands.terminal.references import act_on, handoff_id, item_id
from commands.terminal.seats import act
from models.agencies import ReadReason
from models.control import Denial
from models.errors import InvalidInput
from models.handling import HandlingCode
from models.ids import AgencyId, HandoffId


@dataclass(frozen=True)
class WishOptions:
    """Who shall have the item too, for which question, and why."""

    to: Annotated[str, typer.Option(metavar="AGENCY", help="Which agency needs it.")]
    for_: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="HANDOFF",
            help="The open question between that agency and yours that it serves.",
        ),
    ]
    reasons: Annotated[str, text("--reasons", help="Why; sealed for the originator.")]

    def build(self, at: Seat, item: str) -> Wish:
        """Return the wish with ids in full."""
        return Wish(
            item=item_id(at, item),
            to=AgencyId(self.to),
            serves=handoff_id(at, self.for_),
            reasons=self.reasons,
        )


@dataclass(frozen=True)
class ConditionOptions:
    """How less than the whole is granted; nothing given: the whole, as it is."""

    words: Annotated[
        str | None, text("--text", help="An excerpt, in the place of the whole.")
    ] = None
    file: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="A document in the place of the whole."),
    ] = None
    code: Annotated[
        HandlingCode | None,
        typer.Option(help="A stricter handling code.", case_sensitive=False),
    ] = None
    expires_on: Annotated[
        date | None, day("--expires-on", help="Last day on which it may be read there.")
    ] = None

    def build(self) -> Conditions:
        """Return the conditions.

        Raises:
            InvalidInput: both words and a document were given.
        """
        if self.words is not None and self.file is not None:
            raise InvalidInput(
                "give either `--text` or `--file`", help="one item is one of the two"
            )
        body = read_document(self.file) if self.file is not None else self.words
        name = self.file.name if self.file is not None else ""
        return Conditions(
            body=body, name=name, code=self.code, expires_on=self.expires_on
        )


@grouped
def request_release(item: ItemArgument, wish: WishOptions, who: Who) -> None:
    """Ask the agency that gave an item to let one more agency read it (LVP 29 §3).

    Nobody else can: only the node of that agency makes a key for it. You learn whether
    it was granted, denied or left without an answer; silence grants nothing.
    """

    def deed(at: Seat) -> Awaitable[Done]:
        return releases.request(at.desk, at.officer, wish.build(at, item))

    act(who, deed)


@grouped
def grant(handoff: HandoffArgument, given: ConditionOptions, who: Who) -> None:
    """Let one more agency read an item of yours, as a request asks.

    Without options it gets the item itself. With an excerpt, a stricter code or a last
    day it gets an item of its own in that one's place. Receive the request first.
    """
    conditions = given.build()

    def deed(at: Seat, it: HandoffId) -> Awaitable[Done]:
        reader = at.reader(ReadReason.ANSWERING)
        return releases.grant(at.desk, reader, it, conditions)

    act_on(who, handoff, deed)


@grouped
def deny(
    handoff: HandoffArgument,
    word: Annotated[Denial, typer.Option(help="Why, in a word of the list.")],
    reasons: Annotated[str, text("--reasons", help="Why; sealed for who asked.")],
    who: Who,
) -> None:
    """Keep an item of yours where it is, with reasons. Receive the request first."""
    act_on(
        who,
        handoff,
        lambda at, it: releases.deny(at.desk, at.officer, it, word, reasons),
    )


COMMANDS = (("request-release", request_release), ("grant", grant), ("deny", deny))
"""Names and commands, for the noun."""
