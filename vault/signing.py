"""ECDSA P-256 signatures of an agency. P-256 because X.509 verifiers accept it."""

from __future__ import annotations

from functools import lru_cache

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
)

from models.errors import CiphertextInvalid, InvalidInput

SigningKey = ec.EllipticCurvePrivateKey
"""The private half; always on P-256."""


def new_signing_key() -> SigningKey:
    """Make an agency's signing key."""
    return ec.generate_private_key(ec.SECP256R1())


def public_bytes(key: SigningKey) -> bytes:
    """Return the public half as SubjectPublicKeyInfo in DER."""
    return key.public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )


def sign(key: SigningKey, data: bytes) -> bytes:
    """Return the DER signature over SHA-256 of `data`."""
    return key.sign(data, ec.ECDSA(SHA256()))


def verify(public_key: bytes, data: bytes, signature: bytes) -> None:
    """Check a signature of the agency that owns `public_key`.

    Raises:
        CiphertextInvalid: somebody else signed, or something else was signed.
        InvalidInput: `public_key` is not a P-256 key in DER.
    """
    try:
        _load(public_key).verify(signature, data, ec.ECDSA(SHA256()))
    except InvalidSignature as error:
        raise CiphertextInvalid("signature is wrong") from error


@lru_cache(maxsize=512)
def _load(public_key: bytes) -> ec.EllipticCurvePublicKey:
    """Read a public key once; there are as many as agencies, and none is secret."""
    try:
        key = load_der_public_key(public_key)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise InvalidInput("signing key is not readable") from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        raise InvalidInput("signing key is not on P-256")
    return key
