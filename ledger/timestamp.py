"""Timestamps of checkpoints by an authority that is none of ours (RFC 3161).

What is stamped is SHA-256 of the checkpoint's note as the ledger signed it, without
cosignatures, which come later. A stamp is kept as the authority's whole reply.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cryptography import x509
from cryptography.x509.oid import ObjectIdentifier
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from models.errors import EntryAltered

_SHA_256 = ObjectIdentifier("2.16.840.1.101.3.4.2.1")


@dataclass(frozen=True)
class Question:
    """What an authority is asked (DER); its reply must repeat the nonce."""

    query: bytes
    nonce: int | None


def question(note: str) -> Question:
    """Return the request to stamp a checkpoint, the certificate included."""
    builder = TimestampRequestBuilder().data(note.encode())
    request = builder.hash_algorithm(HashAlgorithm.SHA256).build()
    return Question(request.as_bytes(), request.nonce)


def verify_timestamp(
    reply: bytes,
    note: str,
    authorities: Sequence[x509.Certificate],
    *,
    nonce: int | None = None,
) -> datetime:
    """Return when an authority saw a checkpoint, by its own clock.

    Args:
        reply: a TimeStampResp in DER.
        note: the checkpoint.
        authorities: certificates that are believed, each the root of a chain.
        nonce: of the question, while its answer is fresh.

    Raises:
        EntryAltered: no stamp of this checkpoint, of none of these authorities, or an
            answer to another question.
    """
    try:
        found = decode_timestamp_response(reply)
        said = found.tst_info.message_imprint
    except ValueError as error:
        raise EntryAltered("the timestamp of a checkpoint cannot be read") from error
    stamped = sha256(note.encode()).digest()
    if (said.hash_algorithm, said.message) != (_SHA_256, stamped):
        raise EntryAltered("a timestamp is of another checkpoint")
    verifier = VerifierBuilder(roots=list(authorities), nonce=nonce).build()
    try:
        verifier.verify(found, stamped)
    except (ValueError, VerificationError) as error:
        raise EntryAltered(
            "the timestamp of a checkpoint is of no authority that is believed",
            help="see that it is the authority's certificate that is believed",
        ) from error
    return found.tst_info.gen_time
