"""The options that say what a ruling turns on, and the facts that they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from acts.performing import PURPOSE
from models.agencies import AgencyKind, OfficerFunction
from models.handling import HandlingCode, Regime, Tlp
from models.items import ItemKind
from models.rulings import SharingAction, SharingFacts

_HERE, _THERE = "own-agency", "other-agency"


@dataclass(frozen=True)
class FactOptions:
    """The facts of one ruling, if no item of the record is asked about.

    Each stands as in the plainest case: a designated handler of a municipality, and a
    fact that another agency gave for this inquiry. An option changes one of them.
    """

    agency_kind: Annotated[
        AgencyKind, typer.Option(help="Kind of the officer's agency.")
    ] = AgencyKind.MUNICIPALITY
    function: Annotated[
        list[OfficerFunction] | None,
        typer.Option(help="Function of the officer; may be repeated (handler)."),
    ] = None
    designated: Annotated[
        bool, typer.Option(help="The officer is named for the case.")
    ] = True
    excluded: Annotated[
        bool, typer.Option("--excluded", help="A conflict of interest was found.")
    ] = False
    break_glass: Annotated[
        bool, typer.Option("--break-glass", help="An emergency was declared.")
    ] = False
    kind: Annotated[ItemKind, typer.Option(help="What the item is.")] = ItemKind.FACT
    own: Annotated[
        bool, typer.Option("--own", help="The officer's agency gave the item.")
    ] = False
    regime: Annotated[
        Regime, typer.Option(help="Data-protection regime of the item.")
    ] = Regime.GDPR
    code: Annotated[
        HandlingCode, typer.Option(help="Handling code.", case_sensitive=False)
    ] = HandlingCode.H0
    tlp: Annotated[
        Tlp, typer.Option(help="Traffic light label.", case_sensitive=False)
    ] = Tlp.NONE
    item_purpose: Annotated[
        str, typer.Option(metavar="PURPOSE", help="What the item was given for.")
    ] = PURPOSE
    judicial_hold: Annotated[
        bool, typer.Option("--judicial-hold", help="The prosecutor holds it.")
    ] = False
    expired: Annotated[
        bool, typer.Option("--expired", help="Its last day has passed.")
    ] = False
    too_old: Annotated[
        bool, typer.Option("--too-old", help="The age filter of the pack refuses it.")
    ] = False
    in_audience: Annotated[
        bool, typer.Option(help="It was given to the officer's agency.")
    ] = True
    audience_kind: Annotated[
        AgencyKind | None,
        typer.Option(help="Kind of the agency that would receive a disclosure."),
    ] = None
    lawful: Annotated[
        bool, typer.Option(help="The law of the route has this exchange.")
    ] = True

    def facts(self, action: SharingAction, purpose: str) -> SharingFacts:
        """Return the facts; agencies, officer and item have no name of their own."""
        reads = action is SharingAction.READ
        functions = self.function or [OfficerFunction.HANDLER]
        return SharingFacts(
            action=action,
            officer="officer",
            agency=_HERE,
            agency_kind=self.agency_kind,
            functions=tuple(sorted(set(functions))),
            designated=self.designated,
            excluded=self.excluded,
            break_glass=self.break_glass,
            purpose=purpose,
            item="item",
            item_kind=self.kind,
            item_purpose=self.item_purpose,
            originator=_HERE if self.own else _THERE,
            regime=self.regime,
            code=self.code,
            tlp=self.tlp,
            disclosable=False,
            judicial_hold=self.judicial_hold,
            in_audience=self.in_audience,
            audience=_HERE if reads else "receiver",
            audience_kind=self._receiver(reads=reads),
            lawful_route=self.lawful,
            expired=self.expired,
            too_old=self.too_old,
        )

    def _receiver(self, *, reads: bool) -> AgencyKind:
        return self.agency_kind if reads else self.audience_kind or AgencyKind.DEIPP
