"""Who works on a case and who may not: the closed sets of words, and who was named."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from models.ids import AgencyId, CaseId, HandoffId, OfficerId
from models.values import Value


class ExclusionGround(StrEnum):
    """Why an officer has no part in a case; the law names none, the list is ours."""

    CONCERNED = "concerned"
    """The officer is concerned by the case."""

    FAMILY = "family"
    """A relative or partner is."""

    FINANCIAL = "financial"
    """The officer gains or loses by the outcome."""

    FORMER_WORK = "former_work"
    """The officer worked for or against those concerned."""

    PERSONAL = "personal"
    """Friendship or enmity."""


class GlassGround(StrEnum):
    """Why somebody reads in an emergency without being named; the list is ours."""

    DANGER = "danger"
    """Somebody's life or safety is at stake."""

    EVIDENCE = "evidence"
    """Evidence is about to vanish."""

    COURT = "court"
    """A court asks, and sets a term of hours."""

    TERM = "term"
    """A term ends, and nobody who is named can be reached."""


class ReviewOutcome(StrEnum):
    """What a supervisor found about an emergency."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"
    REPORTED = "reported"
    """Handed on to the data-protection officer."""


class Naming(Value):
    """An officer named for a case, or for one handoff of it."""

    case: CaseId
    agency: AgencyId
    officer: OfficerId
    from_day: date
    until_day: date | None = None
    handoff: UUID | None = None


class NamedFor(Value):
    """As whom somebody is named: for a whole case, or for one handoff of it."""

    officer: OfficerId
    handoff: HandoffId | None = None


class Designated(Value):
    """An officer who is named today, as colleagues see it."""

    officer: OfficerId
    service_number: str
    functions: tuple[str, ...]
    handoff: HandoffId | None = None
    from_day: date
    until_day: date | None = None


class Exclusion(Value):
    """An officer who has no part in a case from a day on."""

    case: CaseId
    agency: AgencyId
    officer: OfficerId
    ground: ExclusionGround
    from_day: date


class Glass(Value):
    """An emergency; until it has an outcome, its review is open."""

    id: UUID
    case: CaseId
    agency: AgencyId
    officer: OfficerId
    ground: GlassGround
    from_at: datetime
    until_at: datetime
    outcome: ReviewOutcome | None = None
    reviewed_on: date | None = None
