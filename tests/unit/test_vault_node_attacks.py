"""What an agency's node refuses to do, whoever asks and whatever they send."""

from dataclasses import replace

import pytest

from models.errors import (
    CiphertextInvalid,
    InvalidInput,
    KeyUnknown,
    NotConfigured,
    NotPermitted,
)
from tests.pieces.certified import certified, signer_of
from tests.pieces.sealed import deliver, open_nodes, read, recipients, seal
from vault.delivery import CaseKeyContext, seal_case_key
from vault.values import Recipient


@pytest.fixture
def nodes(tmp_path):
    with open_nodes(tmp_path) as opened:
        yield opened


def test_an_agency_named_with_two_delivery_keys_is_refused(nodes):
    (tax,), (labour,) = recipients(nodes, "tax"), recipients(nodes, "labour")
    two_keys = (tax, Recipient("tax", labour.statement))

    with pytest.raises(InvalidInput, match="two ways"):
        seal(nodes, audience=two_keys)


def test_before_delivery_the_receiver_reads_nothing(nodes):
    with pytest.raises(KeyUnknown):
        read(nodes, seal(nodes, "tax"), "tax")


def test_an_agency_outside_the_audience_reads_nothing(nodes):
    item = seal(nodes, "tax")
    deliver(nodes, item)
    signing = signer_of(nodes["town"])

    for wrap in item.wraps:
        with pytest.raises(NotPermitted):
            nodes["labour"].open(item.sealed, wrap, signing)
        with pytest.raises(KeyUnknown):
            claimed = replace(wrap, receiver="labour")
            nodes["labour"].open(item.sealed, claimed, signing)


def test_a_delivery_for_another_agency_is_refused(nodes):
    (delivery,) = seal(nodes, "tax").deliveries

    with pytest.raises(NotPermitted):
        nodes["labour"].accept(delivery)
    with pytest.raises(CiphertextInvalid):
        nodes["labour"].accept(replace(delivery, receiver="labour"))


def test_nobody_can_plant_a_key_as_if_the_agency_had_made_it(nodes):
    context = CaseKeyContext("tax", "tax", "case-1", "file", 1)
    planted = seal_case_key(bytes(32), context, nodes["tax"].public_keys().delivery)

    with pytest.raises(NotPermitted):
        nodes["tax"].accept(planted)


def test_a_planted_key_of_another_giver_does_not_shut_out_the_real_one(nodes):
    context = CaseKeyContext("town", "tax", "case-1", "file", 1)
    planted = seal_case_key(bytes(32), context, nodes["tax"].public_keys().delivery)
    nodes["tax"].accept(planted)

    item = seal(nodes, "tax")
    deliver(nodes, item)

    assert read(nodes, item, "tax") == b"what was found"


@pytest.mark.parametrize(
    "claim",
    [{"giver": "labour"}, {"case_id": "case-2"}, {"scope": "other"}, {"epoch": 2}],
)
def test_a_delivery_that_claims_something_else_is_refused(nodes, claim):
    (delivery,) = seal(nodes, "tax").deliveries

    with pytest.raises(CiphertextInvalid):
        nodes["tax"].accept(replace(delivery, **claim))


def test_wraps_of_two_items_cannot_be_swapped(nodes):
    first = seal(nodes, "tax")
    second = seal(nodes, "tax", item_id="item-2", body=b"something else")
    deliver(nodes, first)
    signing = signer_of(nodes["town"])

    for name in ("town", "tax"):
        for item, other in ((first, second), (second, first)):
            (wrap,) = [wrap for wrap in other.wraps if wrap.receiver == name]
            mine = item.wraps[0].item_id
            with pytest.raises(CiphertextInvalid):
                nodes[name].open(item.sealed, wrap, signing)
            with pytest.raises(CiphertextInvalid):
                relabelled = replace(wrap, item_id=mine)
                nodes[name].open(item.sealed, relabelled, signing)


def test_a_wrap_under_a_key_of_other_parties_is_refused(nodes):
    item = seal(nodes, "town", "tax")
    deliver(nodes, item)
    own, given = item.wraps
    signing = signer_of(nodes["town"])

    for wrap in (
        replace(given, receiver="town"),
        replace(own, giver="tax"),
        replace(own, case_key_id=given.case_key_id),
    ):
        with pytest.raises(CiphertextInvalid):
            nodes["town"].open(item.sealed, wrap, signing)


def test_an_item_with_the_header_of_another_is_refused(nodes):
    item, other = seal(nodes, "tax"), seal(nodes, "tax", header=b'{"item":"item-2"}')
    forged = replace(item.sealed, header=other.sealed.header)
    signing = signer_of(nodes["town"])

    with pytest.raises(CiphertextInvalid):
        nodes["town"].open(forged, item.wraps[0], signing)


def test_a_receiver_cannot_pass_off_its_own_sealing_as_the_givers(nodes):
    """HPKE names no sender; the signature over the item does."""
    item = seal(nodes, "town", giver="tax")
    deliver(nodes, item)

    with pytest.raises(CiphertextInvalid, match="signature"):
        read(nodes, item, "town", giver="labour")


def test_a_receiver_cannot_grant_what_it_did_not_originate(nodes):
    item = seal(nodes, "tax")
    deliver(nodes, item)
    (labour,) = recipients(nodes, "labour")
    given = item.wraps[1]

    for wrap in (given, replace(given, giver="tax")):
        with pytest.raises((NotPermitted, CiphertextInvalid)):
            nodes["tax"].wrap_for(wrap, labour)


def test_a_key_is_redelivered_to_its_receiver_only(nodes):
    key_id = seal(nodes, "tax").deliveries[0].case_key_id
    (labour,) = recipients(nodes, "labour")
    (own,) = [wrap for wrap in seal(nodes).wraps if wrap.receiver == "town"]

    with pytest.raises(NotPermitted):
        nodes["town"].redeliver(key_id, labour)
    with pytest.raises(NotPermitted):
        nodes["town"].redeliver(own.case_key_id, *recipients(nodes, "town"))
    with pytest.raises(KeyUnknown):
        nodes["labour"].redeliver(key_id, labour)


def test_a_receiver_cannot_redeliver_what_it_was_given(nodes):
    (delivery,) = seal(nodes, "tax").deliveries
    nodes["tax"].accept(delivery)

    with pytest.raises(NotPermitted):
        nodes["tax"].redeliver(delivery.case_key_id, *recipients(nodes, "tax"))


def test_a_node_refuses_the_keyring_of_another_agency(nodes):
    with pytest.raises(NotConfigured):
        certified("tax", nodes["town"]._keyring)
