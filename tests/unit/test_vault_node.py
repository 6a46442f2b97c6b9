"""What an agency's node does for its officers and for other agencies."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from models.errors import (
    CiphertextInvalid,
)
from tests.pieces.certified import certified, key_of, signer_of
from tests.pieces.masters import open_keyring
from tests.pieces.sealed import AGENCIES, deliver, open_nodes, read, recipients, seal
from vault.signing import verify


@pytest.fixture
def nodes(tmp_path):
    with open_nodes(tmp_path) as opened:
        yield opened


def test_everybody_in_the_audience_reads_what_was_sealed(nodes):
    item = seal(nodes, "town", "tax", "labour")
    deliver(nodes, item)

    assert {read(nodes, item, name) for name in AGENCIES} == {b"what was found"}


def test_the_originator_belongs_to_the_audience_without_being_named(nodes):
    item = seal(nodes, "tax")

    assert [wrap.receiver for wrap in item.wraps] == ["town", "tax"]
    assert read(nodes, item, "town") == b"what was found"


def test_the_originator_gets_no_delivery(nodes):
    item = seal(nodes, "town", "tax")

    assert [delivery.receiver for delivery in item.deliveries] == ["tax"]


def test_an_agency_named_twice_gets_one_wrap(nodes):
    item = seal(nodes, audience=2 * recipients(nodes, "tax"))

    assert [wrap.receiver for wrap in item.wraps] == ["town", "tax"]


def test_a_delivery_is_repeated_until_it_is_confirmed(nodes):
    """A crash between sealing and storing must not lose a case key."""
    lost, (again,) = seal(nodes, "tax"), seal(nodes, "tax").deliveries
    assert again.case_key_id == lost.deliveries[0].case_key_id

    nodes["tax"].accept(again)
    nodes["town"].delivered(again.case_key_id)

    assert seal(nodes, "tax").deliveries == ()
    assert read(nodes, lost, "tax") == b"what was found"


def test_confirmation_survives_a_restart(nodes, tmp_path):
    deliver(nodes, seal(nodes, "tax"))

    with closing(open_keyring(tmp_path / "town.keys")) as keyring:
        nodes["town"] = certified("town", keyring)
        assert seal(nodes, "tax").deliveries == ()


def test_accepting_a_delivery_twice_is_accepting_it_once(nodes):
    item = seal(nodes, "tax")
    for _ in range(2):
        nodes["tax"].accept(item.deliveries[0])

    assert read(nodes, item, "tax") == b"what was found"


def test_another_epoch_has_another_key_and_its_own_delivery(nodes):
    first = seal(nodes, "tax")
    deliver(nodes, first)
    second = seal(nodes, "tax", epoch=2)

    assert [delivery.epoch for delivery in second.deliveries] == [2]
    assert second.wraps[1].case_key_id != first.wraps[1].case_key_id


def test_two_directions_never_share_a_key(nodes):
    there, back = seal(nodes, "tax"), seal(nodes, "town", giver="tax")

    ids = {wrap.case_key_id for wrap in there.wraps + back.wraps}
    assert len(ids) == 4


def test_the_originator_grants_later_and_the_new_reader_reads(nodes):
    item = seal(nodes, "town")
    (labour,) = recipients(nodes, "labour")

    wrap, delivery = nodes["town"].wrap_for(item.wraps[0], labour)
    nodes["labour"].accept(delivery)

    signing = signer_of(nodes["town"])
    assert nodes["labour"].open(item.sealed, wrap, signing) == b"what was found"
    assert (delivery.case_id, delivery.scope) == ("case-1", "file")


def test_a_later_grant_reuses_a_case_key_already_delivered(nodes):
    deliver(nodes, seal(nodes, "labour"))
    item = seal(nodes, "town", item_id="item-2")
    (labour,) = recipients(nodes, "labour")

    wrap, delivery = nodes["town"].wrap_for(item.wraps[0], labour)

    assert delivery is None
    signing = signer_of(nodes["town"])
    assert nodes["labour"].open(item.sealed, wrap, signing) == b"what was found"


def test_a_grant_to_oneself_needs_no_delivery(nodes):
    item = seal(nodes, "town")
    (town,) = recipients(nodes, "town")

    wrap, delivery = nodes["town"].wrap_for(item.wraps[0], town)

    assert delivery is None
    signing = signer_of(nodes["town"])
    assert nodes["town"].open(item.sealed, wrap, signing) == b"what was found"


def test_a_signature_is_checked_with_the_public_key(nodes):
    town, tax = nodes["town"], nodes["tax"]
    signature = town.sign(b"an intent")

    verify(key_of(town), b"an intent", signature)
    with pytest.raises(CiphertextInvalid):
        verify(key_of(town), b"another", signature)
    with pytest.raises(CiphertextInvalid):
        verify(key_of(tax), b"an intent", signature)


def test_index_tokens_are_equal_within_an_agency_only(nodes):
    town, tax = nodes["town"], nodes["tax"]
    token = town.index_token("enterprise", "0308357159")

    assert token == town.index_token("enterprise", "0308357159")
    assert token != town.index_token("enterprise", "0353456320")
    assert token != tax.index_token("enterprise", "0308357159")


def test_many_threads_seal_and_open_at_once(nodes):
    deliver(nodes, seal(nodes, "tax", "labour"))

    def round_trip(number):
        body = b"body %d" % number
        item = seal(nodes, "tax", "labour", item_id=f"item-{number}", body=body)
        return {read(nodes, item, name) for name in AGENCIES} == {body}

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(round_trip, range(40)))
