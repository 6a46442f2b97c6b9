"""Which function records which act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from activities.recording import (
    advice,
    appeals,
    cases,
    decisions,
    emergencies,
    handoffs,
    hearings,
    people,
    recalls,
    releases,
    second_keys,
    secrecy,
)
from activities.recording.step import Step
from models.act_kinds import ActKind

Recorder = Callable[[Step, Any], None]

RECORDERS: dict[ActKind, Recorder] = {
    ActKind.CASE_OPEN: cases.open_,
    ActKind.CASE_DESIGNATE: people.designate,
    ActKind.CASE_RELEASE: people.release,
    ActKind.CASE_EXCLUDE: people.exclude,
    ActKind.CASE_RECUSE: people.recuse,
    ActKind.CASE_READMIT: people.readmit,
    ActKind.CASE_BREAK_GLASS: emergencies.break_glass,
    ActKind.CASE_REVIEW: emergencies.review,
    ActKind.CASE_CONCEAL: secrecy.conceal,
    ActKind.CASE_EXTEND: cases.extend,
    ActKind.CASE_CLOSE: cases.close,
    ActKind.ITEM_ADD: cases.add_item,
    ActKind.ITEM_REQUEST_RELEASE: releases.request,
    ActKind.ITEM_GRANT: releases.grant,
    ActKind.ITEM_DENY: releases.deny,
    ActKind.ITEM_RECALL: recalls.recall,
    ActKind.ITEM_CORRECT: recalls.correct,
    ActKind.HANDOFF_ASK: handoffs.ask,
    ActKind.HANDOFF_DESIGNATE: people.designate_for_handoff,
    ActKind.HANDOFF_RECEIVE: handoffs.receive,
    ActKind.HANDOFF_ACCEPT: handoffs.accept,
    ActKind.HANDOFF_ANSWER: handoffs.answer,
    ActKind.HANDOFF_CONFIRM: second_keys.confirm,
    ActKind.HANDOFF_DECLINE: second_keys.decline,
    ActKind.HANDOFF_NOTHING: second_keys.nothing_known,
    ActKind.HANDOFF_REFUSE: handoffs.refuse,
    ActKind.HANDOFF_RETURN: handoffs.return_,
    ActKind.HANDOFF_COMPLETE: handoffs.complete,
    ActKind.HANDOFF_RECALL: handoffs.recall,
    ActKind.REGISTER_QUERY: handoffs.query_register,
    ActKind.REGISTER_FILE: decisions.file_in_register,
    ActKind.ADVICE_REQUEST: advice.request,
    ActKind.ADVICE_COMPLETE: advice.complete,
    ActKind.ADVICE_ADMIT: advice.admit,
    ActKind.ADVICE_REJECT: advice.reject,
    ActKind.ADVICE_DELIVER: advice.deliver,
    ActKind.HEARING_INVITE: hearings.invite,
    ActKind.HEARING_RECORD: hearings.record,
    ActKind.DECISION_PROPOSE: decisions.propose,
    ActKind.DECISION_ADOPT: decisions.adopt,
    ActKind.DECISION_NOTIFY: decisions.notify,
    ActKind.DECISION_WITHDRAW: decisions.withdraw,
    ActKind.APPEAL_RECORD: appeals.record,
    ActKind.APPEAL_NONE: appeals.confirm_none,
    ActKind.APPEAL_RULE: appeals.rule,
}
