"""After a destruction nothing opens, late keys are refused, and receipts prove it."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from models.errors import CiphertextInvalid, InvalidInput, KeyUnknown
from tests.pieces.certified import certified, key_of, signer_of
from tests.pieces.masters import new_keyring
from vault.destruction import verify_receipt
from vault.values import Recipient, SealRequest


@pytest.fixture
def town(tmp_path):
    with closing(new_keyring(tmp_path / "town.keys", "town")) as keyring:
        yield certified("town", keyring)


@pytest.fixture
def tax(tmp_path):
    with closing(new_keyring(tmp_path / "tax.keys", "tax")) as keyring:
        yield certified("tax", keyring)


def request(tax, case="case-1", scope="file"):
    audience = (Recipient("tax", tax.public_keys().statement),)
    return SealRequest("item-1", case, scope, b"{}", b"found", audience)


def test_a_destroyed_case_opens_nowhere(town, tax):
    item = town.seal(request(tax))
    own, given = item.wraps
    (delivery,) = item.deliveries
    tax.accept(delivery)
    signing = signer_of(town)
    assert tax.open(item.sealed, given, signing) == b"found"

    town.destroy("case-1", None)
    tax.destroy("case-1", None)

    for node, wrap in ((town, own), (tax, given)):
        with pytest.raises(KeyUnknown):
            node.open(item.sealed, wrap, signing)
    with pytest.raises(KeyUnknown):
        town.wrap_for(own, Recipient("tax", tax.public_keys().statement))
    with pytest.raises(KeyUnknown):
        town.redeliver(given.case_key_id, Recipient("tax", tax.public_keys().statement))


def test_destroying_one_scope_leaves_the_others(town, tax):
    file, underlying = (
        town.seal(request(tax, scope=scope)) for scope in ("file", "underlying")
    )
    signing = signer_of(town)

    town.destroy("case-1", "underlying")

    assert town.open(file.sealed, file.wraps[0], signing) == b"found"
    with pytest.raises(KeyUnknown):
        town.open(underlying.sealed, underlying.wraps[0], signing)


def test_destroying_one_case_leaves_the_others(town, tax):
    kept = town.seal(request(tax, case="case-2"))
    town.seal(request(tax))

    town.destroy("case-1", None)

    assert town.open(kept.sealed, kept.wraps[0], signer_of(town)) == b"found"


@pytest.mark.parametrize("order", [None, "file"])
def test_nothing_is_sealed_for_a_destroyed_scope_again(town, tax, order):
    town.destroy("case-1", order)

    with pytest.raises(KeyUnknown, match="destroyed"):
        town.seal(request(tax))
    town.seal(request(tax, case="case-2"))


@pytest.mark.parametrize("accepted_before", [True, False])
def test_a_late_or_replayed_delivery_does_not_bring_a_key_back(
    town, tax, accepted_before
):
    item = town.seal(request(tax))
    (delivery,) = item.deliveries
    if accepted_before:
        tax.accept(delivery)
    tax.destroy("case-1", "file")

    with pytest.raises(KeyUnknown):
        tax.accept(delivery)
    with pytest.raises(KeyUnknown):
        tax.open(item.sealed, item.wraps[1], signer_of(town))


def test_destruction_is_final_once_the_delivery_keys_are_retired(tmp_path, town, tax):
    """Before that, a backup of deliveries plus the keyring would give the key back."""
    (delivery,) = town.seal(request(tax)).deliveries
    tax.accept(delivery)
    (old_key,) = sealed_delivery_keys(tmp_path / "tax.keys")
    assert not tax.destroy("case-1", None).is_final

    renewed = tax.rotate_delivery_key()
    assert not tax.destroy("case-1", None).is_final
    tax.retire_delivery_keys()
    assert tax.destroy("case-1", None).delivery_key_ids == ()
    assert not tax.destroy("case-1", None).is_final
    tax.renew()

    assert tax.destroy("case-1", None).is_final
    assert renewed.delivery == tax.public_keys().delivery
    files = b"".join(file.read_bytes() for file in tmp_path.glob("tax.keys*"))
    assert [old_key[at : at + 31] in files for at in range(0, 124, 31)] == [False] * 4


def sealed_delivery_keys(path):
    query = "SELECT material FROM delivery_keys JOIN key_material USING (slot)"
    with closing(sqlite3.connect(path)) as connection:
        return [material for (material,) in connection.execute(query)]


def test_a_giver_needs_a_renewal_and_no_retirement(town, tax):
    town.seal(request(tax))
    assert town.destroy("case-1", None).renewal_due
    town.renew()

    assert town.destroy("case-1", None).is_final


def test_a_delivery_under_way_to_a_retired_key_is_asked_for_again(town, tax):
    item = town.seal(request(tax))
    (delivery,) = item.deliveries
    renewed = tax.rotate_delivery_key()
    tax.retire_delivery_keys()
    with pytest.raises(CiphertextInvalid) as refused:
        tax.accept(delivery)
    assert "deliver" in refused.value.help

    now = Recipient("tax", renewed.statement)
    tax.accept(town.redeliver(delivery.case_key_id, now))

    signing = signer_of(town)
    assert tax.open(item.sealed, item.wraps[1], signing) == b"found"


def test_a_delivery_to_an_earlier_key_still_opens_until_it_is_retired(town, tax):
    (delivery,) = town.seal(request(tax)).deliveries
    tax.rotate_delivery_key()

    tax.accept(delivery)

    held = [key.delivery_key_id for key in tax._keyring.delivery_keys()]
    tax.retire_delivery_keys()
    left = [key.delivery_key_id for key in tax._keyring.delivery_keys()]
    assert (len(held), left) == (2, held[:1])


def test_the_receipt_names_every_key_and_stays_the_same_when_repeated(town, tax):
    item = town.seal(request(tax))

    first, second = (town.destroy("case-1", None) for _ in range(2))

    named = tuple(sorted(wrap.case_key_id for wrap in item.wraps))
    assert first.case_key_ids == second.case_key_ids == named


def test_nothing_to_destroy_gives_a_receipt_too(town):
    receipt = town.destroy("case-9", None)

    assert receipt.case_key_ids == ()
    verify_receipt(receipt, key_of(town))


@pytest.mark.parametrize(
    "altered",
    [
        {"agency": "tax"},
        {"case_id": "case-2"},
        {"scope": None},
        {"scope": "underlying"},
        {"holder": "tax"},
        {"case_key_ids": ()},
        {"delivery_key_ids": ("00" * 16,)},
    ],
)
def test_an_altered_receipt_is_found(town, tax, altered):
    town.seal(request(tax))
    receipt = town.destroy("case-1", "file")
    signing = key_of(town)
    verify_receipt(receipt, signing)

    with pytest.raises(CiphertextInvalid):
        verify_receipt(replace(receipt, **altered), signing)


def test_keys_cannot_move_between_the_two_lists_of_a_receipt(town, tax):
    town.seal(request(tax))
    receipt = town.destroy("case-1", None)
    *kept, moved = receipt.case_key_ids
    altered = replace(receipt, case_key_ids=tuple(kept), delivery_key_ids=(moved,))

    with pytest.raises(CiphertextInvalid):
        verify_receipt(altered, key_of(town))


@pytest.mark.parametrize("order", [("",), ("file", "")])
def test_an_empty_word_is_not_taken_for_all(town, order):
    with pytest.raises(InvalidInput):
        town.destroy("case-1", *order)
