"""A small authority for certificates on the demo's own machine, made at first start."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from models.errors import NotConfigured
from runtime.embedded.private import write_private
from runtime.link.files import LinkFiles
from runtime.signing import AUTHORITY, REVOKED, SigningFiles
from vault.certificates import Authority, Leaf, Use, Validity
from vault.signing import SigningKey, new_signing_key, public_bytes

# Nobody renews a demo, so it may not outlive its certificates.
_LASTS = timedelta(days=3650)


class DemoAuthority:
    """Certifies the nodes of one demo and its link; what is there already stays."""

    def __init__(self, directory: Path) -> None:
        """Take up the authority of a directory, or make one there."""
        directory.mkdir(mode=0o700, exist_ok=True)
        self._certificate = directory / "authority.pem"
        self._key = directory / "authority.key"
        if not self._certificate.exists():
            made = Authority.create("Estafette demo", _validity())
            write_private(self._key, _key_pem(made.key))
            write_private(self._certificate, _pem(made.certificate))
        certificate = ssl.PEM_cert_to_DER_cert(self._certificate.read_text())
        self._authority = Authority(certificate, _read_key(self._key))

    def certify(
        self, files: LinkFiles, agency: str, use: Use, hosts: tuple[str, ...] = ()
    ) -> None:
        """Give one end of the link a key and its certificate, unless it has them."""
        files.root.mkdir(mode=0o700, exist_ok=True)
        write_private(files.authority, _pem(self._authority.certificate))
        if files.certificate.exists():
            return
        key = new_signing_key()
        leaf = Leaf(agency, use, public_bytes(key), hosts)
        write_private(files.key, _key_pem(key))
        write_private(files.certificate, _pem(self._authority.issue(leaf, _validity())))

    def certify_signing(self, files: SigningFiles, agency: str, key: bytes) -> None:
        """Certify the public signing key of an agency's keyring, unless it is."""
        path = files.path_of(agency)
        if not path.exists():
            leaf = Leaf(agency, Use.SIGNING, key)
            write_private(path, _pem(self._authority.issue(leaf, _validity())))

    def be_believed(self, root: Path) -> None:
        """Let a directory name this authority, and a list of nothing revoked.

        What is there already stays.
        """
        root.mkdir(mode=0o700, exist_ok=True)
        if not (root / AUTHORITY).exists():
            write_private(root / AUTHORITY, _pem(self._authority.certificate))
        if not (root / REVOKED).exists():
            self.revoke(root)

    def revoke(self, root: Path, *serials: int) -> None:
        """Replace the list of a directory by one that revokes certificates now."""
        revoked = dict.fromkeys(serials, datetime.now(UTC))
        listed = self._authority.revoke(revoked, _validity())
        read = x509.load_der_x509_crl(listed)
        write_private(root / REVOKED, read.public_bytes(Encoding.PEM))


def _validity() -> Validity:
    # A little earlier, for clocks that are a little behind.
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5)
    return Validity(now, now + _LASTS)


def _pem(certificate: bytes) -> bytes:
    return ssl.DER_cert_to_PEM_cert(certificate).encode()


def _key_pem(key: SigningKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _read_key(path: Path) -> SigningKey:
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, SigningKey):
        raise NotConfigured(f"`{path}` is no key on P-256")
    return key
