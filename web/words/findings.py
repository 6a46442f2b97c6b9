"""Findings of auditors."""

from __future__ import annotations

from models.findings import FindingOutcome, FindingState, FindingStep
from web.languages import words

ENDS_OF_FINDINGS: dict[str, str] = {
    FindingOutcome.REMEDIED: words("remedied"),
    FindingOutcome.EXPLAINED: words("explained: it was right"),
    FindingOutcome.NOT_REMEDIED: words("not remedied"),
    FindingOutcome.REPORTED: words("handed on to the supervisory authority"),
}
STATES_OF_FINDINGS: dict[str, str] = {
    FindingState.OPEN: words("waits for its owner"),
    FindingState.ANSWERED: words("waits for the auditors"),
    FindingState.CLOSED: words("closed"),
}
STEPS_OF_FINDINGS: dict[str, str] = {
    FindingStep.OPEN: words("finding opened"),
    FindingStep.ANSWER: words("finding answered"),
    FindingStep.FOLLOW: words("finding followed up"),
    FindingStep.CLOSE: words("finding closed"),
}
