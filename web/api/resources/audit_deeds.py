"""What auditors, owners of findings and DPOs do: one resource for each deed.

Done once under the key that was sent with it; what is asked for beside it counts too.
"""

# No `from __future__ import annotations` here: annotations hold values of each offer.

from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends, Path

from acts.offered.audits import AUDIT_OFFERS, AuditOffer, once
from acts.repeating import ticket_of
from acts.seat import Seat
from models.papers import PaperKind
from models.values import Value
from web.api.door import TokenDoor
from web.api.resources.acts import Key
from web.permissions import Permission

router = APIRouter(prefix="/api/v1", tags=["audits"])

PERMISSIONS = {
    PaperKind.FINDING: Permission.FINDINGS_HANDLE,
    PaperKind.STATUTORY_LIST: Permission.LISTS_MAKE,
    PaperKind.SUBJECT_REQUEST: Permission.REQUESTS_HANDLE,
}


def _done(
    offer: AuditOffer, seat: Seat, key: UUID, about: UUID | None, body: Value
) -> Value:
    """Do a deed, or return what it came to when it was asked for under this key."""
    said = [offer.id, str(about), body.model_dump(mode="json")]
    asked = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
    return once(seat, ticket_of(seat, key, asked), offer, about, body)


def _add(offer: AuditOffer) -> None:
    """Add the resource of a deed, which takes the value that the deed says."""
    door = Depends(TokenDoor(PERMISSIONS[offer.about]))
    named = Path(alias=offer.about)

    def begin(
        seat: Annotated[Seat, door],
        key: Key,
        body: offer.body,  # type: ignore[name-defined]  # the framework reads it
    ) -> Value:
        return _done(offer, seat, key, None, body)

    def go_on(
        seat: Annotated[Seat, door],
        key: Key,
        about: Annotated[UUID, named],
        body: offer.body,  # type: ignore[name-defined]  # the framework reads it
    ) -> Value:
        return _done(offer, seat, key, about, body)

    router.add_api_route(
        offer.path,
        begin if offer.begins else go_on,
        methods=["POST"],
        operation_id=offer.id,
        summary=offer.id.replace(".", " ").replace("_", " "),
        description=(offer.body.__doc__ or "").partition("\n")[0],
        response_model=offer.done,
    )


for _offer in AUDIT_OFFERS.values():
    _add(_offer)
