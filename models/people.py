"""Acts on who works on a case, and the closed sets of words they use."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import Field

from models.ids import HandoffId, OfficerId
from models.values import Message


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


class Release(Message):
    """An officer's designations in a case end today."""

    kind: Literal["case.release"] = "case.release"
    officer: OfficerId


class DesignateForHandoff(Message):
    """The supervisor of an asked agency names who works on a question."""

    kind: Literal["handoff.designate"] = "handoff.designate"
    handoff: HandoffId
    officer: OfficerId


class Exclude(Message):
    """A conflict of interest keeps an officer out of a case."""

    kind: Literal["case.exclude"] = "case.exclude"
    officer: OfficerId
    ground: ExclusionGround


class Recuse(Message):
    """An officer declares a conflict of interest of their own."""

    kind: Literal["case.recuse"] = "case.recuse"
    ground: ExclusionGround


class Readmit(Message):
    """An exclusion ends; what it took away must be given anew."""

    kind: Literal["case.readmit"] = "case.readmit"
    officer: OfficerId


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


class BreakGlass(Message):
    """An officer who is not named reads for some hours; a review opens."""

    kind: Literal["case.break_glass"] = "case.break_glass"
    glass: UUID
    ground: GlassGround
    hours: int = Field(ge=1)


class ReviewGlass(Message):
    """The supervisor concludes the review of an emergency."""

    kind: Literal["case.review"] = "case.review"
    glass: UUID
    outcome: ReviewOutcome


PeopleMessage = (
    Release | DesignateForHandoff | Exclude | Recuse | Readmit
    | BreakGlass | ReviewGlass
)  # fmt: skip
