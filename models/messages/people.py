"""Acts on who works on a case."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import Field

from models.ids import HandoffId, OfficerId
from models.people import ExclusionGround, GlassGround, ReviewOutcome
from models.values import Message


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
