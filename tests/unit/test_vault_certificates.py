"""Certificates of agencies: what is believed, for whom, for what, and when."""

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from models.errors import CiphertextInvalid, InvalidInput
from tests.pieces.certified import serial_of
from vault import signing
from vault.certificates import Authority, Leaf, Use, Validity, agency_uri
from vault.trust import Trust

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
YEAR = Validity(NOW - timedelta(days=1), NOW + timedelta(days=365))
WEEK = Validity(NOW - timedelta(days=1), NOW + timedelta(days=7))
LONG = Validity(NOW - timedelta(days=1), NOW + timedelta(days=3650))


@pytest.fixture(scope="module")
def authority():
    return Authority.create("Estafette test", LONG)


@pytest.fixture(scope="module")
def key():
    return signing.new_signing_key()


def leaf(key, agency="town", use=Use.SIGNING, hosts=()):
    return Leaf(agency, use, signing.public_bytes(key), hosts)


def trust_in(authority, revoked=(), at=NOW):
    revoked = {serial_of(each): at for each in revoked}
    return Trust((authority.certificate,), (authority.revoke(revoked, WEEK),))


def test_a_signature_is_checked_through_the_chain(authority, key):
    certificate = authority.issue(leaf(key), YEAR)

    public = trust_in(authority).key_of(certificate, "town", Use.SIGNING, NOW)

    assert public == signing.public_bytes(key)
    signing.verify(public, b"data", signing.sign(key, b"data"))


@pytest.mark.parametrize("use", Use)
@pytest.mark.parametrize("asked", Use)
def test_a_certificate_is_for_one_use(authority, key, use, asked):
    certificate = authority.issue(leaf(key, use=use), YEAR)

    if use is asked:
        assert trust_in(authority).key_of(certificate, "town", asked, NOW)
    else:
        with pytest.raises(CiphertextInvalid, match="not for"):
            trust_in(authority).key_of(certificate, "town", asked, NOW)


def test_a_certificate_is_of_one_agency(authority, key):
    certificate = authority.issue(leaf(key, agency="town-hall"), YEAR)

    for other in ("town", "tax", "town-hall-2"):
        with pytest.raises(CiphertextInvalid, match="another agency"):
            trust_in(authority).key_of(certificate, other, Use.SIGNING, NOW)


@pytest.mark.parametrize(
    ("at", "holds"),
    [
        (YEAR.starts - timedelta(seconds=1), False),
        (YEAR.starts, True),
        (WEEK.ends - timedelta(seconds=1), True),
    ],
)
def test_a_certificate_holds_within_its_term(authority, key, at, holds):
    trust, certificate = trust_in(authority), authority.issue(leaf(key), YEAR)

    if holds:
        assert trust.key_of(certificate, "town", Use.SIGNING, at)
    else:
        with pytest.raises(CiphertextInvalid, match="does not hold"):
            trust.key_of(certificate, "town", Use.SIGNING, at)


def test_an_expired_certificate_is_refused(authority, key):
    short = Validity(NOW - timedelta(days=2), NOW - timedelta(days=1))
    certificate = authority.issue(leaf(key), short)

    with pytest.raises(CiphertextInvalid, match="does not hold"):
        trust_in(authority).key_of(certificate, "town", Use.SIGNING, NOW)


def test_an_authority_of_the_same_name_is_not_the_authority(authority, key):
    impostor = Authority.create("Estafette test", LONG)
    certificate = impostor.issue(leaf(key), YEAR)
    trust = Trust((authority.certificate,), (impostor.revoke({}, WEEK),))

    with pytest.raises(CiphertextInvalid, match="does not hold"):
        trust.key_of(certificate, "town", Use.SIGNING, NOW)
    genuine = authority.issue(leaf(key), YEAR)
    with pytest.raises(CiphertextInvalid, match="has no list"):
        trust.key_of(genuine, "town", Use.SIGNING, NOW)


def test_a_leaf_certifies_nobody(authority, key):
    mine = Authority(authority.issue(leaf(key), YEAR), key)
    forged = mine.issue(leaf(signing.new_signing_key(), agency="tax"), YEAR)

    for trust in (trust_in(authority), trust_in(mine)):
        with pytest.raises(CiphertextInvalid, match="does not hold"):
            trust.key_of(forged, "tax", Use.SIGNING, NOW)


def test_an_altered_certificate_is_refused(authority, key):
    certificate = bytearray(authority.issue(leaf(key), YEAR))
    certificate[-1] ^= 1

    with pytest.raises(CiphertextInvalid, match="does not hold"):
        trust_in(authority).key_of(bytes(certificate), "town", Use.SIGNING, NOW)


def test_a_revoked_certificate_is_refused_from_then_on(authority, key):
    """What was signed before the revocation stays signed."""
    kept, gone = (authority.issue(leaf(key), YEAR) for _ in range(2))
    trust = trust_in(authority, [gone])

    assert trust.key_of(kept, "town", Use.SIGNING, NOW)
    assert trust.key_of(gone, "town", Use.SIGNING, NOW - timedelta(hours=1))
    with pytest.raises(CiphertextInvalid, match="was revoked"):
        trust.key_of(gone, "town", Use.SIGNING, NOW)


def test_the_newest_list_of_revocations_counts(authority, key):
    certificate = authority.issue(leaf(key), YEAR)
    later = Validity(WEEK.starts + timedelta(hours=1), WEEK.ends)
    lists = (
        authority.revoke({serial_of(certificate): NOW}, later),
        authority.revoke({}, WEEK),
    )

    for order in (lists, lists[::-1]):
        with pytest.raises(CiphertextInvalid, match="was revoked"):
            Trust((authority.certificate,), order).key_of(
                certificate, "town", Use.SIGNING, NOW
            )


@pytest.mark.parametrize("at", [WEEK.ends, WEEK.ends + timedelta(days=1)])
def test_an_old_list_of_revocations_says_nothing(authority, key, at):
    certificate = authority.issue(leaf(key), YEAR)

    with pytest.raises(CiphertextInvalid, match="has ended"):
        trust_in(authority).key_of(certificate, "town", Use.SIGNING, at)


def test_without_a_list_or_an_authority_nothing_is_believed(authority, key):
    certificate = authority.issue(leaf(key), YEAR)

    for trust, why in (
        (Trust((authority.certificate,), ()), "has no list"),
        (Trust((), ()), "no authority"),
    ):
        with pytest.raises(CiphertextInvalid, match=why):
            trust.key_of(certificate, "town", Use.SIGNING, NOW)


@pytest.mark.parametrize("agency", ["", "a b", "tax:town", "Ä", "a/b", "a" * 65])
def test_a_name_that_could_be_read_in_two_ways_is_refused(authority, key, agency):
    with pytest.raises(InvalidInput):
        authority.issue(leaf(key, agency=agency), YEAR)


@pytest.mark.parametrize(
    "private",
    [ed25519.Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP384R1())],
)
def test_a_key_on_another_curve_is_not_certified(authority, private):
    encoded = private.public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )

    with pytest.raises(InvalidInput, match="P-256"):
        authority.issue(Leaf("town", Use.SIGNING, encoded), YEAR)


@pytest.mark.parametrize("bad", ["certificate", "list"])
def test_what_is_not_readable_is_said(authority, key, bad):
    certificate = authority.issue(leaf(key), YEAR)
    with pytest.raises(InvalidInput, match="not readable"):
        if bad == "list":
            Trust((authority.certificate,), (b"?",)).key_of(
                certificate, "town", Use.SIGNING, NOW
            )
        trust_in(authority).key_of(b"?", "town", Use.SIGNING, NOW)


def tls(folder, purpose, root, key, certificate):
    """Return TLS settings of one end, which asks the other for a certificate."""
    pem = x509.load_der_x509_certificate(certificate).public_bytes(Encoding.PEM)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = folder / f"{purpose.name}.pem"
    file.write_bytes(private + pem)
    settings = ssl.create_default_context(
        purpose, cadata=ssl.DER_cert_to_PEM_cert(root)
    )
    settings.verify_mode = ssl.CERT_REQUIRED
    settings.load_cert_chain(file)
    return settings


def connect(listening, calling):
    """Return what the server saw, a certificate or an error, and what was heard."""
    seen, heard = [], b""
    one, two = socket.socketpair()

    def answer():
        try:
            with listening.wrap_socket(one, server_side=True) as connection:
                seen.append(connection.getpeercert(binary_form=True))
                connection.sendall(b"hello")
        except ssl.SSLError as error:
            seen.append(error)
        finally:
            one.close()

    thread = threading.Thread(target=answer)
    thread.start()
    with two, calling.wrap_socket(two, server_hostname="localhost") as connection:
        try:
            heard = connection.recv(5)
        except OSError:
            pass  # refused: what the server saw says why
    thread.join()
    return seen[0], heard


@pytest.mark.parametrize("use", [Use.CLIENT, Use.SIGNING])
def test_both_ends_of_a_real_connection_know_each_other(tmp_path, use):
    """Python's own TLS; a certificate for signatures opens no connection."""
    today = datetime.now(UTC)
    term = Validity(today - timedelta(days=1), today + timedelta(days=30))
    authority = Authority.create("Estafette test", term)
    ours, theirs = signing.new_signing_key(), signing.new_signing_key()
    server = authority.issue(leaf(ours, "deipp", Use.SERVER, ("localhost",)), term)
    client = authority.issue(leaf(theirs, "town", use), term)
    root = authority.certificate

    seen, heard = connect(
        tls(tmp_path, ssl.Purpose.CLIENT_AUTH, root, ours, server),
        tls(tmp_path, ssl.Purpose.SERVER_AUTH, root, theirs, client),
    )

    if use is Use.SIGNING:
        assert isinstance(seen, ssl.SSLError)
        assert heard == b""
    else:
        assert heard == b"hello"
        trust = Trust((root,), (authority.revoke({}, term),))
        known = trust.key_of(seen, "town", Use.CLIENT, today)
        assert known == signing.public_bytes(theirs)


def test_the_uri_of_an_agency_is_fixed():
    """It is in certificates that live for years."""
    assert agency_uri("pz-midi") == "urn:estafette:agency:pz-midi"
