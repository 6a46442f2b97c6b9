"""Encrypting what Temporal stores; it holds no content, and cannot be read anyway."""

from __future__ import annotations

import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec

from models.errors import CiphertextInvalid

_ENCODING = b"binary/estafette-aes256gcm"
_NONCE = 12


class SealedPayloads(PayloadCodec):
    """AES-256-GCM over each payload, under one key of the installation."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Encrypt payloads."""
        return [self._seal(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Decrypt payloads.

        Raises:
            CiphertextInvalid: altered, not ours, or of another installation.
        """
        return [self._open(payload) for payload in payloads]

    def _seal(self, payload: Payload) -> Payload:
        nonce = os.urandom(_NONCE)
        sealed = self._cipher.encrypt(nonce, payload.SerializeToString(), _ENCODING)
        return Payload(metadata={"encoding": _ENCODING}, data=nonce + sealed)

    def _open(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != _ENCODING:
            raise CiphertextInvalid("a payload of the process is not encrypted")
        nonce, sealed = payload.data[:_NONCE], payload.data[_NONCE:]
        try:
            return Payload.FromString(self._cipher.decrypt(nonce, sealed, _ENCODING))
        except (InvalidTag, ValueError):  # altered, or too short to be one
            raise CiphertextInvalid("a payload of the process does not open") from None
