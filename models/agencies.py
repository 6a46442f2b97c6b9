"""Who takes part: agencies, their officers and the functions they hold."""

from __future__ import annotations

from enum import StrEnum

from models.ids import AgencyId, OfficerId
from models.values import Value


class AgencyKind(StrEnum):
    """The kinds of body that packs speak of."""

    MUNICIPALITY = "municipality"
    POLICE_ZONE = "police_zone"
    CIEAR = "ciear"
    DEIPP = "deipp"
    TAX = "tax"
    SOCIAL = "social"
    PROSECUTOR = "prosecutor"
    COORDINATOR = "coordinator"
    AUDITOR = "auditor"
    ECONOMIC = "economic"
    IMMIGRATION = "immigration"
    FOOD = "food"
    MEDICINES = "medicines"
    FIU = "fiu"
    CPAS = "cpas"
    CRIMINAL_RECORD = "criminal_record"
    INTELLIGENCE = "intelligence"
    REGION = "region"


class OfficerFunction(StrEnum):
    """What a named officer is mandated to do inside the agency."""

    MAYOR = "mayor"
    HANDLER = "handler"
    COLLEGE = "college"
    ANALYST = "analyst"
    REGISTRAR = "registrar"
    SUPERVISOR = "supervisor"
    MAGISTRATE = "magistrate"
    COORDINATOR = "coordinator"
    AUDITOR = "auditor"
    DPO = "dpo"


class ReadReason(StrEnum):
    """Why somebody reads: a closed list, because it enters the ledger in clear."""

    ASKING = "asking"
    ANSWERING = "answering"
    HEARING = "hearing"
    DECIDING = "deciding"
    FOLLOWING_UP = "following_up"
    CHECKING = "checking"


class AgencyName(Value):
    """What people call a body, in the languages of the pages."""

    fr: str
    nl: str
    de: str
    en: str


class Agency(Value):
    """A participating body, with the public halves of its node's keys.

    `certificates` are those of its signing key (DER), the newest last; `statement` is
    its word which delivery key it uses now. Both are as the directory has them: a node
    believes neither before an authority of its own vouches for it.
    """

    id: AgencyId
    kind: AgencyKind
    name: AgencyName
    certificates: tuple[bytes, ...]
    statement: bytes


class Officer(Value):
    """A named person acting for one agency; outside it only a service number."""

    id: OfficerId
    agency: AgencyId
    functions: frozenset[OfficerFunction]
    service_number: str


class Reader(Value):
    """Who reads, for what purpose and why: needed for any read."""

    officer: Officer
    agency_kind: AgencyKind
    purpose: str
    reason: ReadReason


class Oversight(Value):
    """A body whose auditors watch over another one, and the article that says so."""

    auditor: AgencyId
    agency: AgencyId
    article: str
