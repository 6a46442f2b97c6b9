"""Which retention class an item falls in, for each agency that holds it.

The keys of each class are separate, so that destroying one class's keys makes that
class unreadable in every copy and leaves the others alone.
"""

from __future__ import annotations

from models.agencies import AgencyKind
from models.items import ItemKind
from models.law.records import DataClass
from models.packs import Pack

# The communal file keeps identity, proposal and decision (119quinquies §2).
# Reasons of the authority's own decisions go with them, and so does what shows that
# one was not appealed: that is our reading.
_FILE = frozenset(
    {
        ItemKind.SUBJECT_CARD,
        ItemKind.PROPOSAL,
        ItemKind.DECISION,
        ItemKind.DECISION_REASONS,
        ItemKind.NO_APPEAL,
    }
)
_AT_HUB = {
    ItemKind.ADVICE: DataClass.ADVICE_COPY,
    ItemKind.REGISTER_FILING: DataClass.REGISTER,
}


def data_class(pack: Pack, kind: ItemKind, holder: AgencyKind) -> DataClass:
    """Return the retention class of an item at one of its holders."""
    if holder is pack.hub:
        return _AT_HUB.get(kind, DataClass.ADVICE_DOSSIER)
    if holder is pack.lead and kind in _FILE:
        return DataClass.FILE
    return DataClass.UNDERLYING
