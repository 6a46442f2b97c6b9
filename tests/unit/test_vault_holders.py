"""One item may be of one retention class here and of another there.

The copy of each agency falls due on its own day: its keys must then die at both ends,
and nobody else's with them.
"""

from contextlib import closing

import pytest

from models.errors import InvalidInput, KeyUnknown
from tests.pieces.certified import certified, signer_of
from tests.pieces.masters import open_keyring
from tests.pieces.sealed import open_nodes
from vault.values import Recipient, SealRequest


@pytest.fixture
def nodes(tmp_path):
    with open_nodes(tmp_path, "town", "tax", "hub") as opened:
        yield opened


def to(nodes, name, scope=None):
    return Recipient(name, nodes[name].public_keys().statement, scope)


def seal(nodes, giver, scope, *audience):
    request = SealRequest("item-1", "case-1", scope, b"{}", b"found", audience)
    item = nodes[giver].seal(request)
    for delivery in item.deliveries:
        nodes[delivery.receiver].accept(delivery)
    return item


def readers(nodes, item):
    """Return who can still open an item."""
    return {wrap.receiver for wrap in item.wraps if opens(nodes, item, wrap)}


def opens(nodes, item, wrap):
    signing = signer_of(nodes[wrap.giver])
    try:
        return nodes[wrap.receiver].open(item.sealed, wrap, signing) == b"found"
    except KeyUnknown:
        return False


def test_each_agency_holds_an_item_under_its_own_scope(nodes):
    item = seal(nodes, "town", "file", to(nodes, "tax"), to(nodes, "hub", "advice"))

    scopes = {each.receiver: each.scope for each in item.deliveries}
    assert scopes == {"tax": "file", "hub": "advice"}
    assert readers(nodes, item) == {"town", "tax", "hub"}


def test_a_copy_that_falls_due_dies_at_both_ends_and_alone(nodes):
    item = seal(nodes, "town", "file", to(nodes, "tax", "a"), to(nodes, "hub", "a"))

    at_town = nodes["town"].destroy("case-1", "a", "tax")
    at_tax = nodes["tax"].destroy("case-1", "a", "tax")

    assert at_town.case_key_ids == at_tax.case_key_ids
    assert len(at_tax.case_key_ids) == 1
    assert readers(nodes, item) == {"town", "hub"}


def test_the_givers_own_data_of_the_same_class_stays(nodes):
    """Two agencies keep underlying data of one case for different times."""
    item = seal(nodes, "town", "underlying", to(nodes, "tax", "underlying"))

    nodes["town"].destroy("case-1", "underlying", "tax")
    nodes["tax"].destroy("case-1", "underlying", "tax")

    assert readers(nodes, item) == {"town"}
    seal(nodes, "town", "underlying", to(nodes, "hub"))


def test_a_giver_whose_own_copy_falls_due_keeps_no_key_to_others_copies(nodes):
    """Else it could open, by the receiver's wrap, what it had to destroy."""
    item = seal(nodes, "town", "underlying", to(nodes, "hub", "dossier"))
    given = item.wraps[1].case_key_id

    receipt = nodes["town"].destroy("case-1", "underlying", "town")

    assert given in receipt.case_key_ids
    assert readers(nodes, item) == {"hub"}
    with pytest.raises(KeyUnknown):
        nodes["town"].redeliver(given, to(nodes, "hub"))


def test_a_receiver_whose_copy_falls_due_keeps_what_it_sealed_in_another_class(nodes):
    received = seal(nodes, "town", "file", to(nodes, "tax", "underlying"))
    own = seal(nodes, "tax", "file", to(nodes, "town", "underlying"))

    nodes["tax"].destroy("case-1", "underlying", "tax")

    assert readers(nodes, received) == {"town"}
    assert readers(nodes, own) == {"town", "tax"}


def test_after_its_copy_was_destroyed_an_agency_is_given_no_more_of_that_class(nodes):
    own = seal(nodes, "town", "file")
    nodes["town"].destroy("case-1", "underlying", "tax")

    with pytest.raises(KeyUnknown, match="destroyed"):
        seal(nodes, "town", "file", to(nodes, "tax", "underlying"))
    with pytest.raises(KeyUnknown):
        nodes["town"].wrap_for(own.wraps[0], to(nodes, "tax", "underlying"))
    seal(
        nodes, "town", "file", to(nodes, "tax", "file"), to(nodes, "hub", "underlying")
    )


def test_without_a_holder_every_key_of_the_scope_dies_whoever_holds_it(nodes):
    there = seal(nodes, "town", "file", to(nodes, "hub", "advice"))
    here = seal(nodes, "town", "advice", to(nodes, "hub", "file"))
    kept = seal(nodes, "town", "file", to(nodes, "hub", "dossier"))

    receipt = nodes["town"].destroy("case-1", "advice")

    gone = set(receipt.case_key_ids)
    assert gone == {there.wraps[1].case_key_id, *(w.case_key_id for w in here.wraps)}
    assert readers(nodes, kept) == {"town", "hub"}


def test_without_a_scope_all_of_the_holders_copy_dies(nodes):
    first = seal(nodes, "town", "file", to(nodes, "tax", "a"), to(nodes, "hub", "b"))
    second = seal(nodes, "town", "other", to(nodes, "tax", "b"))

    for name in ("town", "tax"):
        nodes[name].destroy("case-1", None, "tax")

    assert readers(nodes, first) == {"town", "hub"}
    assert readers(nodes, second) == {"town"}


def test_a_later_grant_may_name_the_scope_at_its_receiver(nodes):
    item = seal(nodes, "town", "file")

    wrap, delivery = nodes["town"].wrap_for(item.wraps[0], to(nodes, "hub", "advice"))
    nodes["hub"].accept(delivery)

    assert delivery.scope == "advice"
    signing = signer_of(nodes["town"])
    assert nodes["hub"].open(item.sealed, wrap, signing) == b"found"


def test_an_agency_named_with_two_scopes_is_refused(nodes):
    with pytest.raises(InvalidInput, match="two ways"):
        seal(nodes, "town", "file", to(nodes, "tax", "a"), to(nodes, "tax", "b"))


def test_scopes_of_one_item_survive_reopening(nodes, tmp_path):
    item = seal(nodes, "town", "file", to(nodes, "tax", "a"))
    with closing(open_keyring(tmp_path / "town.keys")) as keyring:
        nodes["town"] = certified("town", keyring)
        nodes["town"].destroy("case-1", "file", "town")

        assert readers(nodes, item) == {"tax"}
