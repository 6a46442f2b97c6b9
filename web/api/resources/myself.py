"""Who one is here, and tokens for personas of the demo."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from acts.seat import Seat
from models.agencies import AgencyKind, Officer
from models.errors import NotFound
from storage.engine import transaction
from storage.people import directory
from web.api.door import Anybody, TokenDoor
from web.api.tokens import LONGEST, PersonaTokens
from web.door import installation
from web.permissions import Permission

router = APIRouter(prefix="/api/v1")


class Myself(BaseModel):
    """An officer as the directory has them."""

    officer: Officer
    agency_kind: AgencyKind


class Persona(BaseModel):
    """Whom to play: `AGENCY/NAME`."""

    officer: str


class TokenForPersona(BaseModel):
    """A token, as RFC 6749 answers one."""

    access_token: str
    token_type: str = "Bearer"  # noqa: S105 - no secret
    expires_in: int = LONGEST


@router.get("/me")
def who_am_i(seat: Annotated[Seat, Depends(TokenDoor(Permission.MYSELF))]) -> Myself:
    """Return whom the token speaks of, with the functions that the directory gives."""
    return Myself(officer=seat.officer, agency_kind=seat.agency_kind)


@router.post("/demo/token", dependencies=[Depends(Anybody())], include_in_schema=False)
def token_for_persona(request: Request, persona: Persona) -> TokenForPersona:
    """Return a token for an officer of the demo; there is none such in production."""
    here = installation(request)
    if not isinstance(here.tokens, PersonaTokens):
        raise NotFound("there is no such resource")
    with transaction(here.desk.database) as connection:
        officer = directory.officer(connection, persona.officer)
    return TokenForPersona(access_token=here.tokens.made_for(officer.id))
