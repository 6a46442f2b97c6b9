"""What coordinators count: open cases and questions, without any id."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from models.clock import legal_day
from models.figures import CountedCase, CountedQuestion
from models.handoffs import HandoffState
from models.ids import AgencyId


class Asked(NamedTuple):
    """A question, and where the law of it stands: route, version, source."""

    question: CountedQuestion
    route: str
    pack_version: date
    source: str


def cases(connection: Connection) -> list[CountedCase]:
    """Return the open cases that a coordinator counts; none for anybody else."""
    names = ("number", "agency_id", "route", "stage")
    row = func.my_coordinated().table_valued(*names).c
    return [
        CountedCase(
            number=o.number,
            agency=AgencyId(o.agency_id),
            route=o.route,
            stage=o.stage,
        )
        for o in connection.execute(select(*row))
    ]


def questions(connection: Connection, since: date) -> list[Asked]:
    """Return questions that are open, or ended since a day; none for anybody else."""
    names = (
        *("number", "route", "pack_version", "source", "asked"),
        *("state", "offered_at", "due_on", "closed_at"),
    )
    row = func.my_coordinated_questions(since).table_valued(*names).c
    return [
        Asked(
            CountedQuestion(
                number=o.number,
                asked=AgencyId(o.asked),
                state=HandoffState(o.state),
                offered_on=legal_day(o.offered_at),
                due_on=o.due_on,
                closed_on=legal_day(o.closed_at) if o.closed_at else None,
            ),
            *(o.route, o.pack_version, o.source),
        )
        for o in connection.execute(select(*row))
    ]
