"""Whoever owns the database tampers with a small log; what is found, and what is not.

Each change is made by the database's superuser in a transaction that is rolled back.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, text

from ledger.checkpoint import parse
from models.errors import EntryAltered
from models.events import EventKind
from storage.log import evidence, ledger
from tests.deeds.intrusions import ACT, FOUND, NUMBERS
from tests.deeds.malformed import MALFORMED
from tests.pieces.happenings import happening
from tests.running.small_log import (
    AGENCIES,
    BY_ONE,
    COSIGNED,
    SIZE,
    SmallLog,
    rehash,
    small_log,
)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallLog]:
    with small_log(tmp_path_factory.mktemp("witness")) as made:
        yield made


def test_the_log_holds_before_anybody_tampers_with_it(log: SmallLog) -> None:
    with log.tampering() as connection:
        found = log.verify(
            connection, *(log.file(each).read_text() for each in AGENCIES)
        )

    assert (found.held.size, found.held.entries, found.waiting) == (SIZE, SIZE, 2)
    assert found.cosignatures == len(AGENCIES) + 1
    assert 0 < found.officers.erased < found.officers.opened
    assert 0 < found.officers.subjects_erased < SIZE > found.officers.subjects > 0
    assert found.rulings > 0 and found.sightings > found.rulings
    assert found.erasures == 2


DONE = FOUND | MALFORMED


@pytest.mark.parametrize(("done", "said"), DONE.values(), ids=DONE)
def test_what_the_owner_of_the_database_does_is_found(
    log: SmallLog, done: tuple[str, ...], said: str
) -> None:
    with log.tampering(*done, **NUMBERS) as connection:
        with pytest.raises(EntryAltered, match=said):
            log.verify(connection)


@pytest.mark.parametrize("kind", [EventKind.FINDING_OPENED, EventKind.PAPERS_ERASED])
def test_an_entry_that_lacks_what_such_entries_say_is_found(
    log: SmallLog, kind: EventKind
) -> None:
    """The business code's connection may stage any entry that is spelled as one."""
    happened = happening(kind, at=datetime.now(UTC), agency="town")
    whole = evidence.new_entry(happened)
    with log.tampering() as connection:
        bare = whole.model_copy(update={"items": (), "subjects": {}})
        evidence.append(connection, bare, None)
        with pytest.raises(EntryAltered, match="lacks what such an entry says"):
            log.verify(connection)


# The owner of database *and* key rewrites an entry, and signs everything anew.
REWRITE = text(
    "update ledger_entry set body = convert_to(replace(convert_from(body, 'UTF8'),"
    " 'procedure', 'disclosure'), 'UTF8') where seq = :number"
)
FORGET = "truncate cosignature, witness, witness_offer, contradiction"
CUT = (
    "delete from ledger_entry where seq >= :COSIGNED",
    "delete from ledger_checkpoint where size > :COSIGNED",
    "truncate ledger_staging",
    "delete from ledger_salt where leaf not in (select leaf from ledger_entry)",
    "delete from subject_salt where leaf not in (select leaf from ledger_entry)",
    "delete from sighting where entry_id not in (select entry_id from ledger_entry)",
)


def rewrite(log: SmallLog, connection: Connection, number: int) -> None:
    connection.execute(REWRITE, {"number": number})
    rehash(connection, [number])
    log.sign_anew(connection)


def test_with_the_key_too_cosignatures_convict(log: SmallLog) -> None:
    with log.tampering() as connection:
        rewrite(log, connection, ACT)
        with pytest.raises(EntryAltered, match="another history"):
            log.verify(connection)
        connection.execute(text("truncate witness_offer, contradiction"))
        connection.execute(text("update witness set seen = ''"))
        with pytest.raises(EntryAltered, match="does not bear out that checkpoint"):
            log.verify(connection)


@pytest.mark.parametrize("agency", AGENCIES)
def test_who_forgets_the_witnesses_too_is_convicted_by_what_any_of_them_kept(
    log: SmallLog, agency: str
) -> None:
    kept = log.file(agency).read_text()
    with log.tampering(FORGET) as connection:
        rewrite(log, connection, ACT)
        assert log.verify(connection).cosignatures == 0  # by itself, it holds

        with pytest.raises(EntryAltered, match="file 0 is of another history"):
            log.verify(connection, kept)


def test_a_log_that_was_rewound_and_forgot_is_convicted_likewise(log: SmallLog) -> None:
    kept = log.file("tax").read_text()
    assert parse(kept).size == BY_ONE
    with log.tampering(FORGET, *CUT, **NUMBERS) as connection:
        assert log.verify(connection).held.size == COSIGNED

        with pytest.raises(EntryAltered, match=f"`{BY_ONE}` entries in file 0 is of"):
            log.verify(connection, kept)


def test_two_histories_for_two_witnesses_are_two_checkpoints_that_convict(
    log: SmallLog,
) -> None:
    """A fork: each half of the agencies is shown another log."""
    with log.tampering(FORGET) as connection:
        rewrite(log, connection, ACT)
        shown_to_others = ledger.latest_checkpoint(connection)
    assert shown_to_others

    with log.tampering() as connection:
        log.verify(connection)
        with pytest.raises(EntryAltered, match="another history"):
            log.verify(connection, shown_to_others)


# What the how-to says that nobody finds here; receipts may.
def test_what_no_witness_has_seen_can_be_rewritten(log: SmallLog) -> None:
    kept = [log.file(each).read_text() for each in AGENCIES]
    number = next(n for n in range(BY_ONE, SIZE) if n % 20 == 2 or n % 20 > 3)
    with log.tampering() as connection:
        rewrite(log, connection, number)
        log.verify(connection, *kept)


def test_what_waits_to_be_ordered_can_be_taken_away(log: SmallLog) -> None:
    with log.tampering(
        "delete from sighting where entry_id in (select id from ledger_staging)",
        "delete from ledger_salt where leaf in (select leaf from ledger_staging)",
        "delete from subject_salt where leaf in (select leaf from ledger_staging)",
        "delete from ledger_staging",
    ) as connection:
        log.verify(connection)
