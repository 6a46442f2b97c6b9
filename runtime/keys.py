"""The installation's own keys: of what Temporal stores, and of the ledger."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ledger.signed_note import SignerKey, VerifierKey
from models.errors import NotConfigured
from runtime.settings import Settings

LEDGER_NAME = "estafette/ledger"


def payload_key(settings: Settings) -> bytes:
    """Return the 256-bit key under which process payloads are encrypted."""
    given = settings.payload_key
    if given is not None:
        return bytes.fromhex(given.get_secret_value())
    _refuse_in_production(settings, "ESTAFETTE_PAYLOAD_KEY")
    fresh = AESGCM.generate_key(256).hex()
    return bytes.fromhex(_kept(settings.files.payload_key, fresh))


def ledger_signer(settings: Settings) -> SignerKey:
    """Return the key that signs checkpoints."""
    given = settings.ledger_key
    if given is not None:
        return SignerKey.parse(given.get_secret_value())
    _refuse_in_production(settings, "ESTAFETTE_LEDGER_KEY")
    fresh = SignerKey.generate(LEDGER_NAME).skey
    return SignerKey.parse(_kept(settings.files.ledger_secret, fresh))


def notice_key(settings: Settings) -> Ed25519PrivateKey:
    """Return the key that signs notices to systems of agencies."""
    given = settings.notice_key
    if given is not None:
        return _ed25519(given.get_secret_value())
    _refuse_in_production(settings, "ESTAFETTE_NOTICE_KEY")
    fresh = Ed25519PrivateKey.generate().private_bytes_raw().hex()
    return _ed25519(_kept(settings.files.notice_key, fresh))


def _ed25519(seed: str) -> Ed25519PrivateKey:
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
    except ValueError:
        raise NotConfigured(
            "ESTAFETTE_NOTICE_KEY is no key", help="it has 64 hexadecimal digits"
        ) from None


def ledger_verifier(settings: Settings) -> VerifierKey:
    """Return the public key that checkpoints are checked with.

    Raises:
        NotConfigured: it was never written on this machine.
    """
    path = settings.node_files.ledger_public
    if not path.exists():
        raise NotConfigured(
            f"the ledger's public key is not at `{path}`",
            help="start the demo once, or put the key that was published there",
        )
    return VerifierKey.parse(path.read_text().strip())


def publish_ledger_key(settings: Settings) -> None:
    """Write the public key beside the data, for those who verify."""
    path = settings.files.ledger_public
    path.write_text(ledger_signer(settings).verifier.vkey + "\n")


def _kept(path: Path, fresh: str) -> str:
    """Return what a private file holds, written now if there is none."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(fresh)
    return fresh


def _refuse_in_production(settings: Settings, variable: str) -> None:
    if settings.production:
        raise NotConfigured(f"{variable} is not set", help=f"set {variable}_FILE")
