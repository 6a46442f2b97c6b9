"""Who takes part, and why somebody does or does not."""

from __future__ import annotations

from models.agencies import AgencyKind, OfficerFunction
from models.control import Denial, RecallGround
from models.law.procedure import AgencyRole
from models.people import ExclusionGround, GlassGround, ReviewOutcome
from models.secrecy import Secrecy
from web.languages import words

FUNCTIONS: dict[str, str] = {
    OfficerFunction.MAYOR: words("mayor"),
    OfficerFunction.HANDLER: words("case handler"),
    OfficerFunction.COLLEGE: words("college"),
    OfficerFunction.ANALYST: words("analyst"),
    OfficerFunction.REGISTRAR: words("registrar"),
    OfficerFunction.SUPERVISOR: words("supervisor"),
    OfficerFunction.MAGISTRATE: words("magistrate"),
    OfficerFunction.COORDINATOR: words("coordinator"),
    OfficerFunction.AUDITOR: words("auditor"),
    OfficerFunction.DPO: words("data-protection officer"),
}
GROUNDS: dict[str, str] = {
    ExclusionGround.CONCERNED: words("is concerned by the case"),
    ExclusionGround.FAMILY: words("a relative or partner is concerned"),
    ExclusionGround.FINANCIAL: words("gains or loses by the outcome"),
    ExclusionGround.FORMER_WORK: words("worked for or against those concerned"),
    ExclusionGround.PERSONAL: words("friendship or enmity"),
    GlassGround.DANGER: words("somebody's life or safety is at stake"),
    GlassGround.EVIDENCE: words("evidence is about to vanish"),
    GlassGround.COURT: words("a court asks, and sets a term of hours"),
    GlassGround.TERM: words("a term ends, and nobody who is named can be reached"),
    ReviewOutcome.JUSTIFIED: words("justified"),
    ReviewOutcome.NOT_JUSTIFIED: words("not justified"),
    ReviewOutcome.REPORTED: words("handed on to the data-protection officer"),
    RecallGround.INCORRECT: words("incorrect"),
    RecallGround.INCOMPLETE: words("incomplete"),
    RecallGround.OUTDATED: words("outdated"),
    RecallGround.UNLAWFUL: words("it should not have been given"),
    RecallGround.RESTRICTED: words("its use is restricted now"),
    Denial.NO_BASIS: words("no legal basis"),
    Denial.OTHER_PURPOSE: words("it was given for another purpose"),
    Denial.SOURCE_AT_RISK: words("a source would be at risk"),
    Denial.INQUIRY_AT_RISK: words("an inquiry would be at risk"),
    Denial.NOT_NEEDED: words("it is not needed"),
    Denial.NOT_STATED: words("no reason is stated"),
}
KINDS_OF_AGENCIES: dict[str, str] = {
    AgencyKind.MUNICIPALITY: words("municipality"),
    AgencyKind.POLICE_ZONE: words("police zone"),
    AgencyKind.CIEAR: words("district information and expertise centre"),
    AgencyKind.DEIPP: words("DEIPP"),
    AgencyKind.TAX: words("tax administration"),
    AgencyKind.SOCIAL: words("social administration"),
    AgencyKind.PROSECUTOR: words("public prosecutor's office"),
    AgencyKind.COORDINATOR: words("coordinating body"),
    AgencyKind.AUDITOR: words("supervisory body"),
    AgencyKind.ECONOMIC: words("economic inspection"),
    AgencyKind.IMMIGRATION: words("Immigration Office"),
    AgencyKind.FOOD: words("food safety agency"),
    AgencyKind.MEDICINES: words("medicines agency"),
    AgencyKind.FIU: words("financial intelligence unit"),
    AgencyKind.CPAS: words("public centre for social welfare"),
    AgencyKind.CRIMINAL_RECORD: words("criminal record"),
    AgencyKind.INTELLIGENCE: words("intelligence services"),
    AgencyKind.REGION: words("regional and community services"),
}
ROLES: dict[str, str] = {
    AgencyRole.LEAD: words("agency that leads the case"),
    AgencyRole.HUB: words("agency that gives the advice"),
}
TOLD_OUTSIDE: dict[str, str] = {
    Secrecy.INVISIBLE: words("are told nothing"),
    Secrecy.POINTER: words("are told whom to ask"),
    Secrecy.STUB: words("are told that there is a case"),
}
