"""What a node does when coordination is wrong, late, or asks for too much."""

from uuid import uuid4

import pytest

from models.errors import CiphertextInvalid, KeyUnknown
from models.link import CaseKeyDelivery, DestructionOrder, Redelivery, Report, Work
from tests.pieces.certified import signer_of
from tests.pieces.sealed import open_nodes
from vault import statements
from vault.duties import Duties
from vault.local_node import LocalNode
from vault.values import Recipient, SealRequest


class Paper:
    """Coordination that hands out what a test wrote, and keeps what it is told."""

    def __init__(self, **work: object) -> None:
        self._work = Work.model_validate(work)
        self.reports: list[Report] = []
        self.published: list[bytes] = []

    def publish(self, key) -> None:
        self.published.append(statements.read(key.statement).key)

    def work(self) -> Work:
        return self._work

    def report(self, report: Report) -> None:
        self.reports.append(report)


@pytest.fixture
def nodes(tmp_path):
    with open_nodes(tmp_path, "town", "tax", "hub") as opened:
        yield opened


def give(nodes, giver="town", receiver="tax", case="case"):
    to = Recipient(receiver, nodes[receiver].public_keys().statement)
    request = SealRequest(str(uuid4()), case, "file", b"{}", b"found", (to,))
    item = nodes[giver].seal(request)
    (delivery,) = item.deliveries
    return item, CaseKeyDelivery(**vars(delivery))


def opens(nodes, item, reader="tax"):
    (wrap,) = [each for each in item.wraps if each.receiver == reader]
    signer = signer_of(nodes[wrap.giver])
    return nodes[reader].open(item.sealed, wrap, signer)


def destroy(*, of="case", holder="tax"):
    return DestructionOrder(id=uuid4(), case_id=of, scope="file", holder=holder)


def test_without_work_nothing_is_reported(nodes):
    paper = Paper()

    Duties(nodes["tax"], paper).once()

    assert paper.reports == []


def test_a_case_key_is_delivered_again_to_its_receiver_only(nodes):
    """Coordination may ask for a key to be sent elsewhere; the node does not."""
    item, delivery = give(nodes)
    hub = nodes["hub"].public_keys().statement
    to_hub = Redelivery(case_key_id=delivery.case_key_id, receiver="hub", statement=hub)
    to_tax = to_hub.model_copy(
        update={
            "receiver": "tax",
            "statement": nodes["tax"].public_keys().statement,
        }
    )
    paper = Paper(redeliveries=(to_hub, to_tax))

    Duties(nodes["town"], paper).once()

    (report,) = paper.reports
    (fresh,) = report.redelivered
    assert (fresh.receiver, report.lost) == ("tax", ())
    Duties(nodes["tax"], Paper(deliveries=(fresh,))).once()
    assert opens(nodes, item) == b"found"


def test_a_case_key_that_is_destroyed_is_reported_as_lost(nodes):
    _, delivery = give(nodes)
    nodes["town"].destroy("case", None)
    wish = Redelivery(
        case_key_id=delivery.case_key_id,
        receiver="tax",
        statement=nodes["tax"].public_keys().statement,
    )
    paper = Paper(redeliveries=(wish,))

    Duties(nodes["town"], paper).once()

    assert paper.reports == [Report(lost=(delivery.case_key_id,))]


def test_what_does_not_open_is_reported_as_broken_and_the_rest_taken(nodes):
    item, good = give(nodes)
    _, other = give(nodes, giver="hub")
    bad = other.model_copy(update={"sealed_key": bytes(len(other.sealed_key))})
    paper = Paper(deliveries=(bad, good))

    Duties(nodes["tax"], paper).once()

    (report,) = paper.reports
    assert report.settled == (good.case_key_id,)
    assert report.broken == (bad.case_key_id,)
    assert opens(nodes, item) == b"found"


def test_without_a_certificate_that_holds_no_delivery_key_is_made_in_vain(nodes):
    """The keys are destroyed, and the rest is done once the node is believed again."""
    item, delivery = give(nodes)
    tax = nodes["tax"]

    class Refusing(Paper):
        def publish(self, key):
            raise CiphertextInvalid("certificate of `tax` was revoked")

    Duties(tax, Paper(deliveries=(delivery,))).once()
    before = tax.public_keys().delivery
    paper = Refusing(orders=(destroy(),))
    for _ in range(2):
        with pytest.raises(CiphertextInvalid, match="revoked"):
            Duties(tax, paper).once()

    assert paper.reports == []
    assert tax.public_keys().delivery == before
    with pytest.raises(KeyUnknown):
        opens(nodes, item)


def test_a_new_delivery_key_is_published_before_the_old_one_dies(nodes):
    item, delivery = give(nodes)
    tax = nodes["tax"]
    before = tax.public_keys().delivery

    class Watching(Paper):
        def publish(self, key):
            super().publish(key)
            tax.accept(late)  # still possible: it was made for the key before

    late_item, late = give(nodes, case="case-2")
    Duties(tax, Paper(deliveries=(delivery,))).once()
    paper = Watching(orders=(destroy(),))

    Duties(tax, paper).once()

    assert paper.published == [before, tax.public_keys().delivery]
    assert paper.published[0] != paper.published[1]
    assert opens(nodes, late_item) == b"found"
    with pytest.raises(KeyUnknown):
        opens(nodes, item)


def test_many_orders_are_made_final_at_once(nodes, monkeypatch):
    renewed = []
    renew = LocalNode.renew
    monkeypatch.setattr(
        LocalNode, "renew", lambda self: renewed.append(self) or renew(self)
    )
    paper = Paper(orders=(destroy(), destroy(of="case-2"), destroy(of="case-3")))
    Duties(nodes["tax"], Paper(deliveries=(give(nodes)[1],))).once()

    Duties(nodes["tax"], paper).once()

    (report,) = paper.reports
    assert [each.renewal_due for each in report.receipts] == [False] * 3
    assert len(renewed) == 1


def test_a_receipt_that_is_not_final_waits_for_the_next_round(nodes, monkeypatch):
    Duties(nodes["tax"], Paper(deliveries=(give(nodes)[1],))).once()
    paper = Paper(orders=(destroy(),))

    with monkeypatch.context() as patch:
        patch.setattr(LocalNode, "renew", lambda self: None)
        Duties(nodes["tax"], paper).once()
    Duties(nodes["tax"], paper).once()

    first, second = paper.reports
    assert first.receipts == ()
    assert len(second.receipts) == 1
