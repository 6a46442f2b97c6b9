"""Webhooks: a CloudEvent with ids only, signed; docs/formats/notice.md.

The signature is that of Standard Webhooks 1.0, with Ed25519 (`v1a`).
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import urllib3
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from models.errors import NotPermitted, Unavailable
from models.posting import Parcel, Way
from runtime import keys
from runtime.settings import Settings

TYPE = "be.estafette.notice.v1"
_TIMEOUT = urllib3.Timeout(connect=5, read=10)
# Nobody else's address is gone to because somebody points there.
_ONCE = urllib3.Retry(0, redirect=0)
_GONE = 410


@dataclass(frozen=True)
class Webhooks:
    """Sends events to systems of agencies, at hosts that the operator lists.

    `source` is the address of the pages, which events name as theirs; `clear` lets
    addresses without TLS through, in demo and tests.
    """

    key: Ed25519PrivateKey
    source: str
    hosts: frozenset[str]
    clear: bool = False

    def carry(self, way: Way, parcel: Parcel) -> None:
        """Send one event.

        Raises:
            Unavailable: it was not taken.
            NotPermitted: the address is not listed, or says that it wants none.
        """
        self._check(way.address)
        with urllib3.PoolManager(timeout=_TIMEOUT, retries=_ONCE) as pool:
            self._send(pool, way.address, parcel)

    def _check(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme != "https" and not self.clear:
            raise NotPermitted("the address has no TLS")
        if parts.hostname not in self.hosts:
            raise NotPermitted("the operator lists no such host")

    def _send(self, pool: urllib3.PoolManager, address: str, parcel: Parcel) -> None:
        now = datetime.now(UTC).replace(microsecond=0)
        body = event(parcel, self.source, now)
        headers = {"Content-Type": "application/cloudevents+json; charset=utf-8"}
        headers |= signed(self.key, str(parcel.id), int(now.timestamp()), body)
        try:
            answer = pool.request(
                "POST", address, body=body, headers=headers, preload_content=False
            )
            answer.close()  # what it says is not read
        except urllib3.exceptions.HTTPError as error:
            raise Unavailable("nobody answers there") from error
        if answer.status == _GONE:
            raise NotPermitted("it answered with status 410: nobody wants it any more")
        if not 200 <= answer.status < 300:
            raise Unavailable(f"it answered with status {answer.status}")


def event(parcel: Parcel, source: str, at: datetime) -> bytes:
    """Return the CloudEvent of a parcel, sent at an instant: ids, and no data."""
    attributes = {
        "specversion": "1.0",
        "id": str(parcel.id),
        "source": source,
        "type": TYPE,
        "subject": parcel.subject,
        "time": at,
    }
    return JSONFormat().write(CloudEvent(attributes))


def signed(
    key: Ed25519PrivateKey, identifier: str, at: int, body: bytes
) -> dict[str, str]:
    """Return the headers that prove a body; `at` is in seconds since 1970."""
    said = f"{identifier}.{at}.".encode() + body
    signature = base64.b64encode(key.sign(said)).decode()
    return {
        "webhook-id": identifier,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1a,{signature}",
    }


def public_key(key: Ed25519PrivateKey) -> str:
    """Return the public key as Standard Webhooks writes it."""
    return "whpk_" + base64.b64encode(key.public_key().public_bytes_raw()).decode()


def webhooks_of(settings: Settings) -> Webhooks | None:
    """Return the way to hosts that settings list, if they list some.

    Raises:
        NotConfigured: in production, no key is given.
    """
    hosts = frozenset(settings.webhook_hosts.replace(",", " ").split())
    if not hosts:
        return None
    return Webhooks(
        key=keys.notice_key(settings),
        source=settings.web_address.rstrip("/"),
        hosts=hosts,
        clear=not settings.production,
    )
