"""Whether an officer may do something with an item: the ruling itself, and logged.

What the asker may not know of, what never was and what is refused are one answer.
"""

from __future__ import annotations

from contextlib import suppress

from acts.desk import Desk
from acts.items.ruling import Bench, Ruled
from acts.pages.showing import Showing, log_page
from acts.policy.explaining import ItemQuestion, explain_item
from models.agencies import Reader
from models.errors import NotFound
from models.ids import AgencyId, ItemId, OfficerId
from models.items import ItemState
from models.pages import Query
from models.rulings import SharingAction
from models.values import Value
from storage import items
from storage.engine import transaction
from storage.people import directory
from storage.sessions import acting, always_on_the_beat


class Evaluation(Value):
    """May this officer read an item now, or disclose it to an agency?

    The officer is the asker, or a colleague.
    """

    officer: OfficerId
    item: ItemId
    action: SharingAction
    audience: AgencyId | None = None


def evaluate(desk: Desk, asker: Reader, asked: Evaluation) -> bool:
    """Return what policy answers, once the entry of the question is committed.

    What one reads oneself is ruled on as the read is, with covers and emergencies; of
    a colleague one is told what `policy explain` tells.
    """
    own = asked.officer == asker.officer.id and asked.action is SharingAction.READ
    with always_on_the_beat():
        return _own(desk, asker, asked) if own else _of_another(desk, asker, asked)


def _own(desk: Desk, asker: Reader, asked: Evaluation) -> bool:
    ruled: list[Ruled] = []
    with acting(desk.database, desk.acting(asker.officer)) as connection:
        known = items.known(connection, asked.item, asker.officer.agency)
        if known is not None and known.state is not ItemState.ERASED:
            ruled = Bench(desk, connection, asker).readable([known])
        showing = Showing(query=Query.EVALUATION, items=ruled)
        log_page(desk, connection, asker, showing)
    return bool(ruled)


def _of_another(desk: Desk, asker: Reader, asked: Evaluation) -> bool:
    allowed = False
    with suppress(NotFound):
        allowed = _explained(desk, asker, asked)
    with acting(desk.database, desk.acting(asker.officer)) as connection:
        rows = [asked.item] if allowed else []
        log_page(desk, connection, asker, Showing(query=Query.EVALUATION, rows=rows))
    return allowed


def _explained(desk: Desk, asker: Reader, asked: Evaluation) -> bool:
    with transaction(desk.database) as connection:
        who = directory.colleague(connection, asker.officer.agency, asked.officer)
    question = ItemQuestion(
        who=who,
        item=asked.item,
        action=asked.action,
        audience=asked.audience or asker.officer.agency,
        purpose=asker.purpose,
        day=desk.today,
    )
    return explain_item(desk, asker.officer, question).ruling.allowed
