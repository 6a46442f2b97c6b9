"""Asking an originator to let an item go on to one more agency; its grant or denial."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from acts.desk import Desk
from acts.drafts.drafting import handling_of, in_the_place_of, of_procedure, text_draft
from acts.items.reading import own_wrap, read_item
from acts.looking_up import find_handoff, find_item, pack_of
from acts.performing import Deed, Done, Given, perform, perform_on
from models.act_kinds import ActKind
from models.agencies import Officer, Reader
from models.control import Denial
from models.errors import NotFound
from models.handling import Handling, HandlingCode
from models.handoffs import HandoffRecord, ReleaseRequest
from models.ids import AgencyId, HandoffId, ItemId
from models.items import ItemKind, KnownItem
from models.law.sources import SourceKind
from models.messages.control import DenyRelease, GrantRelease, RequestRelease
from models.packs import Pack
from models.values import Value
from policies.scopes import data_class
from storage import releases
from storage.items import KeyRow
from storage.people import directory
from storage.sessions import acting
from vault.values import Recipient


class Wish(Value):
    """Who shall have an item too, for which question, and why."""

    item: ItemId
    to: AgencyId
    serves: HandoffId
    reasons: str


class Conditions(Value):
    """How less than the whole is granted.

    `body`: words or bytes in the place of the whole; `name` is that of the file that
    these are from. `code`, `expires_on`: conditions that are stricter than those of the
    item.
    """

    body: str | bytes | None = None
    name: str = ""
    code: HandlingCode | None = None
    expires_on: date | None = None

    @property
    def are_none(self) -> bool:
        """Tell whether the item itself is granted, as it is."""
        return self == Conditions()


async def request(desk: Desk, officer: Officer, wish: Wish) -> Done:
    """Ask the originator of an item to make it readable by one more agency."""
    known = find_item(desk, officer, wish.item)
    pack = pack_of(desk, officer, known.case)
    draft = text_draft(
        ItemKind.QUESTION,
        wish.reasons,
        handling_of(pack, ActKind.ITEM_REQUEST_RELEASE),
        known.originator,
        source=_source(pack),
    )
    message = RequestRelease(
        handoff=HandoffId(uuid4()),
        item=wish.item,
        to=wish.to,
        serves=wish.serves,
        question=draft.item,
    )
    return await perform(desk, officer, known.case, message, draft)


async def grant(
    desk: Desk, reader: Reader, handoff: HandoffId, conditions: Conditions
) -> Done:
    """Let one more agency read an item: whole, in part, or under stricter conditions.

    The node of the originator wraps the key of the whole; anything else is an item of
    its own in the place of the whole.
    """
    asked = _request_of(desk, reader.officer, handoff)
    known = find_item(desk, reader.officer, asked.item)
    if conditions.are_none:
        given = _wrap(desk, reader, known, asked)
        whole = Deed(GrantRelease(handoff=handoff), given=given)
        return await perform_on(desk, reader.officer, handoff, lambda _: whole)
    opened = read_item(desk, reader, asked.item)
    body = conditions.body or opened.body
    draft = in_the_place_of(known, opened.body, body, conditions.name)
    draft = draft.model_copy(
        update={
            "audience": (asked.recipient,),
            "excerpt_of": asked.item,
            "handling": _stricter(known.handling, conditions),
        }
    )
    message = GrantRelease(handoff=handoff, excerpt=draft.item)
    return await perform(desk, reader.officer, asked.case, message, draft)


async def deny(
    desk: Desk, officer: Officer, handoff: HandoffId, word: Denial, reasons: str
) -> Done:
    """Keep an item where it is; the reasons are sealed for who asked."""

    def write(found: HandoffRecord) -> Deed:
        handling = of_procedure(found.article)
        draft = text_draft(ItemKind.REASONS, reasons, handling, found.asker)
        message = DenyRelease(handoff=handoff, word=word, reasons=draft.item)
        return Deed(message, (draft,))

    return await perform_on(desk, officer, handoff, write)


def _request_of(desk: Desk, officer: Officer, handoff: HandoffId) -> ReleaseRequest:
    """Return what a handoff asks to release.

    Raises:
        NotFound: absent, hidden, or another kind of question.
    """
    find_handoff(desk, officer, handoff)
    found = asked_of(desk, officer, handoff)
    if found is None:
        raise NotFound(
            f"handoff `{str(handoff)[:8]}` is not a request to let an item go on",
            help="see your inbox with `estafette handoff inbox`",
        )
    return found


def asked_of(desk: Desk, officer: Officer, handoff: HandoffId) -> ReleaseRequest | None:
    """Return what a handoff asks to release, if that is what it asks."""
    with acting(desk.database, desk.acting(officer)) as connection:
        return releases.find(connection, handoff)


def _wrap(desk: Desk, reader: Reader, known: KnownItem, asked: ReleaseRequest) -> Given:
    """Let the originator's node wrap the key of an item for one more agency."""
    agency = reader.officer.agency
    pack = pack_of(desk, reader.officer, asked.case)
    wrap = own_wrap(desk, reader, known.item)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        receiver = directory.agency(connection, asked.recipient)
    scope = data_class(pack, known.kind, receiver.kind)
    recipient = Recipient(receiver.id, receiver.statement, scope)
    made, delivery = desk.node(agency).wrap_for(wrap, recipient)
    key = KeyRow(
        item=known.item,
        agency=asked.recipient,
        giver=AgencyId(made.giver),
        scope=scope,
        case_key=made.case_key_id,
        wrapped=made.wrapped,
    )
    return Given(key, delivery)


def _stricter(handling: Handling, conditions: Conditions) -> Handling:
    given = {"code": conditions.code, "expires_on": conditions.expires_on}
    return handling.model_copy(update={k: v for k, v in given.items() if v is not None})


def _source(pack: Pack) -> str | None:
    kinds = (row.code for row in pack.sources if row.kind is SourceKind.RELEASE)
    return next(kinds, None)
