"""Sealing drafts at the acting agency's node, ready to be staged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from acts.desk import Desk
from acts.drafts.admission import admit, telling_which
from acts.items.indexing import tokens_of
from ledger.canonical import encode
from models.agencies import Agency
from models.errors import KeyUnknown, TransitionNotAllowed
from models.ids import AgencyId, CaseId, ItemId
from models.items import DraftItem, ItemHeader, ItemKind
from models.packs import Pack
from policies.documents import TEXT
from policies.handling import check_days
from policies.scopes import data_class
from storage.items import KeyRow, SealedRow
from storage.numbers import NumberToken
from storage.people import directory
from vault.values import Delivery, Recipient, Sealed, SealRequest, Wrap


@dataclass(frozen=True)
class SealedDrafts:
    """Sealed items, their wrapped keys, case keys to deliver, tokens of numbers."""

    items: tuple[SealedRow, ...]
    keys: tuple[KeyRow, ...]
    deliveries: tuple[Delivery, ...]
    tokens: tuple[NumberToken, ...] = ()


NOTHING_SEALED = SealedDrafts((), (), ())


@dataclass(frozen=True)
class Sealing:
    """In whose name, for which case and under which pack is sealed."""

    desk: Desk
    agency: AgencyId
    case: CaseId
    pack: Pack

    def seal(self, connection: Connection, drafts: Sequence[DraftItem]) -> SealedDrafts:
        """Seal drafts for their audiences.

        Raises:
            InvalidInput: a draft is empty, too large or unreadable, or names a day that
                cannot be.
            NotFound: an agency of the audience does not exist.
            NotPermitted: a draft bears what may not be kept here, or a virus.
            Unavailable: the virus scanner does not answer.
            CiphertextInvalid: nobody whom the acting agency's node believes vouches
                for the delivery key of an agency of the audience.
            TransitionNotAllowed: data of this kind were destroyed, for good.
        """
        rows: list[SealedRow] = []
        keys: list[KeyRow] = []
        deliveries: dict[str, Delivery] = {}
        known = self._agencies(connection, drafts)
        today = self.desk.today
        for number, draft in enumerate(drafts):
            with telling_which(number):
                self._admit(draft)
                check_days(draft.handling, today)
            audience = [known[each] for each in self._audience(draft)]
            try:
                self._seal_one(draft, audience, rows, keys, deliveries)
            except KeyUnknown as error:
                raise _closed_for(draft) from error
        tokens = self._tokens(rows, drafts)
        return SealedDrafts(
            tuple(rows), tuple(keys), tuple(deliveries.values()), tokens
        )

    def _admit(self, draft: DraftItem) -> None:
        if admit(draft).code != TEXT or draft.kind is ItemKind.DOCUMENT:
            self.desk.scanner.check(draft.body)

    def _tokens(
        self, rows: Sequence[SealedRow], drafts: Sequence[DraftItem]
    ) -> tuple[NumberToken, ...]:
        """Return by which numbers this agency will find what it sealed."""
        node = self.desk.node(self.agency)
        return tuple(
            token
            for row, draft in zip(rows, drafts, strict=True)
            for token in tokens_of(node, row.header, draft.body)
        )

    def _agencies(
        self, connection: Connection, drafts: Sequence[DraftItem]
    ) -> dict[AgencyId, Agency]:
        wanted = {name for draft in drafts for name in self._audience(draft)}
        known = directory.agencies_of(connection, wanted) if wanted else {}
        if missing := wanted - known.keys():
            raise directory.no_such_agency(min(missing))
        return known

    def _audience(self, draft: DraftItem) -> list[AgencyId]:
        return sorted({self.agency, *draft.audience})

    def _seal_one(
        self,
        draft: DraftItem,
        audience: list[Agency],
        rows: list[SealedRow],
        keys: list[KeyRow],
        deliveries: dict[str, Delivery],
    ) -> None:
        header = header_of(draft, self.case, self.agency)
        raw = encode(header.model_dump(mode="json"))
        scopes = {a.id: data_class(self.pack, draft.kind, a.kind) for a in audience}
        sealed = self.desk.node(self.agency).seal(
            SealRequest(
                item_id=str(draft.item),
                case_id=str(self.case),
                scope=scopes[self.agency],
                header=raw,
                body=draft.body,
                audience=tuple(
                    Recipient(a.id, a.statement, scopes[a.id]) for a in audience
                ),
            )
        )
        rows.append(_row(header, sealed.sealed))
        keys += [
            _key_row(draft.item, wrap, scopes[AgencyId(wrap.receiver)])
            for wrap in sealed.wraps
        ]
        deliveries |= {d.case_key_id: d for d in sealed.deliveries}


def header_of(draft: DraftItem, case: CaseId, originator: AgencyId) -> ItemHeader:
    """Return what a draft will say of itself once it is sealed."""
    return ItemHeader(
        item=draft.item,
        case=case,
        originator=originator,
        kind=draft.kind,
        source=draft.source,
        handling=draft.handling,
        corrects=draft.corrects,
        excerpt_of=draft.excerpt_of,
    )


def _row(header: ItemHeader, sealed: Sealed) -> SealedRow:
    return SealedRow(
        header=header,
        header_bytes=sealed.header,
        ciphertext=sealed.ciphertext,
        commitment=sealed.commitment,
        signature=sealed.signature,
    )


def _key_row(item: ItemId, wrap: Wrap, scope: str) -> KeyRow:
    return KeyRow(
        item=item,
        agency=AgencyId(wrap.receiver),
        giver=AgencyId(wrap.giver),
        scope=scope,
        case_key=wrap.case_key_id,
        wrapped=wrap.wrapped,
    )


def _closed_for(draft: DraftItem) -> TransitionNotAllowed:
    return TransitionNotAllowed(
        f"this case takes no `{draft.kind}` any more: data of this kind were destroyed",
        help="open another case, if there is reason to",
    )
