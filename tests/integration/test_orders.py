"""Orders and case keys between record and nodes: done once, by the right one."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from models.errors import (
    CiphertextInvalid,
    InvalidInput,
    KeyUnknown,
    Unavailable,
)
from models.link import CaseKeyDelivery, PublishedKey, Report, Work
from storage import tables as t
from storage.engine import transaction
from storage.people import directory
from tests.pieces.certified import AUTHORITY, TERM, TRUST, papers_of, serial_of
from tests.running.offices import SCOPE, Offices, open_offices
from vault import statements
from vault.destruction import sign_receipt
from vault.duties import Duties
from vault.local_node import LocalNode
from vault.signing import new_signing_key
from vault.trust import Trust
from vault.values import DestructionReceipt


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    with open_offices(tmp_path_factory.mktemp("offices")) as made:
        yield made


class CutLine:
    """Coordination that hears nothing of the first report."""

    def __init__(self, behind) -> None:  # type: ignore[no-untyped-def]
        self._behind = behind
        self.reports: list[Report] = []

    def publish(self, key: PublishedKey) -> None:
        self._behind.publish(key)

    def work(self) -> Work:
        return self._behind.work()

    def report(self, report: Report) -> None:
        self.reports.append(report)
        if len(self.reports) == 1:
            raise Unavailable("nobody hears this")
        self._behind.report(report)


def states(offices: Offices, *orders: object) -> list[str]:
    with transaction(offices.database) as connection:
        query = select(t.node_order.c.state).where(t.node_order.c.id.in_(orders))
        return list(connection.execute(query).scalars())


def proofs(offices: Offices, case: object) -> int:
    with transaction(offices.database) as connection:
        query = select(t.timeline).where(t.timeline.c.case_id == case)
        return len(connection.execute(query).all())


def test_a_case_key_reaches_its_receiver_and_waits_no_longer(offices: Offices) -> None:
    item = offices.give("town", "tax", uuid4())
    assert offices.orders("hub").work() == Work()

    offices.duties("tax").once()

    assert offices.opens(item, "tax") == b"found"
    assert offices.orders("tax").work() == Work()


def test_a_key_for_a_retired_delivery_key_is_delivered_again(offices: Offices) -> None:
    item = offices.give("town", "tax", uuid4())
    offices.nodes["tax"].rotate_delivery_key()
    offices.nodes["tax"].retire_delivery_keys()
    offices.duties("tax").publish()

    offices.duties("tax").once()
    assert offices.orders("tax").work() == Work()
    (wish,) = offices.orders("town").work().redeliveries
    stated = statements.read(wish.statement)
    assert stated.key == offices.nodes["tax"].public_keys().delivery
    offices.duties("town").once()
    offices.duties("tax").once()

    assert offices.opens(item, "tax") == b"found"
    assert offices.orders("town").work() == Work()


def test_nothing_is_delivered_again_to_a_key_that_the_operator_put_there(
    offices: Offices,
) -> None:
    item = offices.give("town", "tax", uuid4())
    offices.nodes["tax"].rotate_delivery_key()
    offices.nodes["tax"].retire_delivery_keys()
    offices.duties("tax").publish()
    offices.duties("tax").once()
    own = offices.published("tax")
    swap = update(t.agency).where(t.agency.c.id == "tax")

    with transaction(offices.database) as connection:
        spy = offices.published("hub")
        connection.execute(swap.values(statement=spy))
    offices.duties("town").once()
    assert len(offices.orders("town").work().redeliveries) == 1
    with transaction(offices.database) as connection:
        connection.execute(swap.values(statement=own))
    offices.duties("town").once()
    offices.duties("tax").once()

    assert offices.opens(item, "tax") == b"found"


def test_a_receipt_counts_only_while_its_signer_is_believed(offices: Offices) -> None:
    case = uuid4()
    order = offices.order("hub", case, "hub")
    certificate = offices.nodes["hub"].public_keys().certificate
    revoked = {serial_of(certificate): TERM.starts}
    offices.believed = Trust(TRUST.authorities, (AUTHORITY.revoke(revoked, TERM),))
    try:
        with pytest.raises(CiphertextInvalid, match="was revoked"):
            offices.duties("hub").once()
        assert states(offices, order) == ["open"]
    finally:
        offices.believed = TRUST
    offices.duties("hub").once()
    assert states(offices, order) == ["done"]


def test_a_certificate_that_was_renewed_leaves_the_one_before_in_the_directory(
    offices: Offices,
) -> None:
    hub = offices.nodes["hub"]
    first = hub.public_keys().certificate
    papers = papers_of(hub._keyring)
    renewed = LocalNode("hub", hub._keyring, papers)

    for _ in range(2):
        Duties(renewed, offices.orders("hub")).publish()

    with transaction(offices.database) as connection:
        known = directory.agency(connection, "hub").certificates
    assert known == (first, papers.held)


def test_a_key_that_its_giver_destroyed_is_given_up(offices: Offices) -> None:
    case = uuid4()
    offices.give("town", "tax", case)
    offices.nodes["tax"].rotate_delivery_key()
    offices.nodes["tax"].retire_delivery_keys()
    offices.duties("tax").publish()
    offices.duties("tax").once()

    offices.nodes["town"].destroy(str(case), None)
    offices.duties("town").once()

    assert offices.orders("town").work() == offices.orders("tax").work() == Work()


def test_destruction_is_reported_once_signed_and_final(offices: Offices) -> None:
    case = uuid4()
    item = offices.give("town", "tax", case)
    offices.duties("tax").once()
    orders = [offices.order(each, case, "tax") for each in ("town", "tax")]
    before = offices.published("tax")

    for agency in ("town", "tax", "town", "tax"):
        offices.duties(agency).once()

    assert states(offices, *orders) == ["done", "done"]
    assert proofs(offices, case) == 2
    assert offices.published("tax") != before
    with pytest.raises(KeyUnknown):
        offices.opens(item, "tax")


def test_a_report_that_nobody_heard_is_made_again_and_counts_once(
    offices: Offices,
) -> None:
    case = uuid4()
    offices.give("town", "tax", case)
    offices.duties("tax").once()
    order = offices.order("tax", case, "tax")
    line = CutLine(offices.orders("tax"))
    duties = Duties(offices.nodes["tax"], line)

    with pytest.raises(Unavailable):
        duties.once()
    assert states(offices, order) == ["open"]
    duties.once()
    offices.orders("tax").report(line.reports[0])

    first, second = (each.receipts[0].case_key_ids for each in line.reports)
    assert first == second != ()
    assert states(offices, order) == ["done"]
    assert proofs(offices, case) == 1


def test_an_agency_carries_out_no_order_of_another(offices: Offices) -> None:
    case = uuid4()
    order = offices.order("tax", case, "tax")
    receipt = offices.nodes["hub"].destroy(str(case), SCOPE, "tax")
    report = said(order, receipt)

    assert offices.orders("hub").work() == Work()
    offices.orders("hub").report(report)

    assert states(offices, order) == ["open"]
    with pytest.raises(CiphertextInvalid):  # the same words, in the other's name
        offices.orders("tax").report(report)
    assert states(offices, order) == ["open"]
    offices.duties("tax").once()


def test_an_agency_touches_no_delivery_of_others(offices: Offices) -> None:
    item = offices.give("town", "tax", uuid4())
    (waiting,) = offices.orders("tax").work().deliveries
    key = waiting.case_key_id
    forged = waiting.model_copy(update={"sealed_key": b"forged"})
    everything = Report(
        settled=(key,), broken=(key,), redelivered=(forged,), lost=(key,)
    )

    offices.orders("hub").report(everything)
    offices.orders("town").report(everything)

    assert offices.orders("tax").work().deliveries == (waiting,)
    offices.duties("tax").once()
    assert offices.opens(item, "tax") == b"found"


def test_a_receipt_that_is_not_final_or_not_signed_is_refused(
    offices: Offices,
) -> None:
    case = uuid4()
    order = offices.order("hub", case, "hub")
    receipt = offices.nodes["hub"].destroy(str(case), SCOPE, "hub")
    forged = sign_receipt(receipt, new_signing_key())
    due = DestructionReceipt("hub", str(case), SCOPE, "hub", (), (), True)
    unfinished = sign_receipt(due, offices.nodes["hub"]._keyring.signing_key)

    with pytest.raises(CiphertextInvalid):
        offices.orders("hub").report(said(order, forged))
    with pytest.raises(InvalidInput, match="not final"):
        offices.orders("hub").report(said(order, unfinished))

    assert states(offices, order) == ["open"]
    offices.duties("hub").once()
    assert states(offices, order) == ["done"]


def test_bytes_travel_in_base64_and_come_back() -> None:
    sent = CaseKeyDelivery(
        case_key_id="k",
        giver="town",
        receiver="tax",
        case_id="c",
        scope=SCOPE,
        epoch=1,
        sealed_key=bytes(range(256)),
    )

    assert CaseKeyDelivery.model_validate_json(sent.model_dump_json()) == sent


def said(order: object, receipt: DestructionReceipt) -> Report:
    fields = ("case_key_ids", "delivery_key_ids", "renewal_due", "signature")
    values = {name: getattr(receipt, name) for name in fields}
    return Report.model_validate({"receipts": [{"order": order, **values}]})
