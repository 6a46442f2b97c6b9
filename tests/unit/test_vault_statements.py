"""Whose delivery key a node seals for: the one that its agency signed, or nobody's."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models.errors import CiphertextInvalid, Conflict, InvalidInput, NotConfigured
from tests.pieces.certified import AUTHORITY, TERM, papers_of, serial_of
from tests.pieces.masters import back_up, open_keyring
from tests.pieces.sealed import open_nodes
from vault import statements
from vault.certificates import Authority, Validity
from vault.delivery import delivery_public_key
from vault.local_node import LocalNode
from vault.signing import new_signing_key
from vault.trust import Trust
from vault.values import Recipient, SealRequest

NOW = datetime.now(UTC)


@pytest.fixture
def nodes(tmp_path):
    with open_nodes(tmp_path, "town", "tax", "spy") as opened:
        yield opened


def seal(nodes, statement, case="case-1"):
    request = SealRequest(
        "item-1", case, "file", b"{}", b"found", (Recipient("tax", statement),)
    )
    return nodes["town"].seal(request)


def keys_made(nodes):
    with nodes["town"]._keyring._access.reading() as file:
        query = "SELECT count(*) FROM case_keys"
        return file.connection.execute(query).fetchone()[0]


def refused(nodes, statement, match):
    """Seal in vain; nothing is made, and who reads the error knows whom to ask."""
    before = keys_made(nodes)
    with pytest.raises(CiphertextInvalid, match=match) as caught:
        seal(nodes, statement)
    assert "`tax`" in caught.value.message
    assert "nothing was sealed for it" in caught.value.help
    assert keys_made(nodes) == before


def statement_of(keyring, certificate, name="tax", key=None):
    """Let an agency state a delivery key, its own unless another is given."""
    own = keyring.delivery_keys()[0].private
    stated = key or delivery_public_key(own)
    return statements.state(name, stated, keyring.signing_key, certificate)


def forge(statement, **changes):
    return json.dumps(json.loads(statement) | changes).encode()


def test_a_case_key_goes_to_the_key_that_its_receiver_stated(nodes):
    (delivery,) = seal(nodes, nodes["tax"].public_keys().statement).deliveries

    nodes["tax"].accept(delivery)

    with pytest.raises(CiphertextInvalid):
        nodes["spy"].accept(replace(delivery, receiver="spy"))


@pytest.mark.parametrize("part", ["key", "certificate", "signature"])
def test_what_somebody_else_stated_or_signed_is_refused(nodes, part):
    """The operator has every agency's statement, and can put parts together."""
    theirs = json.loads(nodes["spy"].public_keys().statement)
    own = nodes["tax"].public_keys().statement

    refused(nodes, nodes["spy"].public_keys().statement, "for another agency")
    refused(nodes, forge(own, **{part: theirs[part]}), "not vouched for")


def test_a_later_instant_than_was_signed_is_refused(nodes):
    own = nodes["tax"].public_keys().statement
    signed_at = json.loads(own)["signed_at"]

    refused(nodes, forge(own, signed_at=signed_at + 1), "signature is wrong")
    ahead = signed_at + 3_600_000_000
    refused(nodes, forge(own, signed_at=ahead), "in the future")


def test_another_agency_cannot_speak_for_the_receiver(nodes):
    """It has a certificate of its own, and says that it is somebody else."""
    spy = nodes["spy"]._keyring
    lie = statement_of(spy, papers_of(spy).held, name="tax")

    refused(nodes, lie, "names another agency")


@pytest.mark.parametrize("what", [b"{}", b"[]", b"\xff", b"tax"])
def test_what_is_no_statement_is_refused(nodes, what):
    refused(nodes, what, "no statement")


def test_for_an_agency_that_never_stated_a_key_nothing_is_sealed(nodes):
    with pytest.raises(Conflict, match="`tax` has no delivery key yet"):
        seal(nodes, b"")


def test_a_statement_of_no_delivery_key_is_refused(nodes):
    tax = nodes["tax"]._keyring

    with pytest.raises(InvalidInput, match="no delivery key"):
        statements.read(statement_of(tax, b"", key=b"short"))


def test_an_authority_that_is_not_believed_vouches_for_nobody(nodes):
    impostor = Authority.create("Estafette test", TERM)
    tax = nodes["tax"]._keyring

    refused(nodes, statement_of(tax, papers_of(tax, impostor).held), "does not hold")


def test_an_expired_certificate_vouches_for_nothing(nodes):
    tax, over = nodes["tax"]._keyring, NOW - timedelta(minutes=2)
    ended = papers_of(tax, term=Validity(TERM.starts, over)).held

    refused(nodes, statement_of(tax, ended), "does not hold")


def test_a_revoked_certificate_vouches_for_nothing_from_the_next_list_on(nodes):
    papers, own = nodes["town"]._papers, nodes["tax"].public_keys()
    seal(nodes, own.statement)
    revoked = {serial_of(own.certificate): NOW - timedelta(minutes=2)}
    papers.believed = Trust(
        (AUTHORITY.certificate,), (AUTHORITY.revoke(revoked, TERM),)
    )

    refused(nodes, own.statement, "was revoked")


def test_without_a_list_in_force_nobody_is_vouched_for(nodes):
    over = Validity(TERM.starts, NOW - timedelta(minutes=2))
    own = nodes["tax"].public_keys().statement
    for lists, match in (((), "no list"), ((AUTHORITY.revoke({}, over),), "ended")):
        nodes["town"]._papers.believed = Trust((AUTHORITY.certificate,), lists)
        refused(nodes, own, match)


def test_a_key_that_was_replaced_is_refused_by_who_saw_the_new_one(nodes):
    """Rolling the directory back to a key of which somebody may have kept a copy."""
    before = nodes["tax"].public_keys().statement
    seal(nodes, before)
    seal(nodes, nodes["tax"].rotate_delivery_key().statement, case="case-2")

    refused(nodes, before, "replaced by another")


def test_a_key_that_was_replaced_opens_nothing_once_it_is_destroyed(nodes, tmp_path):
    """Who never saw the new one seals for the old one, and nobody opens it."""
    before = nodes["tax"].public_keys().statement
    copy = back_up(tmp_path / "tax.keys", tmp_path / "kept")
    nodes["tax"].rotate_delivery_key()
    nodes["tax"].retire_delivery_keys()
    nodes["tax"].renew()

    (delivery,) = seal(nodes, before).deliveries

    with pytest.raises(CiphertextInvalid):
        nodes["tax"].accept(delivery)
    (tmp_path / "kept" / "masters").symlink_to(tmp_path / "masters")
    with pytest.raises(NotConfigured, match="master key"):
        open_keyring(copy)


def test_the_same_key_stated_again_makes_nobody_wait(nodes):
    """An act may have read the directory just before a node started again."""
    earlier, later = (nodes["tax"].public_keys().statement for _ in range(2))

    for statement in (later, earlier, later):
        assert seal(nodes, statement)


def test_granting_and_delivering_again_ask_for_a_statement_too(nodes):
    own = nodes["tax"].public_keys().statement
    item = seal(nodes, own)
    lie = Recipient("tax", nodes["spy"].public_keys().statement)
    (wrap,) = [each for each in item.wraps if each.receiver == "town"]
    before = keys_made(nodes)

    with pytest.raises(CiphertextInvalid, match="not vouched for"):
        nodes["town"].wrap_for(wrap, replace(lie, scope="other"))
    with pytest.raises(CiphertextInvalid, match="not vouched for"):
        nodes["town"].redeliver(item.deliveries[0].case_key_id, lie)
    assert keys_made(nodes) == before


def test_a_node_of_another_key_than_is_certified_states_in_vain(nodes):
    """A certificate that was put into the wrong node's directory."""
    papers = papers_of(nodes["spy"]._keyring)
    node = LocalNode("tax", nodes["tax"]._keyring, papers)

    refused(nodes, node.public_keys().statement, "names another agency")
    strange = papers_of(nodes["tax"]._keyring).held
    signer = new_signing_key()
    key = nodes["tax"].public_keys().delivery
    forged = statements.state("tax", key, signer, strange)
    refused(nodes, forged, "signature is wrong")
