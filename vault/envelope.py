"""The envelope of one item: encrypted once, with a key of its own, and signed.

Opening checks, in this order:
  (1) the originator's signature over header, ciphertext and commitment, because a key
      delivery authenticates nobody;
  (2) the key commitment, because AES-GCM alone lets one ciphertext open under two
      keys, to two different texts;
  (3) the GCM tag over ciphertext and header.
"""

from __future__ import annotations

import os
from hashlib import sha256
from hmac import compare_digest

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from models.errors import CiphertextInvalid
from vault.binding import bind
from vault.signing import SigningKey, sign, verify
from vault.values import Sealed

KEY_BYTES = 32
NONCE_BYTES = 12


def seal(header: bytes, body: bytes, signing_key: SigningKey) -> tuple[Sealed, bytes]:
    """Encrypt `body` under a fresh key; return the sealed item and that key.

    `header` stays readable and must be in its canonical form: opening needs the very
    same bytes.
    """
    key, nonce = os.urandom(KEY_BYTES), os.urandom(NONCE_BYTES)
    ciphertext = nonce + AESGCM(key).encrypt(nonce, body, header)
    commitment = commit_to_key(key)
    signature = sign(signing_key, _signed_bytes(header, ciphertext, commitment))
    return Sealed(header, ciphertext, commitment, signature), key


def open_sealed(sealed: Sealed, key: bytes, originator_public_key: bytes) -> bytes:
    """Return the body of a sealed item; the module docstring lists the checks.

    Raises:
        CiphertextInvalid: a check failed; the message says which.
    """
    verify_sealed(sealed, originator_public_key)  # (1)
    if not compare_digest(commit_to_key(key), sealed.commitment):  # (2)
        raise CiphertextInvalid("key is not the one this item was sealed with")
    nonce, ciphertext = sealed.ciphertext[:NONCE_BYTES], sealed.ciphertext[NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, sealed.header)  # (3)
    except (InvalidTag, ValueError) as error:
        raise CiphertextInvalid("ciphertext does not open") from error


def verify_sealed(sealed: Sealed, originator_public_key: bytes) -> None:
    """Check, without any secret, that the originator sealed this item.

    Raises:
        CiphertextInvalid: it did not.
    """
    signed = _signed_bytes(sealed.header, sealed.ciphertext, sealed.commitment)
    verify(originator_public_key, signed, sealed.signature)


def commit_to_key(key: bytes) -> bytes:
    """Return the public value that only this item key has (HKDF-SHA256)."""
    info = bind("commit", "v1")
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(key)


def _signed_bytes(header: bytes, ciphertext: bytes, commitment: bytes) -> bytes:
    """Return what the originator signs: three digests of fixed length, no ambiguity."""
    digests = (sha256(part).digest() for part in (header, ciphertext, commitment))
    return bind("sealed", "v1") + b"".join(digests)
