"""Tells of terms beside cases: answers to findings, and requests of data subjects."""

from __future__ import annotations

import asyncio
from datetime import date

import structlog
from sqlalchemy import Connection

from activities.services import Services
from models.agencies import OfficerFunction
from models.clock import legal_day
from models.errors import Unavailable
from models.findings import Finding
from models.ids import CaseId
from models.kinds.findings import FindingOverdue
from models.kinds.subject_requests import SubjectRequestDue
from models.notices import Notice, NoticeKind
from models.subject_requests import SubjectRequest
from policies.subject_requests import load_request_rules
from storage.audits import findings, subject_requests
from storage.engine import transaction
from storage.log import evidence
from storage.notices import leave
from storage.people import directory

# Seconds between two looks: a term ends with its day, so nobody waits for less.
_PAUSE = 10.0

log = structlog.get_logger()


class Overdue:
    """Looks for terms that were missed, or that near their end; each is told once."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def run(self) -> None:
        """Look for ever."""
        while True:
            try:
                await asyncio.to_thread(self.once)
            except Unavailable as error:
                log.warning("overdue_waits", reason=error.message)
            await asyncio.sleep(_PAUSE)

    def once(self) -> int:
        """Tell of what was not told yet; return of how many findings and requests.

        Raises:
            Unavailable: the database does not answer.
        """
        rules = load_request_rules()
        with transaction(self._services.database) as connection:
            today = legal_day(self._services.clock.now())
            found = findings.overdue(connection, today)
            for finding in found:
                self._tell(connection, finding)
                findings.note_told(connection, finding.id, today)
            days = rules.remind_before
            ending = subject_requests.ending(connection, today, days)
            for request in ending:
                self._tell_dpo(connection, request, today)
                subject_requests.note_told(connection, request.id, today)
        return len(found) + len(ending)

    def _tell_dpo(
        self, connection: Connection, request: SubjectRequest, today: date
    ) -> None:
        at = self._services.clock.now()
        word = "overdue" if request.is_overdue(today) else "due"
        notice = Notice(
            case=CaseId(request.id),
            agency=request.agency,
            function=OfficerFunction.DPO,
            kind=NoticeKind(f"subject_request_{word}"),
            due_on=request.due_on,
            at=at,
        )
        leave(connection, notice)
        entry = evidence.new_entry(
            SubjectRequestDue(
                at=at,
                items=(request.id,),
                agency=request.agency,
                detail=f"{word} {request.due_on}",
            )
        )
        evidence.append(connection, entry, None)

    def _tell(self, connection: Connection, finding: Finding) -> None:
        at = self._services.clock.now()
        owner = directory.officer(connection, finding.owner)
        told = [(finding.auditor, OfficerFunction.AUDITOR)]
        if owner.functions:  # else the owner has left, and nobody can answer
            told.append((finding.agency, min(owner.functions)))
        for agency, function in told:
            notice = Notice(
                case=CaseId(finding.id),
                agency=agency,
                function=function,
                kind=NoticeKind.FINDING_OVERDUE,
                due_on=finding.due_on,
                at=at,
            )
            leave(connection, notice)
        entry = evidence.new_entry(
            FindingOverdue(
                at=at,
                items=(finding.id,),
                agency=finding.agency,
                recipients=(finding.agency, finding.auditor),
                detail=str(finding.due_on),
            )
        )
        evidence.append(connection, entry, None, named=finding.owner)
