"""Rulings per second, against the policy engine alone on the same questions."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from statistics import median

import cedarpy
from rich.table import Table

from bench.timing import take_turns
from models.handling import HandlingCode, Regime
from models.items import ItemKind
from models.rulings import SharingAction, SharingFacts
from policies.rulings import SharingPolicies
from policies.sharing_files import parse_sharing
from policies.sharing_requests import entities_of, request_of
from runtime.settings import Settings

_TIMES, _QUICK = 5_000, 500
_FACTS = SharingFacts(
    action=SharingAction.READ,
    officer="town/handler",
    agency="town",
    agency_kind="municipality",
    functions=("handler",),
    designated=True,
    excluded=False,
    purpose="integrity_inquiry",
    item="item",
    item_kind=ItemKind.FACT,
    item_purpose="integrity_inquiry",
    originator="town",
    regime=Regime.GDPR,
    code=HandlingCode.H0,
    disclosable=True,
    judicial_hold=False,
    in_audience=True,
    audience="town",
    audience_kind="municipality",
    lawful_route=False,
    expired=False,
    too_old=False,
)


def measure(settings: Settings, *, quick: bool) -> Table:
    """Return rulings per second, and what share of the engine's own pace that is."""
    del settings  # rulings ask no server
    policies, number = SharingPolicies.load(), count()

    def rule() -> object:
        """Rule on another item each time: an answer that was kept costs nothing."""
        other = {"item": f"item-{next(number)}"}
        return policies.decide(_FACTS.model_copy(update=other))

    calls = {"ruling": rule, "engine": _engine(policies)}
    found = take_turns(calls, _QUICK if quick else _TIMES)
    ruling, engine = (1000 / median(found[name]) for name in ("ruling", "engine"))
    table = Table(title="Rulings per second", caption="one thread")
    for heading in ("rulings", "engine alone", "ratio"):
        table.add_column(heading, justify="right")
    table.add_row(
        f"{ruling:,.0f}/s", f"{engine:,.0f}/s", f"[bold]{ruling / engine:.2f}[/bold]"
    )
    return table


def _engine(policies: SharingPolicies) -> Callable[[], object]:
    """Return a call that puts the same question to the engine, made ready before."""
    parsed = parse_sharing(policies.sources)
    request = request_of(_FACTS, parsed.declared)
    entities = cedarpy.Entities.from_json_str(
        entities_of(_FACTS, parsed.declared), parsed.schema
    )
    return lambda: cedarpy.is_authorized(
        request, parsed.policies, entities=entities, schema=parsed.schema
    )
