"""Act and entry are one transaction; the trail in the database verifies."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from activities.recording import acts
from activities.services import Services
from acts.performing import Done
from ledger.verify import StoredEntry, verify_entries
from models.errors import EntryAltered, TransitionNotAllowed
from models.ids import CaseId
from models.process import ActPointer
from runtime.keys import ledger_verifier
from runtime.roles import Role
from serving.coordination import build_services
from storage.engine import transaction
from tests.deeds.cast import Cast
from tests.oracles.evidence import (
    entries,
    procedure_of,
    state_of,
    unproven_acts,
    verify_ledger,
)
from tests.pieces.power import PowerCut
from tests.running.world import World, eventually


@pytest.fixture(scope="module")
def services(world: World) -> Iterator[Services]:
    built = build_services(world.settings)
    yield built
    built.database.dispose()


@pytest.fixture
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


@pytest.fixture
def stored(world: World, cast: Cast, case: CaseId) -> ActPointer:
    """An act that was stored, and that no process has heard of yet."""
    done = world.do(cast.unheard().add_fact(case))
    return ActPointer(act=done.act, case=case, kind="item.add")


def proofs_of(world: World, pointer: ActPointer) -> list[str]:
    return [e["kind"] for e in entries(world) if e.get("act") == str(pointer.act)]


def test_what_is_rolled_back_leaves_neither_act_nor_entry(
    world: World, services: Services, case: CaseId, stored: ActPointer
) -> None:
    before = procedure_of(world, case)

    with pytest.raises(PowerCut), transaction(services.database) as connection:
        outcome = acts.record(connection, services, stored)
        assert outcome.refused is None and outcome.receipt
        raise PowerCut

    assert procedure_of(world, case) == before
    assert proofs_of(world, stored) == []
    assert state_of(world, stored.act) == "staged"


def test_an_act_whose_entry_cannot_be_written_is_not_recorded(
    world: World, services: Services, case: CaseId, stored: ActPointer
) -> None:
    before = procedure_of(world, case)
    with ledger_closed(world):
        with pytest.raises(Exception, match="permission denied"):
            with transaction(services.database) as connection:
                acts.record(connection, services, stored)

    assert procedure_of(world, case) == before
    assert state_of(world, stored.act) == "staged"


@contextmanager
def ledger_closed(world: World) -> Iterator[None]:
    """Take from the record step the right to write entries."""
    with world.connection(Role.OWNER) as owner:
        owner.execute("revoke insert on ledger_staging from estafette_record")
    try:
        yield
    finally:
        with world.connection(Role.OWNER) as owner:
            owner.execute("grant insert on ledger_staging to estafette_record")


def test_an_act_waits_while_the_ledger_is_closed_and_counts_when_it_opens(
    world: World, cast: Cast, case: CaseId
) -> None:
    hasty = Cast(world, world.new_desk(world.process(patience=0.5)))
    with ledger_closed(world):
        done: Done = world.do(hasty.add_fact(case))
        assert not done.taken_up
        assert state_of(world, done.act) == "staged"

    assert eventually(lambda: state_of(world, done.act) == "recorded")
    assert unproven_acts(world) == []


def test_recording_twice_records_once_and_returns_the_same(
    world: World, services: Services, stored: ActPointer
) -> None:
    with transaction(services.database) as connection:
        first = acts.record(connection, services, stored)
    with transaction(services.database) as connection:
        second = acts.record(connection, services, stored)

    assert first == second
    assert proofs_of(world, stored) == ["item.add"]


def test_the_process_takes_up_what_was_recorded_behind_its_back(
    world: World, cast: Cast, services: Services, case: CaseId, stored: ActPointer
) -> None:
    with transaction(services.database) as connection:
        recorded = acts.record(connection, services, stored)

    assert world.do(world.desk.process.send(stored)) == recorded
    position = world.do(world.desk.process.position(case))
    assert position.version == recorded.version


def test_every_closed_act_has_one_entry_with_the_receipt_it_was_given(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case))
    with pytest.raises(TransitionNotAllowed):
        world.do(cast.answer(handoff))
    received = world.do(cast.receive(handoff))

    assert received.outcome is not None
    (entry,) = [e for e in entries(world) if e.get("act") == str(received.act)]
    assert (entry["kind"], entry["handoff"]) == ("handoff.receive", str(handoff))
    assert unproven_acts(world) == []


def test_an_entry_names_no_officer_but_commits_to_one(
    world: World, cast: Cast, case: CaseId
) -> None:
    done = world.do(cast.add_fact(case))

    (entry,) = [e for e in entries(world) if e.get("act") == str(done.act)]
    assert entry["function"] == "handler" and len(entry["officer"]) == 64
    assert "anderlecht/handler" not in str(entry)
    assert done.outcome is not None
    salt = "select octet_length(salt) from ledger_salt where leaf = decode(%s, 'hex')"
    assert world.one(salt, done.outcome.receipt) >= 16


def test_the_whole_trail_verifies_and_its_checkpoint_covers_it(
    world: World, cast: Cast, case: CaseId
) -> None:
    staged = "select count(*) from ledger_staging"
    assert eventually(lambda: world.one(staged) == 0)

    held = verify_ledger(world)

    assert held.entries == held.size > 0
    assert held.checkpoints > 0


@pytest.mark.parametrize(
    "forgery",
    [
        # A digit of the act's id; it stays one, so that the row can be written.
        "update ledger_entry set body = set_byte(body, 12,"
        " case get_byte(body, 12) when 48 then 49 else 48 end) where seq = %s",
        "update ledger_entry set leaf = set_byte(leaf, 0, get_byte(leaf, 0) # 1)"
        " where seq = %s",
        "delete from ledger_entry where seq = %s",
        "update ledger_entry set seq = seq + 1000000 where seq = %s",
        "update ledger_checkpoint set note = replace(note, '\n\n', '0\n\n')"
        " where size > %s",
    ],
)
def test_whatever_an_intruder_changes_is_found(
    world: World, cast: Cast, case: CaseId, forgery: str
) -> None:
    """A superuser of the database, whom no wall stops."""
    assert eventually(lambda: world.one("select max(seq) > 2 from ledger_entry"))

    with pytest.raises(EntryAltered), world.superuser() as intruder:
        intruder.execute(forgery.encode(), [1])
        try:
            verify_what(world, intruder)
        finally:
            intruder.rollback()

    verify_ledger(world)


def verify_what(world: World, seen_by: psycopg.Connection[tuple[Any, ...]]) -> None:
    rows = seen_by.execute("select seq, body, leaf from ledger_entry order by seq")
    found = [StoredEntry(*row) for row in rows]
    notes = seen_by.execute("select note from ledger_checkpoint order by size")
    verify_entries(found, [note for (note,) in notes], ledger_verifier(world.settings))


def test_an_honest_hash_over_a_forged_entry_is_found_by_the_root(
    world: World, cast: Cast, case: CaseId
) -> None:
    assert eventually(lambda: world.one("select max(seq) > 2 from ledger_entry"))

    with pytest.raises(EntryAltered, match="root"), world.superuser() as intruder:
        intruder.execute(
            "update ledger_entry set body = convert_to('{}', 'utf8'),"
            " leaf = sha256('\\x00'::bytea || convert_to('{}', 'utf8')) where seq = 1"
        )
        try:
            verify_what(world, intruder)
        finally:
            intruder.rollback()
