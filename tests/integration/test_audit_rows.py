"""Whoever owns the database alters what auditors and the DPO wrote, and it is found."""

from datetime import date

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from acts.audit import findings, honey, statutory, subject_requests
from acts.audit.subject_requests import NewRequest, RequestReply
from models.agencies import ReadReason
from models.errors import EntryAltered
from models.findings import FindingOutcome
from models.ids import CaseId, ItemId, OfficerId
from models.subject_requests import RequestOutcome, RequestRegime, SubjectRight
from storage.log import audit_rows
from tests.deeds.cast import Cast
from tests.deeds.looking import ordered_question
from tests.running.terminal import Terminal
from tests.running.world import World

AUDITOR, DPO = "audit/auditor", "anderlecht/dpo"
OWNER = OfficerId("pz-midi/supervisor")


@pytest.fixture(scope="module")
def question(world: World, cast: Cast, case: CaseId) -> ItemId:
    return ordered_question(world, cast, case)


@pytest.fixture(scope="module")
def written(world: World, cast: Cast, question: ItemId) -> None:
    """A finding that is open again, one that is closed, a honey record and a list."""
    desk, auditor = cast.desk, cast.reader(AUDITOR, ReadReason.CHECKING)
    of = "select entry_id from ledger_entry where kind = 'item.released' and agency_id"
    new = findings.NewFinding(
        entries=(world.one(of + " = 'pz-midi'"),), owner=OWNER, text="Pourquoi?"
    )
    for again in (True, False):
        name = findings.open_finding(desk, auditor, new).finding.id
        findings.answer(desk, cast.officer(OWNER), name, "Parce que.")
        if again:
            findings.follow(desk, auditor, name, "Mais encore?", date(2199, 1, 1))
        else:
            findings.close(desk, auditor, name, "Bien.", FindingOutcome.EXPLAINED)
    honey.set_honey(desk, auditor, question)
    honey.lift_honey(desk, auditor, question)
    statutory.make(desk, cast.reader(DPO), cast.today, cast.today)
    dpo = cast.reader(DPO, ReadReason.ANSWERING)
    for extended in (True, False):
        asked = subject_requests.record(desk, dpo, a_request(cast.today)).request.id
        subject_requests.acknowledge(desk, dpo, asked, "Bien reçu.")
        if extended:
            subject_requests.extend(desk, dpo, asked, "C'est long.")
        else:
            reply = RequestReply(
                outcome=RequestOutcome.REFUSED, text="Non.", limit="inquiry_running"
            )
            subject_requests.answer(desk, dpo, asked, reply)
            subject_requests.close(desk, dpo, asked, "Fini.")


def a_request(today: date) -> NewRequest:
    return NewRequest(
        right=SubjectRight.ACCESS,
        regime=RequestRegime.GDPR,
        received_on=today,
        number="85.07.30-033.28",
        identity="Carte.",
        text="Que savez-vous de moi ?",
    )


def verify(world: World, statement: str = "select 1") -> int:
    """Verify what the owner of the database made of it; nothing of it stays."""
    with world.superuser() as raw:
        engine = create_engine(
            "postgresql+psycopg://", creator=lambda: raw, poolclass=StaticPool
        )
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
            held = audit_rows.verify(connection, connection)
            connection.rollback()
    return held


def test_what_was_written_is_what_entries_say(
    world: World, terminal: Terminal, written: None
) -> None:
    held = verify(world)

    found = terminal.run("ledger", "verify", "--json").document
    assert found["audits"] == held >= 6 + 2 + 1 + 7 + 2 * 7


TAMPERED = {
    "another owner": "update finding set owner_id = 'pz-midi/analyst'",
    "another agency": "update finding set agency_id = 'deipp'",
    "another auditor": "update finding set auditor_id = 'deipp'",
    "another day": "update finding set due_on = due_on + 1 where state = 'open'",
    "opened on another day": "update finding set opened_on = opened_on - 7",
    "another state": "update finding set state = 'answered' where state = 'closed'",
    "closed": "update finding set state = 'closed' where state = 'open'",
    "another outcome": "update finding set outcome = 'remedied' where state = 'closed'",
    "closed on another day": "update finding set closed_on = closed_on - 7",
    "open again": "update finding set closed_on = null",
    "a finding taken out": "delete from finding",
    "a step taken out": "delete from finding_step where step = 'answer'",
    "a step by another agency": "update finding_step set agency_id = 'deipp'",
    "a step at another time": "update finding_step set at = at - interval '1 hour'",
    "a step of another kind": "update finding_step set step = 'close'",
    "another item watched": "update honey set item_id = gen_random_uuid()",
    "a honey record taken out": "delete from honey",
    "a honey record not lifted": "update honey set lifted_at = null",
    "lifted at another time": "update honey set lifted_at = lifted_at + interval '1 s'",
    "a list of another day": "update statutory_list set first_day = first_day - 1",
    "a list of another agency": "update statutory_list set agency_id = 'deipp'",
    "a list taken out": "delete from statutory_list",
    "a request of another agency": "update subject_request set agency_id = 'deipp'",
    "another right": "update subject_request set asked_for = 'erasure'",
    "another regime": "update subject_request set regime = 'police'",
    "received on another day": "update subject_request set received_on = due_on",
    "due on another day": "update subject_request set due_on = due_on + 1",
    "a term kept that was not": "update subject_request set state = 'acknowledged'"
    " where state = 'open'",
    "extended more often": "update subject_request set extended = 2",
    "another answer": "update subject_request set outcome = 'granted'"
    " where outcome is not null",
    "another restriction": "update subject_request set limit_code = null",
    "a request open again": "update subject_request set closed_on = null",
    "a request taken out": "delete from subject_request",
    "a step of a request taken out": "delete from subject_request_step"
    " where step = 'extend'",
    "a paper of another agency": "update paper set originator = 'deipp'",
    "a paper of something else": "update paper set matter_id = gen_random_uuid()",
    "a paper taken out": "delete from paper_key; delete from paper",
}


@pytest.mark.parametrize("statement", TAMPERED.values(), ids=TAMPERED)
def test_what_the_owner_of_the_database_does_to_rows_of_audits_is_found(
    world: World, written: None, statement: str
) -> None:
    with pytest.raises(EntryAltered, match="is not what entries say"):
        verify(world, statement)


@pytest.mark.parametrize("table", ["finding_step", "honey"])
def test_rows_that_nobody_proved_are_found(
    world: World, written: None, table: str
) -> None:
    new = {
        "finding_step": "select gen_random_uuid(), finding_id, step, agency_id,"
        " function, service_number, at",
        "honey": "select auditor_id, gen_random_uuid(), set_at, lifted_at",
    }
    with pytest.raises(EntryAltered, match="is not what entries say"):
        verify(world, f"insert into {table} {new[table]} from {table} limit 1")
