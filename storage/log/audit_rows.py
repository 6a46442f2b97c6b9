"""Findings, honey records, statutory lists and papers, held against their entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Text, select

from ledger.canonical import decode
from models.errors import EntryAltered
from models.events import EventKind
from models.findings import FindingState, FindingStep
from storage import tables as t
from storage.log import ledger

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

Said = dict[str, Any]
Facts = tuple[object, ...]

# The checklist. Each step below repeats its number.
#   (1) Each step of a finding has its entry, and each entry its step.
#   (2) A finding is of whom its entries say, and due, closed and open as they say.
#   (3) Each honey record was set and lifted by an entry.
#   (4) Each statutory list is the one that its entry says was made.
#   (5) Each paper was sealed with such a step or list, and is there, or was erased.
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
    papers = [*steps, *told[_MADE]]
    held = _same("step of a finding", _steps_of(record), _each(_step, steps))  # (1)
    _check_findings(record, steps)  # (2)
    for kind in (_SET, _LIFTED):  # (3)
        said = _each(_honey, told[kind])
        held += _same("honey record", _honey_of(record, kind), said)
    held += _same("statutory list", _lists_of(record), _each(_list, told[_MADE]))  # (4)
    gone = {each for names in _each(_items, told[_ERASED]) for each in names}
    kept = [each for each in papers if each["items"][1] not in gone]
    return held + _same("paper", _papers_of(record), _each(_paper, kept))  # (5)


def _entries(log: Connection) -> Mapping[str, list[Said]]:
    """Return what entries say of audits, by their kind."""
    found: dict[str, list[Said]] = defaultdict(list)
    kinds = {*_STEPS, _MADE, _ERASED, _SET, _LIFTED}
    with closing(ledger.of_kinds(log, kinds)) as entries:
        for each in entries:
            said = decode(each.body)
            if isinstance(said, dict):
                found[str(said["kind"])].append({**said, "leaf": each.leaf})
    return found


def _each(facts: Callable[[Said], Facts], entries: Iterable[Said]) -> Iterator[Facts]:
    """Yield the facts of entries; one that lacks some, no program of ours wrote."""
    for said in entries:
        try:
            yield facts(said)
        except (LookupError, TypeError, ValueError) as error:
            raise EntryAltered(
                f"entry `{said.get('id')}` is called `{said['kind']}`, and lacks what"
                " such an entry says",
                help="somebody wrote past the program: read it with `estafette audit"
                " trail --kind`",
            ) from error


def _same(what: str, stored: Iterable[Facts], said: Iterable[Facts]) -> int:
    """Check that rows are exactly what entries say; each begins with an id."""
    rows = set(stored)
    for each in sorted(rows ^ set(said), key=str):
        raise _altered(what, each[0])
    return len(rows)


def _steps_of(record: Connection) -> Iterable[Facts]:
    row = t.finding_step.c
    facts = row.paper_id, row.finding_id, row.step, row.agency_id, row.function, row.at
    return _facts(record, facts)


def _step(said: Said) -> Facts:
    finding, paper = said["items"]
    did = _STEPS[said["kind"]].value, said["agency"], said["function"]
    return paper, finding, *did, _instant(said)


def _honey_of(record: Connection, kind: str) -> Iterable[Facts]:
    row = t.honey.c
    at = row.set_at if kind == _SET else row.lifted_at
    return _facts(record, (row.item_id, row.auditor_id, at), at.is_not(None))


def _honey(said: Said) -> Facts:
    return said["items"][0], said["agency"], _instant(said)


def _lists_of(record: Connection) -> Iterable[Facts]:
    row = t.statutory_list.c
    days = row.first_day.cast(Text) + " " + row.last_day.cast(Text)
    return _facts(record, (row.id, row.paper_id, row.agency_id, days))


def _list(said: Said) -> Facts:
    return *said["items"], said["agency"], said["detail"]


def _papers_of(record: Connection) -> Iterable[Facts]:
    row = t.paper.c
    return _facts(record, (row.id, row.matter_id, row.originator))


def _paper(said: Said) -> Facts:
    matter, paper = said["items"]
    return paper, matter, said["agency"]


def _items(said: Said) -> Facts:
    return tuple(said["items"])


def _facts(
    record: Connection, columns: Sequence[Any], *which: ColumnElement[bool]
) -> Iterable[Facts]:
    for row in record.execute(select(*columns).where(*which)):
        yield tuple(str(each) if isinstance(each, UUID) else each for each in row)


def _check_findings(record: Connection, steps: Sequence[Said]) -> None:
    stories: dict[str, list[Said]] = defaultdict(list)
    for said in steps:
        stories[said["items"][0]].append(said)
    stored = {str(row.id): row for row in record.execute(select(t.finding))}
    owners = _owners(record, steps)
    for finding in sorted(stored.keys() | stories.keys()):
        row, story = stored.get(finding), sorted(stories[finding], key=_instant)
        if row is None or not story or not _is_told(row, story, owners):
            raise _altered("finding", finding)


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
        and _is_day_of(opened, row.opened_on)
        and due[-1:] == [str(row.due_on)]
        and row.state in _states(story)
        and (row.outcome or "") == (last.get("detail") if closed else "")
        and (row.closed_on is None or _is_day_of(last, row.closed_on))
        and (row.closed_on is not None) == closed
    )


def _states(story: Sequence[Said]) -> set[FindingState]:
    """Return the states that steps lead to; a follow-up may open a finding again."""
    states: set[FindingState] = set()
    for said in story:
        step = _STEPS[said["kind"]]
        states = {_LEADS_TO[step]} | (states if step is FindingStep.FOLLOW else set())
    return states


def _is_day_of(said: Said, day: date) -> bool:
    """Tell whether an entry was written on a day, or on the next one a moment later."""
    return 0 <= (date.fromisoformat(said["at"][:10]) - day).days <= 1


def _instant(said: Said) -> datetime:
    return datetime.fromisoformat(said["at"])


def _altered(what: str, which: object) -> EntryAltered:
    return EntryAltered(
        f"{what} `{which}` is not what entries say",
        help="read them with `estafette audit trail --item`: somebody wrote past the"
        " program",
    )
