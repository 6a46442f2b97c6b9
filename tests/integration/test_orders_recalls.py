"""Orders to give an item back: done once, believed only with the holder's signature."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from models.errors import CiphertextInvalid, InvalidInput, KeyUnknown, Unavailable
from models.link import GivenBack, Report, Work
from storage import tables as t
from storage.engine import transaction
from tests.running.offices import Offices, open_offices
from vault.destruction import sign_recall
from vault.duties import Duties
from vault.signing import new_signing_key
from vault.values import RecallReceipt, SealedItem


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    with open_offices(tmp_path_factory.mktemp("offices")) as made:
        yield made


@pytest.fixture
def case() -> UUID:
    return uuid4()


@pytest.fixture
def item(offices: Offices, case: UUID) -> SealedItem:
    """An item of the town that the tax office opens."""
    given = offices.give("town", "tax", case)
    offices.duties("tax").once()
    assert offices.opens(given, "tax") == b"found"
    return given


def item_id(item: SealedItem) -> str:
    return item.wraps[0].item_id


def order_of(offices: Offices, order: UUID) -> tuple[str, dict[str, object] | None]:
    with transaction(offices.database) as connection:
        query = select(t.node_order).where(t.node_order.c.id == order)
        row = connection.execute(query).one()
        return row.state, row.receipt


def proofs(offices: Offices, case: UUID) -> list[str]:
    with transaction(offices.database) as connection:
        query = select(t.timeline.c.kind).where(t.timeline.c.case_id == case)
        return list(connection.execute(query).scalars())


def test_a_node_closes_the_item_and_its_word_is_kept(
    offices: Offices, case: UUID, item: SealedItem
) -> None:
    order = offices.order_recall("tax", case, item_id(item))

    offices.duties("tax").once()

    state, receipt = order_of(offices, order)
    assert state == "done" and receipt is not None
    assert (receipt["agency"], receipt["item_id"]) == ("tax", item_id(item))
    assert not receipt["renewal_due"] and receipt["signature"]
    with pytest.raises(KeyUnknown, match="taken back"):
        offices.opens(item, "tax")
    assert offices.opens(item, "town") == b"found"
    assert proofs(offices, case) == ["item.given_back"]


def test_what_was_carried_out_is_not_asked_nor_believed_again(
    offices: Offices, case: UUID, item: SealedItem
) -> None:
    offices.order_recall("tax", case, item_id(item))
    heard: list[Report] = []

    class Line:
        """Coordination that keeps what it is told."""

        publish = offices.orders("tax").publish

        def work(self) -> Work:
            return offices.orders("tax").work()

        def report(self, report: Report) -> None:
            heard.append(report)
            offices.orders("tax").report(report)

    Duties(offices.nodes["tax"], Line()).once()
    offices.orders("tax").report(heard[0])

    assert offices.orders("tax").work().recalls == ()
    assert proofs(offices, case) == ["item.given_back"]


def test_a_report_that_nobody_heard_is_made_again(
    offices: Offices, case: UUID, item: SealedItem
) -> None:
    order = offices.order_recall("tax", case, item_id(item))

    class Deaf:
        """Coordination that hands out work and hears nothing."""

        publish = offices.orders("tax").publish
        work = offices.orders("tax").work

        def report(self, report: Report) -> None:
            raise Unavailable("nobody hears this")

    with pytest.raises(Unavailable):
        Duties(offices.nodes["tax"], Deaf()).once()
    assert order_of(offices, order) == ("open", None)
    offices.duties("tax").once()

    assert order_of(offices, order)[0] == "done"


@pytest.mark.parametrize("wrong", ["key", "item", "agency", "signature", "unfinished"])
def test_a_receipt_that_does_not_hold_leaves_the_order_open(
    offices: Offices, case: UUID, item: SealedItem, wrong: str
) -> None:
    order = offices.order_recall("tax", case, item_id(item))
    said = {"agency": "tax", "case_id": str(case), "item_id": item_id(item)}
    key = offices.nodes["tax"]._keyring.signing_key
    if wrong == "key":
        key = new_signing_key()
    elif wrong == "item":
        said["item_id"] = str(uuid4())
    elif wrong == "agency":
        said["agency"] = "hub"
    late = wrong == "unfinished"
    receipt = sign_recall(RecallReceipt(**said, renewal_due=late), key)
    signature = b"x" if wrong == "signature" else receipt.signature
    report = Report(
        given_back=(GivenBack(order=order, renewal_due=late, signature=signature),)
    )

    with pytest.raises(InvalidInput if late else CiphertextInvalid):
        offices.orders("tax").report(report)

    assert order_of(offices, order) == ("open", None)
    assert proofs(offices, case) == []


def test_no_agency_gives_back_for_another(
    offices: Offices, case: UUID, item: SealedItem
) -> None:
    order = offices.order_recall("tax", case, item_id(item))
    hub = offices.nodes["hub"].give_back(str(case), item_id(item))
    said = GivenBack(order=order, renewal_due=False, signature=hub.signature)

    offices.orders("hub").report(Report(given_back=(said,)))

    assert offices.orders("hub").work().recalls == ()
    assert order_of(offices, order) == ("open", None)
