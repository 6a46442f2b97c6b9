"""Findings: an auditor opens one, its owner answers, auditors follow up and close.

Each step is one transaction: row, sealed text and ledger entry. Nothing of it is an act
on a case, so it needs no process; what is overdue is told by `activities.overdue`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field
from sqlalchemy import Connection

from acts.audit.asking import no_such_officer
from acts.audit.auditing import no_such_entry, require_auditor
from acts.audit.finding_pages import finding_in
from acts.audit.finding_steps import Step, take_step
from acts.audit.papers import delivered
from acts.desk import Desk
from acts.pages.showing import Showing, log_page
from models.agencies import Officer, OfficerFunction, Reader
from models.errors import Conflict, InvalidInput, NotPermitted
from models.findings import (
    Finding,
    FindingOutcome,
    FindingState,
    FindingStep,
)
from models.ids import AgencyId, FindingId, OfficerId, PaperId
from models.pages import Query
from models.texts import Words
from models.values import Value
from policies.findings import answer_due, load_finding_rule
from storage.audits import findings
from storage.log import named, trail
from storage.sessions import acting


class FindingDone(Value):
    """What became of a finding by a step, and the receipt of its entry.

    The receipt is empty where the step was taken before, and is asked for again.
    """

    finding: Finding
    receipt: str = ""


class NewFinding(Value):
    """What a finding is about, who answers for it, until when, and what it says."""

    entries: Annotated[tuple[UUID, ...], Field(min_length=1)]
    owner: OfficerId
    text: Words
    due_on: date | None = None


def open_finding(desk: Desk, reader: Reader, new: NewFinding) -> FindingDone:
    """Open a finding on entries of the trail, against the agency of its owner.

    Raises:
        NotPermitted: the reader is no auditor, or would answer to themselves.
        NotFound: an entry or officer that is absent, or that the auditor has no sight
            of.
        InvalidInput: an entry is another agency's, or the day does not fit.
    """
    require_auditor(reader)
    officer, today = reader.officer, desk.today
    if new.owner == officer.id:
        raise NotPermitted(
            "nobody answers for a finding of their own",
            help="name another officer of that agency with `--owner`",
        )
    finding = Finding(
        id=FindingId(uuid4()),
        auditor=officer.agency,
        agency=_agency_of(new.owner),
        owner=new.owner,
        entries=tuple(dict.fromkeys(new.entries)),
        state=FindingState.OPEN,
        opened_on=today,
        due_on=answer_due(load_finding_rule(), today, new.due_on),
    )
    with acting(desk.database, desk.acting(officer)) as connection:
        if not findings.watched(connection, new.owner):
            watched = named.watched_officers(connection)
            raise no_such_officer(new.owner, watched, field="owner")
        _check_entries(connection, finding)
        findings.enter(connection, finding)
        step = Step(FindingStep.OPEN, OfficerFunction.AUDITOR, finding, new.text)
        done = take_step(desk, connection, officer, step)
    delivered(desk, officer, done.deliveries)
    return FindingDone(finding=finding, receipt=done.receipt)


def answer(desk: Desk, officer: Officer, finding: FindingId, text: str) -> FindingDone:
    """Answer a finding, as its owner; late is better than never.

    Raises:
        NotFound: absent or hidden.
        NotPermitted: the officer is not its owner.
        Conflict: no answer is asked for.
    """

    def answered(found: Finding) -> Step:
        if found.owner != officer.id:
            raise NotPermitted(
                "only its owner answers for a finding",
                help="auditors go on with `estafette audit finding follow` or `close`",
            )
        if found.state is not FindingState.OPEN:
            raise Conflict(
                f"no answer is asked for: the finding is {found.state}",
                help="the auditors ask again, if they want more: see it with"
                " `estafette audit finding show`",
            )
        after = found.model_copy(update={"state": FindingState.ANSWERED})
        return Step(FindingStep.ANSWER, min(officer.functions), after, text)

    return _go_on(desk, officer, finding, answered)


def follow(
    desk: Desk, reader: Reader, finding: FindingId, text: str, due_on: date | None
) -> FindingDone:
    """Record a follow-up; with a day, its owner answers again until then.

    Raises:
        NotFound: absent or hidden.
        NotPermitted: the reader is no auditor of the agency that opened it.
        Conflict: it is closed.
        InvalidInput: the day is not after today.
    """
    today, rule = desk.today, load_finding_rule()

    def followed(found: Finding) -> Step:
        _require_theirs(reader, found)
        after = found
        if due_on is not None:
            due = answer_due(rule, today, due_on)
            after = found.model_copy(update={"state": FindingState.OPEN, "due_on": due})
        return Step(FindingStep.FOLLOW, OfficerFunction.AUDITOR, after, text)

    return _go_on(desk, reader.officer, finding, followed)


def close(
    desk: Desk, reader: Reader, finding: FindingId, text: str, outcome: FindingOutcome
) -> FindingDone:
    """Close a finding with a word of the list; from then on its texts have a last day.

    Raises:
        NotFound: absent or hidden.
        NotPermitted: the reader is no auditor of the agency that opened it.
        Conflict: it is closed already.
    """
    today, rule = desk.today, load_finding_rule()

    def closed(found: Finding) -> Step:
        _require_theirs(reader, found)
        ended = {
            "state": FindingState.CLOSED,
            "outcome": outcome,
            "closed_on": today,
            "kept_until": rule.kept.until(today),
        }
        after = found.model_copy(update=ended)
        return Step(FindingStep.CLOSE, OfficerFunction.AUDITOR, after, text)

    return _go_on(desk, reader.officer, finding, closed)


def taken(desk: Desk, reader: Reader, paper: PaperId) -> FindingDone | None:
    """Return how a finding stands now, if the step with this paper was taken.

    That is a read, and an entry.
    """
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        found = findings.with_paper(connection, paper)
        if found is None:
            return None
        log_page(
            desk, connection, reader, Showing(query=Query.FINDING, rows=[found.id])
        )
    return FindingDone(finding=found)


def _go_on(
    desk: Desk, officer: Officer, finding: FindingId, choose: Callable[[Finding], Step]
) -> FindingDone:
    """Take a step with a finding that is not closed; `choose` says which."""
    with acting(desk.database, desk.acting(officer)) as connection:
        before = finding_in(connection, finding)
        step = choose(before)
        if before.state is FindingState.CLOSED:
            raise Conflict(
                f"this finding was closed on {before.closed_on}",
                help="an auditor opens a new one with `estafette audit finding open`",
            )
        if not findings.move(connection, before, step.finding):
            raise Conflict(
                "somebody else went on with this finding meanwhile",
                help="look at it again with `estafette audit finding show`",
            )
        done = take_step(desk, connection, officer, step)
    delivered(desk, officer, done.deliveries)
    return FindingDone(finding=step.finding, receipt=done.receipt)


def _require_theirs(reader: Reader, found: Finding) -> None:
    """Refuse whoever is no auditor of the agency that opened a finding."""
    mine = found.auditor == reader.officer.agency
    if not mine or OfficerFunction.AUDITOR not in reader.officer.functions:
        raise NotPermitted(
            "only auditors of the agency that opened it go on with it",
            help="its owner answers with `estafette audit finding answer`",
        )


def _check_entries(connection: Connection, finding: Finding) -> None:
    """Refuse entries that the auditor does not see, or that are of other agencies."""
    seen = trail.agencies_of(connection, finding.entries)
    for entry in finding.entries:
        agency = seen.get(entry)
        if agency is None:
            raise no_such_entry(entry)
        if agency != finding.agency:
            raise InvalidInput(
                f"entry `{str(entry)[:8]}` is of `{agency}`, not of the owner's agency",
                help="open a finding of its own for that agency",
            )


def _agency_of(owner: OfficerId) -> AgencyId:
    """Return the agency that the id of an officer begins with."""
    return AgencyId(owner.partition("/")[0])
