"""The keys that are given to who verifies: those that hold, and held until replaced."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from serving.public_keys import keys_of
from tests.pieces.certified import serial_of
from vault import signing
from vault.certificates import Authority, Leaf, Use, Validity
from vault.trust import Trust

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LONG = Validity(NOW - timedelta(days=900), NOW + timedelta(days=900))
AUTHORITY = Authority.create("Estafette test", LONG)
KEYS = [signing.public_bytes(signing.new_signing_key()) for _ in range(3)]


@dataclass
class HasCertificates:
    """Stands for an agency of the directory."""

    certificates: tuple[bytes, ...]
    id: str = "town"


def certificate(key: bytes, since: int, agency: str = "town") -> bytes:
    """Return the certificate of a key for a year that began so many days ago."""
    began = NOW - timedelta(days=since)
    term = Validity(began, began + timedelta(days=365))
    return AUTHORITY.issue(Leaf(agency, Use.SIGNING, key), term)


ENDED, OLD, LATEST = (
    certificate(key, since) for key, since in zip(KEYS, (800, 300, 10), strict=True)
)


def keys(*certificates: bytes, revoked: bytes | None = None) -> list[bytes]:
    serials = {serial_of(revoked): NOW - timedelta(days=5)} if revoked else {}
    trust = Trust((AUTHORITY.certificate,), (AUTHORITY.revoke(serials, LONG),))
    return keys_of(HasCertificates(certificates), trust, NOW)  # type: ignore[arg-type]


def test_earlier_keys_are_given_too_because_what_they_signed_holds():
    assert keys(ENDED, OLD, LATEST) == KEYS


def test_a_key_that_was_certified_again_is_given_once():
    assert keys(OLD, certificate(KEYS[1], 5)) == [KEYS[1]]


def test_a_key_that_was_revoked_is_not_given():
    """A thief could seal with it; what it signed before counts as not checked."""
    assert keys(ENDED, OLD, LATEST, revoked=OLD) == [KEYS[0], KEYS[2]]


@pytest.mark.parametrize("trust", [None, Trust((), ())])
def test_without_an_authority_there_is_the_latest_alone(trust):
    agency = HasCertificates((ENDED, OLD, LATEST))

    assert keys_of(agency, trust, NOW) == KEYS[2:]  # type: ignore[arg-type]


def test_another_agencys_certificate_is_not_given():
    assert keys(certificate(KEYS[0], 100, "tax"), LATEST) == [KEYS[2]]


def test_an_agency_without_certificates_has_no_key():
    assert keys() == []
