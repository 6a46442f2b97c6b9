"""Which key a signature is checked with: one that an authority vouched for then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from models.errors import CiphertextInvalid, InvalidInput
from vault.certificates import Use, start_of
from vault.trust import Trust
from vault.values import Signer


def key_behind(signer: Signer, trust: Trust, check: Callable[[bytes], None]) -> bytes:
    """Return the key of an agency under which `check` passes.

    An agency that lost its keyring has two keys with certificates of the same term,
    so each one is tried.

    Raises:
        CiphertextInvalid: no certificate of it held at that instant, or `check` passes
            under none of those that did.
    """
    refused = CiphertextInvalid(f"`{signer.agency}` has no certificate")
    for certificate in reversed(signer.certificates):
        try:
            key = _key_of(certificate, signer, trust)
            check(key)
        except (CiphertextInvalid, InvalidInput) as error:
            refused = CiphertextInvalid(error.message, help=error.help)
        else:
            return key
    raise refused


def _key_of(certificate: bytes, signer: Signer, trust: Trust) -> bytes:
    """Ask once for all that was signed while a certificate held without a break."""
    soon = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
    if start_of(certificate) <= signer.at <= soon and (
        key := _key_since_its_start(certificate, signer.agency, trust, soon)
    ):
        return key
    return trust.key_of(certificate, signer.agency, Use.SIGNING, signer.at)


@lru_cache(maxsize=1024)
def _key_since_its_start(
    certificate: bytes, agency: str, trust: Trust, soon: datetime
) -> bytes | None:
    """Return the key, if the certificate holds from its start until a minute's end.

    Terms and revocations have no gaps: what holds at two instants holds in between.
    """
    try:
        trust.key_of(certificate, agency, Use.SIGNING, start_of(certificate))
        return trust.key_of(certificate, agency, Use.SIGNING, soon)
    except CiphertextInvalid:
        return None
