"""What can be done on an item from the page that lists it."""

from __future__ import annotations

from collections.abc import Callable

from models.act_kinds import ActKind
from models.agencies import Officer
from models.items import ItemState, KnownItem
from models.packs import Pack
from web.forms.catalogue import OF_ITEMS, offered
from web.forms.form import Form

_OF_AN_ORIGINATOR = (ActKind.ITEM_CORRECT, ActKind.ITEM_RECALL)
_OF_A_HOLDER = (ActKind.ITEM_REQUEST_RELEASE,)


def deeds_on_items(
    officer: Officer, pack: Pack, *, leads: bool
) -> Callable[[KnownItem], list[Form]]:
    """Return what offers the acts on one item: those of whoever gave it, or holds it.

    Whoever leads a case has open questions that an item can serve; others do not ask.
    """
    may = [row.act for row in pack.acts if officer.functions & set(row.by)]

    def deeds(item: KnownItem) -> list[Form]:
        if item.state is not ItemState.LIVE:
            return []
        ours = item.originator == officer.agency
        acts = _OF_AN_ORIGINATOR if ours else _OF_A_HOLDER if leads else ()
        return offered(OF_ITEMS, [act for act in acts if act in may])

    return deeds
