"""Advice, hearing, decision and appeal."""

from __future__ import annotations

from typing import Literal

from models.act_kinds import ActKind
from models.kinds.acts import CaseAct, HandoffAct


class AdviceRequest(HandoffAct):
    """The reasoned advice was requested."""

    kind: Literal[ActKind.ADVICE_REQUEST] = ActKind.ADVICE_REQUEST


class AdviceComplete(HandoffAct):
    """An inadmissible request was completed."""

    kind: Literal[ActKind.ADVICE_COMPLETE] = ActKind.ADVICE_COMPLETE


class AdviceAdmit(HandoffAct):
    """The request was found admissible."""

    kind: Literal[ActKind.ADVICE_ADMIT] = ActKind.ADVICE_ADMIT


class AdviceReject(HandoffAct):
    """The request was found inadmissible."""

    kind: Literal[ActKind.ADVICE_REJECT] = ActKind.ADVICE_REJECT


class AdviceDeliver(HandoffAct):
    """The advice was given."""

    kind: Literal[ActKind.ADVICE_DELIVER] = ActKind.ADVICE_DELIVER


class HearingInvite(CaseAct):
    """The person was invited to be heard."""

    kind: Literal[ActKind.HEARING_INVITE] = ActKind.HEARING_INVITE


class HearingRecord(CaseAct):
    """The hearing, or the absence, was recorded."""

    kind: Literal[ActKind.HEARING_RECORD] = ActKind.HEARING_RECORD


class DecisionPropose(CaseAct):
    """The mayor proposed a decision."""

    kind: Literal[ActKind.DECISION_PROPOSE] = ActKind.DECISION_PROPOSE


class DecisionAdopt(CaseAct):
    """The college adopted it."""

    kind: Literal[ActKind.DECISION_ADOPT] = ActKind.DECISION_ADOPT


class DecisionNotify(CaseAct):
    """Its notification was proven."""

    kind: Literal[ActKind.DECISION_NOTIFY] = ActKind.DECISION_NOTIFY


class DecisionWithdraw(CaseAct):
    """The college withdrew it."""

    kind: Literal[ActKind.DECISION_WITHDRAW] = ActKind.DECISION_WITHDRAW


class AppealRecord(CaseAct):
    """An appeal to the Council of State was recorded."""

    kind: Literal[ActKind.APPEAL_RECORD] = ActKind.APPEAL_RECORD


class AppealNone(CaseAct):
    """It was confirmed that no appeal was lodged, or none but those ruled on."""

    kind: Literal[ActKind.APPEAL_NONE] = ActKind.APPEAL_NONE


class AppealRule(CaseAct):
    """The ruling on an appeal was recorded."""

    kind: Literal[ActKind.APPEAL_RULE] = ActKind.APPEAL_RULE
