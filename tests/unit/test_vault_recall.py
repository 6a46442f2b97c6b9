"""An item that was taken back opens at its holder no more, whatever copies are kept."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from models.errors import CiphertextInvalid, KeyUnknown, NotConfigured
from tests.pieces.certified import certified, key_of, signer_of
from tests.pieces.masters import new_keyring, open_keyring
from vault.destruction import verify_recall
from vault.values import Recipient, SealRequest


@pytest.fixture
def zone(tmp_path):
    with closing(new_keyring(tmp_path / "zone.keys", "zone")) as keyring:
        yield certified("zone", keyring)


@pytest.fixture
def town(tmp_path):
    with closing(new_keyring(tmp_path / "town.keys", "town")) as keyring:
        yield certified("town", keyring)


def sealed(zone, town, item="item-1"):
    """Seal an item of the zone for the town, whose node takes the case key."""
    audience = (Recipient("town", town.public_keys().statement),)
    made = zone.seal(SealRequest(item, "case-1", "file", b"{}", b"found", audience))
    for delivery in made.deliveries:
        town.accept(delivery)
    return made


def test_a_kept_copy_of_the_wrap_opens_nothing_at_that_node_any_more(zone, town):
    item, signing = sealed(zone, town), signer_of(zone)
    own, given = item.wraps
    assert town.open(item.sealed, given, signing) == b"found"

    town.give_back("case-1", "item-1")

    with pytest.raises(KeyUnknown, match="taken back"):
        town.open(item.sealed, given, signing)
    assert zone.open(item.sealed, own, signing) == b"found"


def test_other_items_under_the_same_case_key_still_open(zone, town):
    gone, kept = (sealed(zone, town, item) for item in ("item-1", "item-2"))
    assert gone.wraps[1].case_key_id == kept.wraps[1].case_key_id

    town.give_back("case-1", "item-1")

    signing = signer_of(zone)
    assert town.open(kept.sealed, kept.wraps[1], signing) == b"found"


def test_an_item_can_be_taken_back_before_its_key_arrived(zone, town):
    """The order may overtake the delivery."""
    audience = (Recipient("town", town.public_keys().statement),)
    item = zone.seal(SealRequest("item-1", "case-1", "file", b"{}", b"x", audience))

    town.give_back("case-1", "item-1")
    for delivery in item.deliveries:
        town.accept(delivery)

    with pytest.raises(KeyUnknown, match="taken back"):
        town.open(item.sealed, item.wraps[1], signer_of(zone))


def test_once_renewed_a_copy_of_the_keyring_from_before_does_not_open(
    tmp_path, zone, town
):
    sealed(zone, town)
    kept = tmp_path / "kept"
    kept.mkdir()
    with closing(sqlite3.connect(tmp_path / "town.keys")) as source:
        with closing(sqlite3.connect(kept / "town.keys")) as copy:
            source.backup(copy)
    (kept / "town.keys").chmod(0o600)
    assert not town.give_back("case-1", "item-1").is_final
    town.renew()

    assert town.give_back("case-1", "item-1").is_final
    shutil.copytree(tmp_path / "masters", kept / "masters")
    with pytest.raises(NotConfigured):
        open_keyring(kept / "town.keys")


def test_the_order_may_be_repeated_and_costs_no_second_renewal(zone, town):
    sealed(zone, town)
    town.give_back("case-1", "item-1")
    town.renew()

    first, second = (town.give_back("case-1", "item-1") for _ in range(2))

    assert first.is_final and second.is_final
    assert replace(first, signature=b"") == replace(second, signature=b"")


def test_another_process_learns_of_it_at_once(tmp_path, zone, town):
    item = sealed(zone, town)
    with closing(open_keyring(tmp_path / "town.keys")) as keyring:
        certified("town", keyring).give_back("case-1", "item-1")

    with pytest.raises(KeyUnknown, match="taken back"):
        town.open(item.sealed, item.wraps[1], signer_of(zone))


@pytest.mark.parametrize(
    "altered",
    [
        {"agency": "zone"},
        {"case_id": "case-2"},
        {"item_id": "item-2"},
        {"renewal_due": False},
        {"signature": b""},
    ],
)
def test_an_altered_receipt_is_found(town, altered):
    receipt = town.give_back("case-1", "item-1")
    signing = key_of(town)
    verify_recall(receipt, signing)

    with pytest.raises(CiphertextInvalid):
        verify_recall(replace(receipt, **altered), signing)


def test_a_receipt_of_another_agency_is_found(zone, town):
    receipt = town.give_back("case-1", "item-1")

    with pytest.raises(CiphertextInvalid):
        verify_recall(receipt, key_of(zone))
