"""Acts: one resource for each, done once under the key that was sent with it."""

# No `from __future__ import annotations` here: annotations hold values of each offer.

from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends, Header, Path, Response

from acts import cases
from acts.cases import Opening
from acts.offered.bodies import Nothing
from acts.offered.catalogue import OFFERS
from acts.offered.offer import Offer
from acts.performing import Done
from acts.repeating import Perform, once, outcome_of, ticket_of
from acts.reporting import Report, report
from acts.seat import Seat
from models.act_kinds import ActKind
from models.ids import ActId
from web.api.door import TokenDoor
from web.permissions import Permission
from web.sensitive import SENSITIVE

router = APIRouter(prefix="/api/v1", tags=["acts"])

Acting = Annotated[Seat, Depends(TokenDoor(Permission.ACTS_DO))]
Opener = Annotated[Seat, Depends(TokenDoor(Permission.CASES_OPEN))]
Key = Annotated[
    UUID,
    Header(
        alias="Idempotency-Key",
        description="A random UUID of this act; sent again, it is not done again.",
    ),
]
STORED: dict[int | str, dict[str, Any]] = {
    202: {"model": Report, "description": "Stored, not yet taken up."}
}


async def _performed(seat: Seat, key: UUID, asked: list[Any], perform: Perform) -> Done:
    """Perform once; `asked` is all that tells one request from another."""
    canonical = orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)
    return await once(seat, ticket_of(seat, key, canonical), perform)


def _told(seat: Seat, done: Done, response: Response) -> Report:
    response.status_code = 200 if done.taken_up else 202
    return report(seat, done)


@router.post("/cases", operation_id=ActKind.CASE_OPEN, responses=STORED)
async def open_case(
    seat: Opener, key: Key, response: Response, body: Opening
) -> Report:
    """Open a case by the mayor's decision; the inquiry's clock starts."""
    asked = [ActKind.CASE_OPEN, body.model_dump(mode="json")]
    done = await _performed(
        seat, key, asked, lambda at: cases.open_case(at.desk, at.officer, body)
    )
    return _told(seat, done, response)


@router.get("/acts/{act}", responses=STORED)
async def what_came_of_it(seat: Acting, act: UUID, response: Response) -> Report:
    """Return what came of an act of one's own; a refusal is told as a problem."""
    return _told(seat, await outcome_of(seat, ActId(act)), response)


def _add(offer: Offer) -> None:
    """Add the resource of an act, which takes the value that the act says, if any."""
    door = Depends(TokenDoor(Permission.ACTS_DO, strong=offer.act in SENSITIVE))
    named = Path(alias=offer.about)

    async def serve(
        seat: Annotated[Seat, door],
        key: Key,
        about: Annotated[UUID, named],
        response: Response,
        body: offer.body,  # type: ignore[name-defined]  # the framework reads it
    ) -> Report:
        asked = [offer.act, str(about), body.model_dump(mode="json")]
        done = await _performed(
            seat, key, asked, lambda at: offer.perform(at, about, body)
        )
        return _told(seat, done, response)

    async def serve_bare(
        seat: Annotated[Seat, door],
        key: Key,
        about: Annotated[UUID, named],
        response: Response,
    ) -> Report:
        return await serve(seat, key, about, response, Nothing())

    router.add_api_route(
        f"/{offer.about}s/{{{offer.about}}}/acts/{offer.act}",
        serve_bare if offer.body is Nothing else serve,
        methods=["POST"],
        operation_id=offer.act,
        summary=offer.act.replace(".", " ").replace("_", " "),
        description=(offer.body.__doc__ or "").partition("\n")[0],
        response_model=Report,
        responses=STORED,
    )


for _offer in OFFERS.values():
    _add(_offer)
