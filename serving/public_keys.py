"""The public keys of this installation, as a file of keys has them."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import Engine

from ledger.cosignature import witness_key
from models.agencies import Agency
from models.errors import CiphertextInvalid, NotConfigured
from runtime.keys import ledger_verifier
from runtime.settings import Settings
from runtime.signing import SigningFiles
from runtime.timestamping import authorities
from storage.engine import transaction
from storage.log import witnessing
from storage.people import directory
from vault.certificates import Use, public_key_of
from vault.trust import Trust


def public_keys(settings: Settings, database: Engine) -> str:
    """Return the keys of this installation, one a line.

    Raises:
        NotConfigured: the ledger's key was never written on this machine.
    """
    with transaction(database) as connection:
        found = directory.agencies(connection)
        watching = witnessing.keys(connection)
    trust, now = trust_in(settings), datetime.now(UTC)
    named = [
        f"agency {each.id} {_base64(key)}"
        for each in found
        for key in keys_of(each, trust, now)
    ]
    stamping = [
        f"timestamp {_base64(each.public_bytes(Encoding.DER))}"
        for each in authorities(settings)
    ]
    ledger = ledger_verifier(settings)
    seeing = [
        witness_key(ledger.name, agency, key).vkey for agency, key in watching.items()
    ]
    return "\n".join([ledger.vkey, *seeing, *named, *stamping]) + "\n"


def keys_of(agency: Agency, trust: Trust | None, now: datetime) -> list[bytes]:
    """Return an agency's key, after those that it had before and were not revoked.

    What it signed with a key that it has no more still holds. Without an authority that
    says what was revoked, there is the latest alone.
    """
    found = [x509.load_der_x509_certificate(each) for each in agency.certificates]
    good = [
        each for each in found[:-1] if trust and _was_good(each, agency.id, trust, now)
    ]
    return list(dict.fromkeys(map(public_key_of, [*good, *found[-1:]])))


def trust_in(settings: Settings) -> Trust | None:
    """Return whom to believe about agencies' keys, where an authority is here."""
    try:
        return SigningFiles(settings.files.signing).trust()
    except NotConfigured:
        return None


def _was_good(
    certificate: x509.Certificate, agency: str, trust: Trust, now: datetime
) -> bool:
    """Tell whether a certificate held to its end, or until now."""
    last = min(now, certificate.not_valid_after_utc)
    try:
        trust.key_of(certificate.public_bytes(Encoding.DER), agency, Use.SIGNING, last)
    except CiphertextInvalid:
        return False
    return True


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
