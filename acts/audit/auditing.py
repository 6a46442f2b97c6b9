"""What an auditor asks of the trail: who did or was shown what, when, why, how."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from acts.audit.asking import require_known
from acts.desk import Desk
from acts.pages.showing import Showing, log_page
from ledger.merkle import leaf_hash
from ledger.people import PEOPLE
from models.agencies import OfficerFunction, Reader
from models.errors import NotFound, NotPermitted
from models.events import Erased
from models.pages import Query, Window
from models.trail import TrailEntry, Wanted
from models.values import Value
from storage.log import trail
from storage.sessions import acting


class TrailLine(Value):
    """One entry in words: never content, because no entry holds any.

    `officer` is empty where nobody acted, or once the name was erased: `erased_on` says
    since when, and `subjects_erased_on` since when nothing shows what material about
    data subjects it was. `erased` is what this entry took from others, and `allowed`
    what the rulings behind it answered, if there were any.
    """

    entry: UUID
    at: datetime
    kind: str
    operation: str
    agency: str
    officer: str
    function: str
    on_behalf_of: str
    named: str
    case: UUID | None
    handoff: UUID | None
    items: tuple[UUID, ...]
    recipients: tuple[str, ...]
    purpose: str
    article: str
    detail: str
    rulings: tuple[UUID, ...]
    allowed: bool | None
    system: str
    receipt: str
    erased_on: date | None
    subjects_erased_on: date | None
    erased: Erased | None


def trail_of(
    desk: Desk, reader: Reader, wanted: Wanted, window: Window
) -> list[TrailLine]:
    """Return a page of the trail, latest first; the page is itself an entry.

    An auditor sees what officers of the own agency did, and of those that the
    directory lets that agency watch over.

    Raises:
        NotPermitted: the reader is no auditor.
        InvalidInput, NotFound: as `require_known`.
    """
    require_auditor(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        require_known(connection, wanted, window.after)
        found = trail.page(connection, wanted, window)
        log_page(desk, connection, reader, seen(Query.TRAIL, wanted, found))
    return [line_of(each) for each in found]


def no_such_entry(entry: UUID) -> NotFound:
    """Return the one error for an entry that is absent, or out of sight."""
    return NotFound(
        f"there is no entry `{str(entry)[:8]}` for you",
        help="list entries with `estafette audit trail`",
    )


def require_dpo(reader: Reader) -> None:
    """Refuse everybody who is no data protection officer."""
    if OfficerFunction.DPO not in reader.officer.functions:
        raise NotPermitted(
            "this is for the data protection officer",
            help="ask the DPO of that agency; an auditor asks `estafette audit trail`",
        )


def require_auditor(reader: Reader) -> None:
    """Refuse everybody who is no auditor."""
    if OfficerFunction.AUDITOR not in reader.officer.functions:
        raise NotPermitted(
            "the trail is read by auditors",
            help="superiors see whom an item went to with `estafette item readers`,"
            " and a DPO makes lists with `estafette audit statutory`",
        )


def seen(query: Query, wanted: Wanted, found: Sequence[TrailEntry]) -> Showing:
    """Return what a look at entries shows, to be logged before it is shown."""
    rows = [each.entry.id for each in found]
    return Showing(query=query, case=wanted.case, rows=rows)


def line_of(found: TrailEntry) -> TrailLine:
    """Return an entry in words."""
    entry, people = found.entry, {k: o.value for k, o in found.opened.items()}
    erased = {name in PEOPLE: each.erased_on for name, each in found.erased.items()}
    answers = [note.allowed for note in entry.rulings]
    return TrailLine(
        entry=entry.id,
        at=entry.at,
        kind=entry.kind,
        operation=entry.operation,
        agency=entry.agency,
        officer=people.get("officer", ""),
        function=entry.function,
        on_behalf_of=people.get("on_behalf_of", ""),
        named=people.get("named", ""),
        case=entry.case,
        handoff=entry.handoff,
        items=entry.items,
        recipients=entry.recipients,
        purpose=entry.purpose,
        article=entry.article,
        detail=entry.detail,
        rulings=tuple(note.id for note in entry.rulings),
        allowed=all(answers) if answers else None,
        system=entry.system,
        receipt=leaf_hash(found.body).hex(),
        erased_on=erased.get(True),
        subjects_erased_on=erased.get(False),
        erased=entry.erased,
    )
