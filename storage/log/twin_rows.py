"""Rows of twin records, held against hand-offs, entries and signatures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import Connection, Row, func, or_, select

from ledger.canonical import JsonValue, decode
from ledger.verify import StoredEntry
from models.clock import stamp
from models.errors import CiphertextInvalid, EntryAltered
from models.events import Entry
from models.handoffs import HandoffState
from models.twins import KEPT_INSIDE, MOVES, PROVEN_BY, Change, Side, Twin, change_to
from storage import tables as t
from storage.log import ledger
from storage.sightings import Guards
from vault.trust import Trust
from vault.twins import check_follows, check_signed

_BATCH = 500
_ROW, _OF = t.handoff_twin.c, t.handoff.c
_OFFER = (
    *(_OF.asker, _OF.asked, _OF.source, _OF.purpose, _OF.article),
    *(_OF.question_id, _OF.offered_at),
)


class TwinsHeld(NamedTuple):
    """How many records hold, how many sides are missing, and which nobody checked.

    Without an authority that is believed, signatures are not looked at: `unchecked`.
    """

    signed: int = 0
    missing: int = 0
    unchecked: int = 0

    @property
    def words(self) -> str:
        """Return it for people."""
        said = f"{self.signed} signed by their side, {self.missing} not yet"
        return f"{said}; no signature checked" if self.unchecked else said


# The checklist. Each step below repeats its number.
#   (1) Each version of each hand-off has a row for either side, and there are no more.
#   (2) The last change is the state in which the hand-off stands.
#   (3) The entry that proves a change is in the ledger, and about it; the one of the
#       offer says of the question who put it to whom, when, why, as what and under
#       which article.
#   (4) What was signed is what the row says, by the agency on that side.
#   (5) Its signature holds, with a certificate that held when it was made.
#   (6) It continues what that agency signed of the step before.
#   (7) Each entry that moves a hand-off proves one of its changes.


def verify(
    log: Connection, record: Connection, trust: Trust | None, guards: Guards
) -> TwinsHeld:
    """Verify all twin records; the checklist is above. What is missing is counted.

    Args:
        log: sees entries.
        record: sees hand-offs, at the same instant.
        trust: whose certificates are believed; None: signatures are not looked at.
        guards: tells whether answers to a source of a pack are guarded.

    Raises:
        EntryAltered: the message names hand-off and step.
    """
    _check_complete(record)
    signed = missing = 0
    before: dict[str, Row[Any]] = {}
    for some in _everything(record):
        proofs = ledger.bodies(log, {row.leaf for row in some})
        for row in some:
            _check_row(row, proofs)
            last = before.get(row.side) if row.step > 1 else None
            if row.word is None:
                missing += 1
            else:
                _check_word(row, last, trust)
                signed += 1
            before[row.side] = row
    _check_moves(log, record, guards)
    return TwinsHeld(signed, missing, 0 if trust else signed)


def _check_complete(connection: Connection) -> None:
    """Check that every version of every hand-off is told of, twice."""  # (1)
    both = t.handoff.join(t.handoff_twin, _ROW.handoff_id == _OF.id, full=True)
    version = func.coalesce(_OF.version, 0)
    query = (
        select(func.coalesce(_OF.id, _ROW.handoff_id))
        .select_from(both)
        .group_by(_OF.id, _ROW.handoff_id, _OF.version)
        .having(
            or_(
                func.count(_ROW.side) != 2 * version,
                func.coalesce(func.max(_ROW.step), 0) != version,
                func.min(_ROW.step) != 1,
            )
        )
        .limit(1)
    )
    found = connection.execute(query).scalar()
    if found is not None:
        raise EntryAltered(f"not all that became of hand-off `{found}` is told")


def _everything(connection: Connection) -> Iterator[list[Row[Any]]]:
    """Yield all rows, step by step for each hand-off, a batch at a time."""
    query = (
        select(t.handoff_twin, *_OFFER, _OF.state, _OF.version)
        .join(t.handoff, _OF.id == _ROW.handoff_id)
        .order_by(_ROW.handoff_id, _ROW.step, _ROW.side)
        .execution_options(stream_results=True, yield_per=_BATCH)
    )
    with connection.execute(query) as rows:
        for some in rows.partitions():
            yield list(some)


def _check_row(row: Row[Any], proofs: Mapping[bytes, bytes]) -> None:
    last = change_to(HandoffState(row.state), row.version)
    if row.step == row.version and row.change != last:  # (2)
        raise _altered(row, f"the hand-off is `{row.state}`")
    if row.leaf not in proofs:  # (3)
        raise _altered(row, "the entry that proves it is not in the ledger")
    entry = decode(proofs[row.leaf])
    if not _is_proof(entry, row):
        raise _altered(row, "the entry that it names is about something else")
    if row.change == Change.OFFERED and not _is_offer(entry, row):
        raise _altered(row, "the question is not the one that its entry is about")


def _is_proof(entry: JsonValue, row: Row[Any]) -> bool:
    """Tell whether an entry proves a change. What ends with another has none itself."""
    if not isinstance(entry, dict) or entry.get("case") != str(row.case_id):
        return False
    change, own = Change(row.change), entry.get("handoff") == str(row.handoff_id)
    if change is Change.RECALLED and not own:
        return True
    return own and entry.get("kind") in PROVEN_BY[change]


def _is_offer(entry: JsonValue, row: Row[Any]) -> bool:
    """Tell whether an entry put this very question; it does not name the route."""
    said = Entry.model_validate(entry)
    return (said.agency, said.detail, said.purpose, said.article, said.at) == (
        *(row.asker, row.source, row.purpose, row.article, row.offered_at),
    ) and (row.asked in said.recipients and row.question_id in said.items)


def _check_word(row: Row[Any], before: Row[Any] | None, trust: Trust | None) -> None:
    agency = row.asker if row.side == Side.SENDER else row.asked
    try:
        twin = Twin.model_validate_json(row.word)
        if _said(twin) != _told(row, agency):  # (4)
            raise _altered(row, "what was signed is something else")
        if trust is not None:
            check_signed(twin, trust)  # (5)
        if before is None or before.word is not None:
            word = before and Twin.model_validate_json(before.word)
            check_follows(twin, word)  # (6)
    except (CiphertextInvalid, ValidationError) as error:
        raise _altered(row, getattr(error, "message", "not readable")) from error


def _check_moves(log: Connection, record: Connection, guards: Guards) -> None:
    """Check that no change was taken away with both of its rows."""  # (7)
    with closing(ledger.of_kinds(log, MOVES)) as entries:
        while some := list(islice(entries, _BATCH)):
            _check_proofs(record, some, guards)


def _check_proofs(
    record: Connection, entries: Sequence[StoredEntry], guards: Guards
) -> None:
    leaves = [each.leaf for each in entries]
    query = select(_ROW.leaf, _ROW.handoff_id).where(_ROW.leaf.in_(leaves))
    proven = {tuple(row) for row in record.execute(query)}
    for each in entries:
        entry = decode(each.body)
        if not isinstance(entry, dict) or not entry.get("handoff"):
            continue
        handoff = UUID(str(entry["handoff"]))
        if (each.leaf, handoff) in proven or (
            entry["kind"] in KEPT_INSIDE and _is_guarded(record, handoff, guards)
        ):
            continue
        raise EntryAltered(
            f"of hand-off `{handoff}` it is not told that an entry says"
            f" `{entry['kind']}`"
        )


def _is_guarded(record: Connection, handoff: UUID, guards: Guards) -> bool:
    query = select(_OF.route, _OF.pack_version, _OF.source).where(_OF.id == handoff)
    found = record.execute(query).first()
    return found is not None and guards(*found)


def _said(twin: Twin) -> tuple[object, ...]:
    place = (twin.agency, twin.handoff, twin.step, twin.side)
    return (*place, twin.change, twin.at, twin.leaf)


def _told(row: Row[Any], agency: str) -> tuple[object, ...]:
    place = (agency, row.handoff_id, row.step, row.side)
    return (*place, row.change, stamp(row.at), row.leaf)


def _altered(row: Row[Any], why: str) -> EntryAltered:
    return EntryAltered(
        f"the {row.side}'s record of step `{row.step}` of hand-off `{row.handoff_id}`"
        f" was altered: {why}"
    )
