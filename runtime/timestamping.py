"""The timestamp authority that settings name: how it is asked, and whom to believe."""

from __future__ import annotations

import urllib3
from cryptography import x509

from models.errors import NotConfigured, Unavailable
from runtime.settings import Settings

_TIMEOUT = urllib3.Timeout(connect=5, read=10)
_ONCE = urllib3.Retry(0, redirect=0)
_LONGEST = 100_000  # bytes; replies have some thousand


class TimestampAuthority:
    """An authority asked over HTTP, as RFC 3161 section 3.4 lays down."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._pool = urllib3.PoolManager(maxsize=1, timeout=_TIMEOUT, retries=_ONCE)

    def ask(self, query: bytes) -> bytes:
        """Return the reply to a TimeStampReq; it is not looked into.

        Raises:
            Unavailable: none came.
        """
        try:
            answer = self._pool.request(
                "POST",
                self._address,
                body=query,
                headers={"Content-Type": "application/timestamp-query"},
                preload_content=False,
            )
            reply = answer.read(_LONGEST + 1)
            answer.release_conn()
        except urllib3.exceptions.HTTPError as error:
            raise Unavailable(
                f"the timestamp authority does not answer: {error}"
            ) from error
        if answer.status != 200 or len(reply) > _LONGEST:
            raise Unavailable(
                f"the timestamp authority answered with status {answer.status}"
            )
        return bytes(reply)


def authorities(settings: Settings) -> list[x509.Certificate]:
    """Return the certificates under which timestamps are believed; none if none.

    Raises:
        NotConfigured: an authority is asked and none is believed, or the file does
            not hold certificates.
    """
    path = settings.timestamp_certificate
    if path is None:
        if settings.timestamp_url:
            raise NotConfigured(
                "ESTAFETTE_TIMESTAMP_CERTIFICATE is not set",
                help="name the PEM file of the authority that ESTAFETTE_TIMESTAMP_URL "
                "asks, or leave out both",
            )
        return []
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError):
        raise NotConfigured(
            f"`{path}` holds no certificates that can be read",
            help="ESTAFETTE_TIMESTAMP_CERTIFICATE names a PEM file",
        ) from None
