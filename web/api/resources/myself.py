"""Who one is here, and tokens for personas of the demo."""

from __future__ import annotations

from datetime import date
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

router = APIRouter(tags=["myself"])


class Myself(BaseModel):
    """An officer as the directory has them, and the legal date of today."""

    officer: Officer
    agency_kind: AgencyKind
    today: date


class ProtectedResource(BaseModel):
    """Whose tokens count here, and how they are sent."""

    resource: str
    authorization_servers: list[str]
    bearer_methods_supported: list[str] = ["header"]


class Persona(BaseModel):
    """Whom to play: `AGENCY/NAME`."""

    officer: str


class TokenForPersona(BaseModel):
    """A token, as RFC 6749 answers one."""

    access_token: str
    token_type: str = "Bearer"  # noqa: S105 - no secret
    expires_in: int = LONGEST


@router.get("/api/v1/me")
def who_am_i(seat: Annotated[Seat, Depends(TokenDoor(Permission.MYSELF))]) -> Myself:
    """Return whom the token speaks of, with the functions that the directory gives."""
    return Myself(officer=seat.officer, agency_kind=seat.agency_kind, today=seat.today)


@router.get(
    "/.well-known/oauth-protected-resource/api/v1", dependencies=[Depends(Anybody())]
)
def protected_resource(request: Request) -> ProtectedResource:
    """Return which provider's tokens count here (RFC 9728)."""
    here = installation(request)
    issuers = [here.provider.settings.issuer] if here.provider else []
    return ProtectedResource(
        resource=f"{here.address}/api/v1", authorization_servers=issuers
    )


@router.post(
    "/api/v1/demo/token", dependencies=[Depends(Anybody())], include_in_schema=False
)
def token_for_persona(request: Request, persona: Persona) -> TokenForPersona:
    """Return a token for an officer of the demo; there is none such in production."""
    here = installation(request)
    if not isinstance(here.tokens, PersonaTokens):
        raise NotFound("there is no such resource")
    with transaction(here.desk.database) as connection:
        officer = directory.in_office(connection, persona.officer)
    return TokenForPersona(access_token=here.tokens.made_for(officer.id))
