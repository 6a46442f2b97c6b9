"""Certificates of what agencies sign: whom a node or coordination believes."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from models.errors import NotConfigured
from vault.trust import Trust

AUTHORITY, REVOKED = "authority.pem", "revoked.pem"


@dataclass(frozen=True)
class SigningFiles:
    """Implements `vault.local_node.Papers` over a directory of PEM files.

    It holds the authority that is believed, its list of what it revoked, and the
    certificate of each agency whose keyring lies here.
    """

    root: Path

    def path_of(self, agency: str) -> Path:
        """Return the file of the certificate of an agency's signing key."""
        return self.root / f"{agency}.pem"

    def certificate(self, agency: str) -> bytes:
        """See `Papers.certificate`."""
        try:
            return ssl.PEM_cert_to_DER_cert(self.path_of(agency).read_text())
        except (OSError, ValueError) as error:
            raise NotConfigured(
                f"the signing key of `{agency}` has no certificate here",
                help=f"ask for one with `estafette node request --agency {agency}`, and"
                f" put it at `{self.path_of(agency)}`",
            ) from error

    def trust(self) -> Trust:
        """See `Papers.trust`. A new list counts at once."""
        return _known_trust(
            self.root, _stamp(self.root / AUTHORITY), _stamp(self.root / REVOKED)
        )


def read_trust(root: Path) -> Trust:
    """Read whom to believe from a directory.

    Raises:
        NotConfigured: a file is missing or is no PEM.
    """
    try:
        authority = ssl.PEM_cert_to_DER_cert((root / AUTHORITY).read_text())
        revoked = x509.load_pem_x509_crl((root / REVOKED).read_bytes())
    except (OSError, ValueError) as error:
        raise NotConfigured(
            f"`{root}` does not tell whom to believe",
            help=f"put {AUTHORITY} and {REVOKED} there",
        ) from error
    return Trust((authority,), (revoked.public_bytes(Encoding.DER),))


@lru_cache(maxsize=64)
def _known_trust(root: Path, _authority: object, _revoked: object) -> Trust:
    """Read files again only when they are others."""
    return read_trust(root)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
