"""Every state that a fault leaves of an integrator, and the states that none leaves.

Faults come in pairs: failed and not persisted, failed but persisted all the same.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count

import psycopg
import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from activities.integrator import Integrator
from activities.recovery import resume
from activities.witnessing import Offers
from ledger.signed_note import SignerKey
from models.errors import DatabaseUnavailable, EntryAltered
from storage.engine import transaction
from storage.log import ledger
from tests.pieces.staged import staging
from tests.running.small_log import SIZE, SmallLog, small_log


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallLog]:
    with small_log(tmp_path_factory.mktemp("witness")) as made:
        yield made


def stage(log: SmallLog) -> None:
    """Let one entry wait."""
    with transaction(log.root) as connection:
        connection.execute(text(staging("''", "1", "1")))


def restarted(log: SmallLog) -> Integrator:
    return Integrator(log.integrating, log.signer, Offers(log.signer, timedelta(0)))


def sizes(log: SmallLog) -> tuple[int, int]:
    """Return how many entries are ordered, and how many wait."""
    with transaction(log.root) as connection:
        return ledger.last_number(connection) + 1, ledger.staged(connection)[0]


def lost() -> OperationalError:
    return OperationalError("", {}, psycopg.OperationalError("gone"))


@contextmanager
def failing(log: SmallLog, moment: str, number: int) -> Iterator[None]:
    """Fail at a statement: before the database has it, or before its answer comes."""
    numbers = count()

    def fail(*_: object) -> None:
        if next(numbers) == number:
            raise lost()

    event.listen(log.integrating, moment, fail)
    try:
        yield
    finally:
        event.remove(log.integrating, moment, fail)


@contextmanager
def losing_the_commit(log: SmallLog, *, persisted: bool) -> Iterator[None]:
    dialect = log.integrating.dialect
    commit = dialect.do_commit

    def fail(connection: object) -> None:
        if persisted:
            commit(connection)
        raise psycopg.OperationalError("gone")

    dialect.do_commit = fail  # type: ignore[method-assign]
    try:
        yield
    finally:
        dialect.do_commit = commit  # type: ignore[method-assign]


def assert_goes_on(log: SmallLog, ordered: int) -> None:
    """A start after the fault has ordered everything, once, and all verifies."""
    again = restarted(log)
    again.once()
    assert again.once() == 0
    assert sizes(log) == (ordered, 0)
    with log.tampering() as connection:
        assert log.verify(connection).held.size == ordered


@pytest.mark.parametrize("moment", ["before_cursor_execute", "after_cursor_execute"])
def test_a_batch_that_fails_at_any_statement_is_taken_again(
    log: SmallLog, moment: str
) -> None:
    for number in range(100):
        stage(log)
        ordered, waiting = sizes(log)
        try:
            with failing(log, moment, number):
                restarted(log).once()
        except DatabaseUnavailable:
            assert sizes(log) == (ordered, waiting)
            assert restarted(log).once() == waiting
        else:
            break
    assert 5 < number < 99
    assert_goes_on(log, sum(sizes(log)))


@pytest.mark.parametrize("persisted", [False, True], ids=["not done", "done"])
def test_a_commit_that_nobody_heard_of_is_taken_as_it_is(
    log: SmallLog, persisted: bool
) -> None:
    restarted(log).once()
    stage(log)
    ordered, _ = sizes(log)

    with losing_the_commit(log, persisted=persisted):
        with pytest.raises(DatabaseUnavailable):
            restarted(log).once()

    assert sizes(log) == ((ordered + 1, 0) if persisted else (ordered, 1))
    assert_goes_on(log, ordered + 1)


def test_another_takes_over_from_one_that_hangs_with_the_lock(log: SmallLog) -> None:
    """Its machine is gone, say: nothing closes its connection."""
    stage(log)
    ordered, waiting = sizes(log)
    with log.root.connect() as hanging:
        assert ledger.elect(hanging, timedelta(milliseconds=300))
        assert restarted(log).once() == 0
        for _ in range(200):
            if restarted(log).once():
                break
            time.sleep(0.05)
        hanging.invalidate()

    assert sizes(log) == (ordered + waiting, 0)


def test_two_at_once_order_nothing_twice(log: SmallLog) -> None:
    for _ in range(20):
        stage(log)
    ordered, waiting = sizes(log)
    others = [threading.Thread(target=restarted(log).once) for _ in range(3)]
    for other in others:
        other.start()
    for other in others:
        other.join()

    assert_goes_on(log, ordered + waiting)


# States that no crash leaves: going on would sign them.
STOPS = {
    "another key's checkpoint": (
        "update ledger_checkpoint set note = replace(note, ' ledger.example ',"
        " ' another ')",
        "not signed by",
    ),
    "a row that says another root": (
        "update ledger_checkpoint set root = sha256(root)",
        "the row of the checkpoint",
    ),
    "an edge of another tree": (
        "update ledger_checkpoint set frontier = set_byte(frontier, 0,"
        " get_byte(frontier, 0) # 1)",
        "has another root",
    ),
    "an edge that is cut": (
        "update ledger_checkpoint set frontier = ''",
        "the edge kept with",
    ),
    "entries beyond the checkpoint": (
        "delete from ledger_checkpoint where size > 260",
        "the checkpoint covers `260` entries, and the last one",
    ),
    "entries and no checkpoint": (
        "delete from ledger_checkpoint",
        "the checkpoint covers `0` entries",
    ),
    "the last entry gone": (
        "delete from ledger_entry where seq = (select max(seq) from ledger_entry)",
        "and the last one there is number",
    ),
    "a hash of a tile altered": (
        "update ledger_tile_hash set hash = sha256(hash)",
        "the stored tree of `.*` entries has another root",
    ),
    "a leaf of the last tile altered": (
        "update ledger_entry set leaf = sha256(leaf) where seq >= 296",
        "the stored tree of `.*` entries has another root",
    ),
}


@pytest.mark.parametrize(("done", "said"), STOPS.values(), ids=STOPS)
def test_what_no_crash_leaves_stops_the_log(
    log: SmallLog, done: str, said: str
) -> None:
    with log.tampering(done) as connection:
        with pytest.raises(EntryAltered, match=said):
            resume(connection, log.signer.verifier)


def test_an_altered_staged_entry_is_not_signed(log: SmallLog) -> None:
    with log.tampering(
        "alter table ledger_staging drop constraint ledger_staging_check",
        "insert into ledger_staging (id, body, leaf, staged_at)"
        " values (gen_random_uuid(), 'x', 'y', now())",
    ) as connection:
        with pytest.raises(EntryAltered, match="staged entry"):
            ledger.take_staged(connection, 5_000)


def test_a_new_key_does_not_go_on_with_the_log_of_another(log: SmallLog) -> None:
    other = SignerKey.generate("ledger.example")

    with pytest.raises(EntryAltered, match="not signed"):
        Integrator(log.integrating, other).once()

    assert sizes(log)[0] >= SIZE
