"""The facts of a ruling about a known item: the one place that puts them together."""

from __future__ import annotations

from datetime import date

from models.agencies import Agency, AgencyKind, Officer
from models.ids import AgencyId
from models.items import ItemState, KnownItem
from models.rulings import SharingAction, SharingFacts
from models.values import Value


class Attempt(Value):
    """Who wants to read or disclose, and what the record knows of that.

    Attributes:
        day: the legal date.
        to, to_kind: the agency that would receive; in a read the officer's own.
        other fields: those of `SharingFacts`.
    """

    action: SharingAction
    officer: Officer
    agency_kind: AgencyKind
    purpose: str
    day: date
    to: AgencyId
    to_kind: AgencyKind
    designated: bool
    lawful_route: bool
    too_old: bool
    excluded: bool = False
    break_glass: bool = False


class Giving(Value):
    """Who gives items to others, and what the record knows of that for all of them."""

    officer: Officer
    agency_kind: AgencyKind
    purpose: str
    day: date
    designated: bool
    excluded: bool
    lawful_route: bool


def disclosure(
    giving: Giving, item: KnownItem, to: Agency, *, too_old: bool
) -> SharingFacts:
    """Return what policy is asked before an item goes to another agency.

    The record asks it when the act is recorded, and a preview before that.
    """
    attempt = Attempt(
        action=SharingAction.DISCLOSE,
        to=to.id,
        to_kind=to.kind,
        too_old=too_old,
        **dict(giving),
    )
    return facts_of(attempt, item)


def facts_of(attempt: Attempt, item: KnownItem) -> SharingFacts:
    """Return what policy is asked about one item."""
    officer, handling = attempt.officer, item.handling
    return SharingFacts(
        action=attempt.action,
        officer=officer.id,
        agency=officer.agency,
        agency_kind=attempt.agency_kind,
        functions=tuple(sorted(officer.functions)),
        designated=attempt.designated,
        excluded=attempt.excluded,
        break_glass=attempt.break_glass,
        purpose=attempt.purpose,
        item=str(item.item),
        item_kind=item.kind,
        item_purpose=handling.purpose,
        originator=item.originator,
        regime=handling.regime,
        code=handling.code,
        tlp=handling.tlp,
        disclosable=handling.disclosable,
        judicial_hold=handling.judicial_hold,
        in_audience=True,  # sealed for the officer's agency, or it would not know it
        audience=attempt.to,
        audience_kind=attempt.to_kind,
        lawful_route=attempt.lawful_route,
        expired=handling.expires_on is not None and handling.expires_on < attempt.day,
        too_old=attempt.too_old,
        recalled=item.state is ItemState.RECALLED,
    )
