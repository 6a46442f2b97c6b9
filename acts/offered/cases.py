"""Acts on a case."""

from __future__ import annotations

from collections.abc import Awaitable
from uuid import UUID

from acts import (
    advice,
    appeals,
    cases,
    decisions,
    emergencies,
    existence,
    handoffs,
    hearings,
    people,
)
from acts.offered import bodies as b
from acts.offered.offer import dated, on_case, reading, saying
from acts.performing import Done
from acts.seat import Seat
from models.act_kinds import ActKind
from models.ids import CaseId


def _add(at: Seat, case: UUID, given: b.Material) -> Awaitable[Done]:
    material = cases.OwnMaterial(
        source=given.source,
        body=given.body,
        document=given.document is not None,
        name=given.name,
        handling=dated(at, given.handling),
    )
    return cases.add_item(at.desk, at.officer, CaseId(case), material)


def _designate(at: Seat, case: UUID, given: b.NamedUntil) -> Awaitable[Done]:
    named, until = given.officer, given.until
    return people.designate(at.desk, at.officer, CaseId(case), named, until)


def _exclude(at: Seat, case: UUID, given: b.KeptOut) -> Awaitable[Done]:
    named, ground = given.officer, given.ground
    return people.exclude(at.desk, at.officer, CaseId(case), named, ground)


def _break(at: Seat, case: UUID, given: b.Emergency) -> Awaitable[Done]:
    ground, hours = given.ground, given.hours
    return emergencies.break_glass(at.desk, at.officer, CaseId(case), ground, hours)


def _review(at: Seat, case: UUID, given: b.Reviewed) -> Awaitable[Done]:
    glass, outcome = given.glass, given.outcome
    return emergencies.review(at.desk, at.officer, CaseId(case), glass, outcome)


def _adopt(at: Seat, case: UUID, given: b.DecisionText) -> Awaitable[Done]:
    which, text = given.decision, given.text
    return decisions.adopt(at.desk, at.officer, CaseId(case), which, text)


def _withdraw(at: Seat, case: UUID, given: b.DecisionReasons) -> Awaitable[Done]:
    which, why = given.decision, given.reasons
    return decisions.withdraw(at.desk, at.officer, CaseId(case), which, why)


OFFERS = (
    on_case(ActKind.ITEM_ADD, _add, b.Material),
    on_case(ActKind.HANDOFF_ASK, reading(handoffs.ask), handoffs.Question),
    on_case(
        ActKind.REGISTER_QUERY, reading(handoffs.query_register), handoffs.Question
    ),
    on_case(ActKind.ADVICE_REQUEST, reading(advice.request), advice.AdviceRequest),
    on_case(ActKind.CASE_DESIGNATE, _designate, b.NamedUntil),
    on_case(ActKind.CASE_RELEASE, saying(people.release, "officer"), b.Named),
    on_case(ActKind.CASE_EXCLUDE, _exclude, b.KeptOut),
    on_case(ActKind.CASE_RECUSE, saying(people.recuse, "ground"), b.Conflicted),
    on_case(ActKind.CASE_READMIT, saying(people.readmit, "officer"), b.Named),
    on_case(ActKind.CASE_BREAK_GLASS, _break, b.Emergency),
    on_case(ActKind.CASE_REVIEW, _review, b.Reviewed),
    on_case(ActKind.CASE_CONCEAL, saying(existence.conceal, "mode"), b.Concealed),
    on_case(ActKind.CASE_EXTEND, saying(cases.extend, "reasons"), b.Reasons),
    on_case(ActKind.CASE_CLOSE, saying(cases.close, "reasons"), b.Reasons),
    on_case(ActKind.HEARING_INVITE, saying(hearings.invite), hearings.Invitation),
    on_case(ActKind.HEARING_RECORD, saying(hearings.record), hearings.Minutes),
    on_case(ActKind.DECISION_PROPOSE, saying(decisions.propose), decisions.Proposal),
    on_case(ActKind.DECISION_ADOPT, _adopt, b.DecisionText),
    on_case(ActKind.DECISION_NOTIFY, saying(decisions.notify), decisions.Notification),
    on_case(ActKind.DECISION_WITHDRAW, _withdraw, b.DecisionReasons),
    on_case(
        ActKind.REGISTER_FILE, saying(decisions.file_in_register), decisions.Filing
    ),
    on_case(ActKind.APPEAL_RECORD, saying(appeals.record), appeals.LodgedAppeal),
    on_case(ActKind.APPEAL_NONE, saying(appeals.confirm_none), appeals.NoAppeal),
    on_case(ActKind.APPEAL_RULE, saying(appeals.rule), appeals.Judgment),
)
