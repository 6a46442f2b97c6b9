"""What auditors, owners of findings and DPOs do: one resource for each deed.

Done once under the key that was sent with it; what is asked for beside it counts too.
"""

# No `from __future__ import annotations` here: signatures are made, and read at once.

from collections.abc import Callable
from typing import Annotated, Any
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


def _resource(offer: AuditOffer) -> Callable[..., Any]:
    """Return what serves a deed; its description is made from it."""

    def serve(seat: Seat, key: Key, about: UUID, body: Value) -> Value:
        return _done(offer, seat, key, about, body)

    def serve_first(seat: Seat, key: Key, body: Value) -> Value:
        return _done(offer, seat, key, None, body)

    chosen = serve_first if offer.begins else serve
    chosen.__annotations__["seat"] = Annotated[
        Seat, Depends(TokenDoor(PERMISSIONS[offer.about]))
    ]
    chosen.__annotations__["body"] = offer.body
    if not offer.begins:
        chosen.__annotations__["about"] = Annotated[UUID, Path(alias=offer.about)]
    return chosen


def _done(
    offer: AuditOffer, seat: Seat, key: UUID, about: UUID | None, body: Value
) -> Value:
    said = [offer.id, str(about), body.model_dump(mode="json")]
    asked = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
    return once(seat, ticket_of(seat, key, asked), offer, about, body)


for _offer in AUDIT_OFFERS.values():
    router.add_api_route(
        _offer.path,
        _resource(_offer),
        methods=["POST"],
        operation_id=_offer.id,
        summary=_offer.id.replace(".", " ").replace("_", " "),
        description=(_offer.body.__doc__ or "").partition("\n")[0],
        response_model=_offer.done,
    )
