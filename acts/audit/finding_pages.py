"""Findings as those with a part in them see them: listed, and one with its texts."""

from __future__ import annotations

from sqlalchemy import Connection

from acts.audit.papers import Reading
from acts.desk import Desk
from acts.pages.showing import Showing, log_page
from models.agencies import Reader
from models.errors import NotFound
from models.findings import Finding, StepTaken
from models.ids import FindingId
from models.pages import Query, Window
from models.values import Value
from storage.audits import findings
from storage.sessions import acting


class FindingLine(Value):
    """A finding as a list has it."""

    finding: Finding
    overdue: bool


class StepRead(Value):
    """A step with its text; None once it was destroyed, or without a key for it."""

    taken: StepTaken
    text: str | None


class FindingPage(Value):
    """A finding with everything that was written about it."""

    finding: Finding
    overdue: bool
    steps: tuple[StepRead, ...]
    receipt: str


def listed(
    desk: Desk, reader: Reader, window: Window, *, closed: bool = False
) -> list[FindingLine]:
    """Return a page of the findings that concern a reader, the first due on top.

    Whoever has no part in any sees an empty page. The page is an entry.
    """
    today = desk.today
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        found = findings.page(connection, window, closed=closed)
        rows = [each.id for each in found]
        log_page(desk, connection, reader, Showing(query=Query.FINDINGS, rows=rows))
    return [FindingLine(finding=f, overdue=f.is_overdue(today)) for f in found]


def show(desk: Desk, reader: Reader, finding: FindingId) -> FindingPage:
    """Return a finding with its texts, which come out once the entry is committed.

    Raises:
        NotFound: absent or hidden.
    """
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        found = finding_in(connection, finding)
        steps = findings.steps(connection, finding)
        reading = Reading(desk, reader, [each.paper for each in steps])
        rows = [finding, *(each.paper for each in steps)]
        receipt = reading.log(connection, Showing(query=Query.FINDING, rows=rows))
    texts = reading.texts()
    return FindingPage(
        finding=found,
        overdue=found.is_overdue(desk.today),
        steps=tuple(StepRead(taken=s, text=texts.get(s.paper)) for s in steps),
        receipt=receipt,
    )


def finding_in(connection: Connection, finding: FindingId) -> Finding:
    """Return a finding that somebody knows of.

    Raises:
        NotFound: absent or hidden.
    """
    found = findings.find(connection, finding)
    if found is None:
        raise NotFound(
            f"there is no finding `{str(finding)[:8]}` for you",
            help="list those that concern you with `estafette audit finding list`",
        )
    return found
