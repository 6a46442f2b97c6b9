"""Whom a certificate names: one agency, or nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509

from models.errors import CiphertextInvalid
from tests.pieces.certified import serial_of
from vault import signing
from vault.certificates import Authority, Leaf, Use, Validity
from vault.trust import Trust

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
YEAR = Validity(NOW - timedelta(days=1), NOW + timedelta(days=365))


@pytest.fixture(scope="module")
def authority():
    return Authority.create("Estafette test", YEAR)


@pytest.fixture(scope="module")
def key():
    return signing.new_signing_key()


def leaf(key, agency="town", use=Use.SIGNING):
    return Leaf(agency, use, signing.public_bytes(key))


def trust_in(authority, revoked=()):
    revoked = {serial_of(each): NOW for each in revoked}
    return Trust((authority.certificate,), (authority.revoke(revoked, YEAR),))


def test_a_certificate_tells_whose_it_is(authority, key):
    certificate = authority.issue(leaf(key, agency="town-hall", use=Use.CLIENT), YEAR)

    trust = trust_in(authority)

    assert trust.agency_of(certificate, Use.CLIENT, NOW) == "town-hall"
    with pytest.raises(CiphertextInvalid, match="not for"):
        trust.agency_of(certificate, Use.SIGNING, NOW)
    with pytest.raises(CiphertextInvalid, match="was revoked"):
        trust_in(authority, [certificate]).agency_of(certificate, Use.CLIENT, NOW)


@pytest.mark.parametrize(
    "uris",
    [
        ["urn:estafette:agency:town", "urn:estafette:agency:tax"],
        ["urn:estafette:agency:"],
        ["urn:estafette:agency:to wn"],
        ["urn:other:agency:town"],
        ["https://town.example/urn:estafette:agency:town"],
    ],
)
def test_a_certificate_that_does_not_name_one_agency_is_nobodys(
    authority, key, uris, monkeypatch
):
    """What another authority may have put into a certificate that we believe."""
    names = x509.SubjectAlternativeName(map(x509.UniformResourceIdentifier, uris))
    monkeypatch.setattr("vault.certificates._names", lambda _: names)
    certificate = authority.issue(leaf(key, use=Use.CLIENT), YEAR)

    with pytest.raises(CiphertextInvalid, match="does not name one agency"):
        trust_in(authority).agency_of(certificate, Use.CLIENT, NOW)
