"""Tells the owners of findings, and the auditors, that an answer is overdue."""

from __future__ import annotations

import asyncio

import structlog
from sqlalchemy import Connection

from activities.services import Services
from models.agencies import OfficerFunction
from models.clock import legal_day
from models.errors import Unavailable
from models.findings import Finding
from models.ids import CaseId
from models.kinds.findings import FindingOverdue
from models.notices import Notice
from storage.audits import findings
from storage.engine import transaction
from storage.log import evidence
from storage.notices import leave
from storage.people import directory

# Seconds between two looks: a term ends with its day, so nobody waits for less.
_PAUSE = 10.0

log = structlog.get_logger()


class Overdue:
    """Looks for findings whose term was missed; each is told of once for each term."""

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
        """Tell of what is overdue and was not told yet; return how many findings.

        Raises:
            Unavailable: the database does not answer.
        """
        with transaction(self._services.database) as connection:
            today = legal_day(self._services.clock.now())
            found = findings.overdue(connection, today)
            for finding in found:
                self._tell(connection, finding)
                findings.note_told(connection, finding.id, today)
        return len(found)

    def _tell(self, connection: Connection, finding: Finding) -> None:
        at = self._services.clock.now()
        owner = directory.officer(connection, finding.owner)
        told = (
            (finding.agency, min(owner.functions)),
            (finding.auditor, OfficerFunction.AUDITOR),
        )
        for agency, function in told:
            notice = Notice(
                case=CaseId(finding.id),
                agency=agency,
                function=function,
                kind="finding_overdue",
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
