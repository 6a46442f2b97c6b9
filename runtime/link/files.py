"""Certificates of one end of the link: where they lie, and what TLS makes of them.

TLS 1.3 only, and no session is taken up again: every connection shows its certificate.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path

from models.errors import NotConfigured
from runtime.signing import AUTHORITY, REVOKED, read_trust
from vault.trust import Trust


@dataclass(frozen=True)
class LinkFiles:
    """A directory with the certificates (PEM) of coordination or of one node."""

    root: Path

    @property
    def authority(self) -> Path:
        """Return the certificate of the authority that is believed."""
        return self.root / AUTHORITY

    @property
    def revoked(self) -> Path:
        """Return the authority's list of what it revoked; coordination has one."""
        return self.root / REVOKED

    @property
    def certificate(self) -> Path:
        """Return the certificate of this end."""
        return self.root / "certificate.pem"

    @property
    def key(self) -> Path:
        """Return the private key of this end (mode 0600)."""
        return self.root / "certificate.key"

    def trust(self) -> Trust:
        """Read whom to believe; see `runtime.signing.read_trust`."""
        return read_trust(self.root)

    def server(self) -> ssl.SSLContext:
        """Return what coordination serves with; a client must show a certificate."""
        context = self._context(ssl.PROTOCOL_TLS_SERVER)
        context.verify_mode = ssl.CERT_REQUIRED
        context.num_tickets = 0
        return context

    def client(self) -> ssl.SSLContext:
        """Return what a node connects with; the server must be the one it names."""
        return self._context(ssl.PROTOCOL_TLS_CLIENT)

    def _context(self, protocol: int) -> ssl.SSLContext:
        context = ssl.SSLContext(protocol)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.verify_flags |= ssl.VERIFY_X509_STRICT
        try:
            if self.key.stat().st_mode & 0o077:
                raise NotConfigured(
                    f"others may read key `{self.key}`", help="chmod 600 it"
                )
            context.load_verify_locations(cafile=self.authority)
            context.load_cert_chain(self.certificate, self.key)
        except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
            raise NotConfigured(
                f"the certificates in `{self.root}` cannot be used: {error}",
                help="put authority.pem, certificate.pem and certificate.key there",
            ) from error
        return context
