"""The lasting keys of an agency: made with its keyring, read when it is opened."""

from __future__ import annotations

from os import urandom

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from models.errors import NotConfigured
from vault.keyring import renewal, rows
from vault.keyring.cipher import KeyringName
from vault.keyring.rows import UnlockedFile
from vault.signing import SigningKey, new_signing_key

_INDEX_KEY_BYTES = 32


def fill(file: UnlockedFile, name: KeyringName) -> None:
    """Make all keys of a new agency's keyring. Needs a transaction."""
    renewal.begin(file.connection, file.cipher)
    signing = new_signing_key().private_bytes(
        Encoding.DER, PrivateFormat.PKCS8, NoEncryption()
    )
    witness = Ed25519PrivateKey.generate().private_bytes_raw()
    rows.add_identity(file, name, signing, urandom(_INDEX_KEY_BYTES), witness)
    rows.add_delivery_key(file)


def signing_key(file: UnlockedFile) -> SigningKey:
    """Return the key that signs for the agency."""
    key = load_der_private_key(rows.lasting_key(file, "signing"), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise NotConfigured("the keyring's signing key is not on P-256")
    return key


def index_key(file: UnlockedFile) -> bytes:
    """Return the key of the agency's blind index."""
    return rows.lasting_key(file, "index")


def witness_key(file: UnlockedFile) -> Ed25519PrivateKey:
    """Return the key that cosigns checkpoints of the ledger."""
    return Ed25519PrivateKey.from_private_bytes(rows.lasting_key(file, "witness"))
