"""What auditors and the DPO wrote, and papers, held against their entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, Row, Text, select

from ledger.canonical import decode
from models.events import EventKind
from models.findings import FindingState, FindingStep
from storage import tables as t
from storage.log import ledger, request_rows
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

_STEPS: Mapping[str, FindingStep] = {
    EventKind.FINDING_OPENED: FindingStep.OPEN,
    EventKind.FINDING_ANSWERED: FindingStep.ANSWER,
    EventKind.FINDING_FOLLOWED: FindingStep.FOLLOW,
    EventKind.FINDING_CLOSED: FindingStep.CLOSE,
}
_LEADS_TO = {
    FindingStep.OPEN: FindingState.OPEN,
    FindingStep.ANSWER: FindingState.ANSWERED,
    FindingStep.FOLLOW: FindingState.OPEN,
    FindingStep.CLOSE: FindingState.CLOSED,
}
_TELL_DUE = frozenset(FindingStep) - {FindingStep.CLOSE}
_MADE, _ERASED = EventKind.STATUTORY_LIST_MADE, EventKind.PAPERS_ERASED
_SET, _LIFTED = EventKind.HONEY_SET, EventKind.HONEY_LIFTED

# The checklist. Each step below repeats its number.
#   (1) Each step of a finding has its entry, and each entry its step.
#   (2) A finding is of whom its entries say, and due, closed and open as they say.
#   (3) Each honey record was set and lifted by an entry.
#   (4) Each statutory list is the one that its entry says was made.
#   (5) Requests of data subjects are as `request_rows` says.
#   (6) Each paper was sealed with such a step or list, and is there, or was erased.
# No entry says which entries a finding is about, until when texts are kept, and what
# the service number of an officer was.


def verify(log: Connection, record: Connection) -> int:
    """Verify the rows of audits; the checklist is above. Return how many hold.

    Args:
        log: sees entries.
        record: sees what lies beside them, at the same instant.

    Raises:
        EntryAltered: the message names what was altered.
    """
    told = _entries(log)
    steps = [each for kind in _STEPS for each in told[kind]]
    held = require_same(  # (1)
        "step of a finding", _steps_of(record), said_by(_step, steps)
    )
    _check_findings(record, steps)  # (2)
    for kind in (_SET, _LIFTED):  # (3)
        said = said_by(_honey, told[kind])
        held += require_same("honey record", _honey_of(record, kind), said)
    lists = said_by(_list, told[_MADE])
    held += require_same("statutory list", _lists_of(record), lists)  # (4)
    held += request_rows.verify(record, told)  # (5)
    gone = {each for names in said_by(_items, told[_ERASED]) for each in names}
    sealed = [*steps, *told[_MADE], *request_rows.steps_in(told)]
    kept = [each for each in sealed if each["items"][1] not in gone]
    papers = said_by(_paper, kept)
    return held + require_same("paper", _papers_of(record), papers)  # (6)


def _entries(log: Connection) -> Mapping[str, list[Said]]:
    """Return what entries say of audits, by their kind."""
    found: dict[str, list[Said]] = defaultdict(list)
    kinds = {*_STEPS, *request_rows.STEPS, _MADE, _ERASED, _SET, _LIFTED}
    with closing(ledger.of_kinds(log, kinds)) as entries:
        for each in entries:
            said = decode(each.body)
            if isinstance(said, dict):
                found[str(said["kind"])].append({**said, "leaf": each.leaf})
    return found


def _steps_of(record: Connection) -> Iterable[Facts]:
    row = t.finding_step.c
    facts = row.paper_id, row.finding_id, row.step, row.agency_id, row.function, row.at
    return rows_of(record, facts)


def _step(said: Said) -> Facts:
    finding, paper = said["items"]
    did = _STEPS[said["kind"]].value, said["agency"], said["function"]
    return paper, finding, *did, instant_of(said)


def _honey_of(record: Connection, kind: str) -> Iterable[Facts]:
    row = t.honey.c
    at = row.set_at if kind == _SET else row.lifted_at
    return rows_of(record, (row.item_id, row.auditor_id, at), at.is_not(None))


def _honey(said: Said) -> Facts:
    return said["items"][0], said["agency"], instant_of(said)


def _lists_of(record: Connection) -> Iterable[Facts]:
    row = t.statutory_list.c
    days = row.first_day.cast(Text) + " " + row.last_day.cast(Text)
    return rows_of(record, (row.id, row.paper_id, row.agency_id, days))


def _list(said: Said) -> Facts:
    return *said["items"], said["agency"], said["detail"]


def _papers_of(record: Connection) -> Iterable[Facts]:
    row = t.paper.c
    return rows_of(record, (row.id, row.matter_id, row.originator))


def _paper(said: Said) -> Facts:
    matter, paper = said["items"]
    return paper, matter, said["agency"]


def _items(said: Said) -> Facts:
    return tuple(said["items"])


def _check_findings(record: Connection, steps: Sequence[Said]) -> None:
    stories: dict[str, list[Said]] = defaultdict(list)
    for said in steps:
        stories[said["items"][0]].append(said)
    stored = {str(row.id): row for row in record.execute(select(t.finding))}
    owners = _owners(record, steps)
    for finding in sorted(stored.keys() | stories.keys()):
        row, story = stored.get(finding), sorted(stories[finding], key=instant_of)
        if row is None or not story or not _is_told(row, story, owners):
            raise altered("finding", finding)


def _owners(record: Connection, steps: Sequence[Said]) -> dict[bytes, str]:
    """Return who answers for findings, by the leaves of entries that still say so."""
    row, leaves = t.salt.c, [said["leaf"] for said in steps]
    query = select(row.leaf, row.officer_id).where(
        row.leaf.in_(leaves), row.kind == "named"
    )
    return {found.leaf: found.officer_id for found in record.execute(query)}


def _is_told(row: Row[Any], story: Sequence[Said], owners: Mapping[bytes, str]) -> bool:
    """Tell whether a finding is what became of it by its steps."""
    opened, last = story[0], story[-1]
    closed = _STEPS[last["kind"]] is FindingStep.CLOSE
    due = [said.get("detail") for said in story if _STEPS[said["kind"]] in _TELL_DUE]
    return (
        (row.auditor_id, {row.auditor_id, row.agency_id})
        == (opened["agency"], set(opened.get("recipients", ())))
        and {owners.get(said["leaf"], row.owner_id) for said in story} == {row.owner_id}
        and is_day_of(opened, row.opened_on)
        and due[-1:] == [str(row.due_on)]
        and row.state in _states(story)
        and (row.outcome or "") == (last.get("detail") if closed else "")
        and (row.closed_on is None or is_day_of(last, row.closed_on))
        and (row.closed_on is not None) == closed
    )


def _states(story: Sequence[Said]) -> set[FindingState]:
    """Return the states that steps lead to; a follow-up may open a finding again."""
    states: set[FindingState] = set()
    for said in story:
        step = _STEPS[said["kind"]]
        states = {_LEADS_TO[step]} | (states if step is FindingStep.FOLLOW else set())
    return states
