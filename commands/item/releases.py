"""Commands of `estafette item` about letting an item go on to one more agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from acts.offered.bodies import Denied, Granted, ReleaseWish
from commands.terminal.files import content
from commands.terminal.offices import Office, order
from commands.terminal.options import (
    Caller,
    HandoffArgument,
    ItemArgument,
    day,
    grouped,
    text,
)
from models.act_kinds import ActKind
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

    def build(self, office: Office, _: UUID) -> ReleaseWish:
        """Return the wish with ids in full."""
        return ReleaseWish(
            to=AgencyId(self.to),
            serves=HandoffId(office.id_of("handoff", self.for_)),
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

    def build(self) -> Granted:
        """Return the conditions.

        Raises:
            InvalidInput: both words and a document were given.
        """
        if self.words is not None and self.file is not None:
            raise InvalidInput(
                "give either `--text` or `--file`", help="one item is one of the two"
            )
        given = content(self.words, self.file)
        return Granted(**given, code=self.code, expires_on=self.expires_on)


@grouped
def request_release(item: ItemArgument, wish: WishOptions, who: Caller) -> None:
    """Ask the agency that gave an item to let one more agency read it (LVP 29 §3).

    Nobody else can: only the node of that agency makes a key for it. You learn whether
    it was granted, denied or left without an answer; silence grants nothing.
    """
    order(who, ActKind.ITEM_REQUEST_RELEASE, item, wish.build)


@grouped
def grant(handoff: HandoffArgument, given: ConditionOptions, who: Caller) -> None:
    """Let one more agency read an item of yours, as a request asks.

    Without options it gets the item itself. With an excerpt, a stricter code or a last
    day it gets an item of its own in that one's place. Receive the request first.
    """
    order(who, ActKind.ITEM_GRANT, handoff, given.build())


@grouped
def deny(
    handoff: HandoffArgument,
    word: Annotated[Denial, typer.Option(help="Why, in a word of the list.")],
    reasons: Annotated[str, text("--reasons", help="Why; sealed for who asked.")],
    who: Caller,
) -> None:
    """Keep an item of yours where it is, with reasons. Receive the request first."""
    order(who, ActKind.ITEM_DENY, handoff, Denied(word=word, reasons=reasons))


COMMANDS = (("request-release", request_release), ("grant", grant), ("deny", deny))
"""Names and commands, for the noun."""
