"""Which key a signature is checked with: one that was vouched for at that instant."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models.errors import CiphertextInvalid
from tests.pieces.certified import (
    AUTHORITY,
    TERM,
    TRUST,
    certified,
    papers_of,
    serial_of,
    signer_of,
)
from tests.pieces.masters import new_keyring
from vault.certificates import Authority, Validity
from vault.trust import Trust
from vault.values import SealRequest, Signer

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def town(tmp_path):
    with closing(new_keyring(tmp_path / "town.keys", "town")) as keyring:
        yield certified("town", keyring)


@pytest.fixture
def item(town):
    return town.seal(SealRequest("item-1", "case-1", "file", b"{}", b"found", ()))


def opens(town, item, signer):
    return town.open(item.sealed, item.wraps[0], signer)


def test_an_item_opens_by_the_certificate_of_its_originator(town, item):
    assert opens(town, item, signer_of(town)) == b"found"
    assert opens(town, item, replace(signer_of(town), at=NOW - HOUR)) == b"found"


def test_nobody_who_is_not_believed_then_signed_anything(town, item):
    keyring, own = town._keyring, signer_of(town)
    impostor = papers_of(keyring, Authority.create("Estafette test", TERM)).held
    for signer, match in (
        (replace(own, certificates=()), "has no certificate"),
        (replace(own, certificates=(b"none",)), "not readable"),
        (replace(own, certificates=(impostor,)), "does not hold"),
        (replace(own, agency="tax"), "names another agency"),
        (replace(own, at=TERM.starts - HOUR), "does not hold"),
        (replace(own, at=TERM.ends + HOUR), "does not hold"),
    ):
        with pytest.raises(CiphertextInvalid, match=match):
            opens(town, item, signer)


def test_what_was_signed_before_a_revocation_or_an_end_stays_signed(town, item):
    keyring = town._keyring
    ended = papers_of(keyring, term=Validity(TERM.starts, NOW - HOUR)).held
    revoked = papers_of(keyring).held
    lists = AUTHORITY.revoke({serial_of(revoked): NOW - HOUR}, TERM)
    town._papers.believed = Trust((AUTHORITY.certificate,), (lists,))

    for certificate, match in ((ended, "does not hold"), (revoked, "was revoked")):
        before = Signer("town", (certificate,), NOW - 2 * HOUR)
        assert opens(town, item, before) == b"found"
        with pytest.raises(CiphertextInvalid, match=match):
            opens(town, item, replace(before, at=NOW))


def test_a_renewed_certificate_does_not_take_the_place_of_the_one_before(town, item):
    """What was signed under the earlier one is checked with it."""
    keyring = town._keyring
    first = papers_of(keyring, term=Validity(TERM.starts, NOW - HOUR)).held
    second = papers_of(keyring, term=Validity(NOW - HOUR, TERM.ends)).held

    for at in (NOW - 2 * HOUR, NOW):
        assert opens(town, item, Signer("town", (first, second), at)) == b"found"


def test_an_agency_with_a_new_keyring_has_signed_what_it_signed(town, item, tmp_path):
    with closing(new_keyring(tmp_path / "again.keys", "town")) as keyring:
        both = (papers_of(town._keyring).held, papers_of(keyring).held)
        assert opens(town, item, Signer("town", both, NOW)) == b"found"
        with pytest.raises(CiphertextInvalid, match="signature"):
            opens(town, item, Signer("town", both[1:], NOW))


def test_a_new_list_counts_for_what_was_asked_before(town, item):
    own = signer_of(town)
    assert opens(town, item, own) == b"found"
    listed = AUTHORITY.revoke({serial_of(own.certificates[0]): NOW - HOUR}, TERM)

    town._papers.believed = Trust(TRUST.authorities, (listed,))

    with pytest.raises(CiphertextInvalid, match="was revoked"):
        opens(town, item, own)
