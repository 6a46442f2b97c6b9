"""An opening that is not finished: sealed at the officer's node, for that officer only.

It is no act and no item of a case: nobody else sees it, nothing follows from it, and it
goes when the case is opened, when its officer drops it, or after its term.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid4

import orjson

from acts.desk import Desk
from acts.drafts.admission import LARGEST
from acts.pages.showing import Showing, log_page
from ledger.canonical import encode
from models.agencies import Officer, Reader
from models.errors import InvalidInput, NotFound
from models.opening_drafts import KEPT, OpeningDraft
from models.pages import Query
from policies.door import check_content
from storage import opening_drafts as kept
from storage.people import directory
from storage.sessions import acting
from vault.values import Recipient, SealRequest, Signer

_SCOPE = "opening_draft"

Typed = Mapping[str, Sequence[str]]
"""What was typed, by field."""


def save(desk: Desk, officer: Officer, route: str, typed: Typed) -> OpeningDraft:
    """Keep what was typed so far.

    Raises:
        InvalidInput: nothing was typed, or it is too large.
        NotPermitted: it bears what may not be kept here.
    """
    body = _checked(typed)
    at = datetime.now(UTC)
    draft = OpeningDraft(
        id=uuid4(),
        agency=officer.agency,
        officer=officer.id,
        route=route,
        saved_at=at,
        kept_until=desk.today + KEPT,
    )
    with acting(desk.database, desk.acting(officer)) as connection:
        own = directory.agency(connection, officer.agency)
        made = desk.node(officer.agency).seal(
            SealRequest(
                item_id=str(draft.id),
                case_id=str(draft.id),
                scope=_SCOPE,
                header=encode({"draft": str(draft.id), "route": route}),
                body=body,
                audience=(Recipient(own.id, own.statement),),
            )
        )
        kept.keep(connection, draft, made)
    return draft


def still_kept(desk: Desk, drafts: Iterable[OpeningDraft]) -> list[OpeningDraft]:
    """Return the drafts whose term is not over."""
    return [each for each in drafts if each.kept_until >= desk.today]


def take_up(
    desk: Desk, reader: Reader, draft: UUID
) -> tuple[OpeningDraft, dict[str, list[str]]]:
    """Return a draft and what was typed; the page is an entry, written before.

    Raises:
        NotFound: absent, or somebody else's.
    """
    officer = reader.officer
    with acting(desk.database, desk.acting(officer)) as connection:
        found = kept.find(connection, draft)
        if found is None or found.shown.kept_until < desk.today:
            raise NotFound(
                "there is no such draft of yours", help="it may have been too old"
            )
        own = directory.agency(connection, officer.agency)
        log_page(desk, connection, reader, Showing(query=Query.DRAFT, rows=[draft]))
    signer = Signer(own.id, own.certificates, found.shown.saved_at)
    body = desk.node(own.id).open(found.sealed, found.wrap, signer)
    return found.shown, orjson.loads(body)


def drop(desk: Desk, officer: Officer, draft: UUID) -> None:
    """Destroy a draft, text and key; one that is gone already is no error."""
    with acting(desk.database, desk.acting(officer)) as connection:
        there = kept.forget(connection, draft)
    if there:
        desk.node(officer.agency).destroy(str(draft), _SCOPE)


def _checked(typed: Typed) -> bytes:
    said = {name: [*given] for name, given in typed.items() if any(given)}
    if not said:
        raise InvalidInput("nothing was typed yet", help="fill something in first")
    body = orjson.dumps(said)
    if len(body) > LARGEST:
        raise InvalidInput("this is too large for a draft", help="shorten it")
    for each in (text for given in said.values() for text in given):
        check_content(each)
    return body
