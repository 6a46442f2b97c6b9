"""The closed sets of words about who works on a case and who may not."""

from __future__ import annotations

from enum import StrEnum


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
