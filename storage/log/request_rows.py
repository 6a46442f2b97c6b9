"""Requests of data subjects, held against their entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from models.events import EventKind
from models.subject_requests import RequestState, RequestStep
from storage import tables as t
from storage.log.row_facts import (
    Facts,
    Said,
    altered,
    instant_of,
    is_day_of,
    require_same,
    rows_of,
    said_by,
)

STEPS: Mapping[str, RequestStep] = {
    EventKind.SUBJECT_REQUEST_RECORDED: RequestStep.RECORD,
    EventKind.SUBJECT_REQUEST_ACKNOWLEDGED: RequestStep.ACKNOWLEDGE,
    EventKind.SUBJECT_REQUEST_EXTENDED: RequestStep.EXTEND,
    EventKind.SUBJECT_REQUEST_ANSWERED: RequestStep.ANSWER,
    EventKind.SUBJECT_REQUEST_CLOSED: RequestStep.CLOSE,
}
"""The steps by the kinds of their entries."""

_LEADS_TO = {
    RequestStep.RECORD: RequestState.OPEN,
    RequestStep.EXTEND: RequestState.OPEN,
    RequestStep.ANSWER: RequestState.ANSWERED,
    RequestStep.CLOSE: RequestState.CLOSED,
}


def steps_in(told: Mapping[str, Sequence[Said]]) -> list[Said]:
    """Return the entries of steps among those told by their kind."""
    return [each for kind in STEPS for each in told.get(kind, ())]


def verify(record: Connection, told: Mapping[str, Sequence[Said]]) -> int:
    """Check that each step has its entry, and that requests are what entries say.

    No entry says who asked, and until when texts are kept. Return how many steps hold.

    Raises:
        EntryAltered: the message names what was altered.
    """
    steps = steps_in(told)
    held = require_same("step of a request", _steps_of(record), said_by(_step, steps))
    stories: dict[str, list[Said]] = defaultdict(list)
    for said in steps:
        stories[said["items"][0]].append(said)
    stored = {str(row.id): row for row in record.execute(select(t.subject_request))}
    for request in sorted(stored.keys() | stories.keys()):
        row, story = stored.get(request), sorted(stories[request], key=instant_of)
        if row is None or not story or not _is_told(row, story):
            raise altered("request of a data subject", request)
    return held


def _steps_of(record: Connection) -> Iterable[Facts]:
    row = t.subject_request_step.c
    return rows_of(record, (row.paper_id, row.request_id, row.step, row.at))


def _step(said: Said) -> Facts:
    request, paper = said["items"]
    return paper, request, STEPS[said["kind"]].value, instant_of(said)


def _is_told(row: Row[Any], story: Sequence[Said]) -> bool:
    """Tell whether a request is what became of it by its steps."""
    first, last = story[0], STEPS[story[-1]["kind"]]
    by_step = {step: _details(story, step) for step in RequestStep}
    due = [*first["detail"].split()[3:], *by_step[RequestStep.EXTEND]]
    asked = f"{row.asked_for} {row.regime} {row.received_on} {due[0] if due else ''}"
    answered = " ".join(filter(None, (row.outcome, row.limit_code)))
    closed = last is RequestStep.CLOSE
    return (
        {row.agency_id} == {said["agency"] for said in story}
        and by_step[RequestStep.RECORD] == [asked]
        and due[-1:] == [str(row.due_on)]
        and row.extended == len(by_step[RequestStep.EXTEND])
        and by_step[RequestStep.ANSWER] == ([answered] if answered else [])
        and row.state == _LEADS_TO.get(last, story[-1].get("detail"))
        and (row.closed_on is not None) == closed
        and (row.closed_on is None or is_day_of(story[-1], row.closed_on))
    )


def _details(story: Sequence[Said], step: RequestStep) -> list[str]:
    return [each.get("detail", "") for each in story if STEPS[each["kind"]] is step]
