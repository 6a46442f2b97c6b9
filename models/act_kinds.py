"""The acts an officer can perform: one code each, the same in every pack."""

from __future__ import annotations

from enum import StrEnum


class ActKind(StrEnum):
    """What an officer does; the code travels in messages, packs and the ledger.

    A pack says who may perform each act, in which stage, and what it sets running.
    An act that a pack does not list does not exist on that route.
    """

    CASE_OPEN = "case.open"
    CASE_DESIGNATE = "case.designate"
    CASE_RELEASE = "case.release"
    CASE_EXCLUDE = "case.exclude"
    CASE_RECUSE = "case.recuse"
    CASE_READMIT = "case.readmit"
    CASE_BREAK_GLASS = "case.break_glass"
    CASE_REVIEW = "case.review"
    CASE_CONCEAL = "case.conceal"
    CASE_EXTEND = "case.extend"
    CASE_CLOSE = "case.close"
    INTENTION_NOTIFY = "intention.notify"
    INTENTION_OBJECT = "intention.object"
    ITEM_ADD = "item.add"
    ITEM_REQUEST_RELEASE = "item.request_release"
    ITEM_GRANT = "item.grant"
    ITEM_DENY = "item.deny"
    ITEM_RECALL = "item.recall"
    ITEM_CORRECT = "item.correct"
    HANDOFF_ASK = "handoff.ask"
    HANDOFF_DESIGNATE = "handoff.designate"
    HANDOFF_RECEIVE = "handoff.receive"
    HANDOFF_ACCEPT = "handoff.accept"
    HANDOFF_ANSWER = "handoff.answer"
    HANDOFF_CONFIRM = "handoff.confirm"
    HANDOFF_DECLINE = "handoff.decline"
    HANDOFF_NOTHING = "handoff.nothing"
    HANDOFF_REFUSE = "handoff.refuse"
    HANDOFF_RETURN = "handoff.return"
    HANDOFF_COMPLETE = "handoff.complete"
    HANDOFF_RECALL = "handoff.recall"
    REGISTER_QUERY = "register.query"
    REGISTER_FILE = "register.file"
    ADVICE_REQUEST = "advice.request"
    ADVICE_COMPLETE = "advice.complete"
    ADVICE_ADMIT = "advice.admit"
    ADVICE_REJECT = "advice.reject"
    ADVICE_DELIVER = "advice.deliver"
    HEARING_INVITE = "hearing.invite"
    HEARING_RECORD = "hearing.record"
    DECISION_PROPOSE = "decision.propose"
    DECISION_ADOPT = "decision.adopt"
    DECISION_NOTIFY = "decision.notify"
    DECISION_WITHDRAW = "decision.withdraw"
    APPEAL_RECORD = "appeal.record"
    APPEAL_NONE = "appeal.none"
    APPEAL_RULE = "appeal.rule"


AFTER_THE_END = frozenset(
    {
        ActKind.CASE_RELEASE,
        ActKind.CASE_EXCLUDE,
        ActKind.CASE_RECUSE,
        ActKind.CASE_READMIT,
        ActKind.CASE_BREAK_GLASS,
        ActKind.CASE_REVIEW,
        ActKind.ITEM_RECALL,
        ActKind.ITEM_CORRECT,
        ActKind.CASE_CONCEAL,
    }
)
"""Acts that are possible as long as a case is kept, years after its process ended: one
of them lets it begin again, for as long as what follows from it runs."""
