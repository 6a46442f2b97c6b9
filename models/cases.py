"""Cases as they stand, and what outsiders are told of one."""

from __future__ import annotations

from datetime import date

from models.agencies import OfficerFunction
from models.ids import AgencyId, CaseId
from models.secrecy import Secrecy
from models.values import Value


class CaseRecord(Value):
    """A case as it may be shown."""

    id: CaseId
    route: str
    pack_version: date
    pack_digest: str
    agency: AgencyId
    stage: str
    activity: str
    permit_regime: bool
    opened_on: date
    closed_on: date | None = None
    outcome: str | None = None
    secrecy: Secrecy = Secrecy.INVISIBLE


class MovingCase(CaseRecord):
    """A case that the record step holds; `version` counts whatever moves it."""

    version: int


class Existence(Value):
    """What an outsider is told: whom to ask, and of a stub the route and stage."""

    case: CaseId
    mode: Secrecy
    agency: AgencyId
    contact: OfficerFunction
    route: str | None = None
    stage: str | None = None
