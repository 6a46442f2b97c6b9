"""Certificates for tests: one authority, which vouches for every keyring."""

from datetime import UTC, datetime, timedelta

from cryptography import x509

from models.agencies import Agency
from vault.certificates import Authority, Leaf, Use, Validity, public_key_of
from vault.keyring.keyring import Keyring
from vault.local_node import LocalNode
from vault.node import Node
from vault.signing import public_bytes
from vault.trust import Trust
from vault.values import Signer

_YESTERDAY = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
TERM = Validity(_YESTERDAY, _YESTERDAY + timedelta(days=400))
AUTHORITY = Authority.create("Estafette test", TERM)
TRUST = Trust((AUTHORITY.certificate,), (AUTHORITY.revoke({}, TERM),))


class HeldPapers:
    """Implements `vault.local_node.Papers` in memory; tests may change them."""

    def __init__(self, certificate: bytes, trust: Trust = TRUST) -> None:
        self.held = certificate
        self.believed = trust

    def certificate(self, agency: str) -> bytes:
        """Return the certificate, whoever asks."""
        return self.held

    def trust(self) -> Trust:
        """Return whom to believe."""
        return self.believed


def papers_of(
    keyring: Keyring, authority: Authority = AUTHORITY, term: Validity = TERM
) -> HeldPapers:
    """Certify the signing key of a keyring."""
    leaf = Leaf(keyring.agency, Use.SIGNING, public_bytes(keyring.signing_key))
    return HeldPapers(authority.issue(leaf, term))


def certified(agency: str, keyring: Keyring) -> LocalNode:
    """Return the node of a keyring whose signing key everybody believes."""
    return LocalNode(agency, keyring, papers_of(keyring))


def signer_of(node: Node) -> Signer:
    """Return an agency as the signer of something just now."""
    return Signer(node.agency, (node.public_keys().certificate,), datetime.now(UTC))


def key_of(node: Node) -> bytes:
    """Return the public signing key of a node."""
    return _key_in(node.public_keys().certificate)


def key_in(agency: Agency) -> bytes:
    """Return the public signing key that the directory has of an agency."""
    return _key_in(agency.certificates[-1])


def _key_in(certificate: bytes) -> bytes:
    return public_key_of(x509.load_der_x509_certificate(certificate))


def serial_of(certificate: bytes) -> int:
    """Return a certificate's serial number, by which it is revoked."""
    return x509.load_der_x509_certificate(certificate).serial_number
