"""An agency's signed word which delivery key is its own; docs/formats/statement.md.

The directory that carries the word belongs to coordination, so a giver believes the
signature and the authority behind it, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from pydantic import ConfigDict, ValidationError

from models.clock import stamp
from models.errors import CiphertextInvalid, Conflict, InvalidInput
from models.values import Value
from vault.binding import bind
from vault.certificates import Use
from vault.delivery import require_delivery_key
from vault.signing import SigningKey, sign, verify
from vault.trust import Trust

# Clocks of two machines differ; a word from further ahead could never be followed.
_AHEAD = timedelta(minutes=5)


class Statement(Value):
    """What a statement says, as it is written: JSON, with bytes in base64url.

    `signed_at` is in microseconds since 1970 in UTC; a later one takes the place of all
    that the agency said before. `certificate` is X.509 in DER.
    """

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    agency: str
    key: bytes
    signed_at: int
    certificate: bytes
    signature: bytes


@dataclass(frozen=True)
class Stated:
    """A delivery key that an agency is known to have stated, and when."""

    agency: str
    key: bytes
    signed_at: int


def state(agency: str, key: bytes, signer: SigningKey, certificate: bytes) -> bytes:
    """Return the statement that a delivery key is the agency's from now on."""
    now = stamp(datetime.now(UTC))
    made = Statement(
        agency=agency,
        key=key,
        signed_at=now,
        certificate=certificate,
        signature=sign(signer, _signed_bytes(agency, key, now)),
    )
    return made.model_dump_json().encode()


def read(statement: bytes) -> Statement:
    """Return what a statement says, believed or not.

    Raises:
        InvalidInput: it is none.
    """
    try:
        said = Statement.model_validate_json(statement)
    except ValidationError:
        # What was written stays out of the error.
        raise InvalidInput("this is no statement of a delivery key") from None
    require_delivery_key(said.key)
    return said


def believe(statement: bytes, agency: str, trust: Trust, at: datetime) -> Stated:
    """Return the delivery key of an agency, if its statement holds at this instant.

    What held is remembered by this process for a minute, as long as the same
    authorities and lists are believed.

    Raises:
        Conflict: the agency has stated none yet.
        CiphertextInvalid: of another agency, not signed by it, from the future, or its
            certificate does not hold.
    """
    if not statement:
        raise Conflict(
            f"`{agency}` has no delivery key yet",
            help="nothing was sealed for it; its node publishes one when it starts",
        )
    try:
        return _believe(statement, agency, trust, at.replace(second=0, microsecond=0))
    except (CiphertextInvalid, InvalidInput) as error:
        raise CiphertextInvalid(
            f"the delivery key of `{agency}` is not vouched for: {error.message}",
            help="nothing was sealed for it; ask that agency, by another way than this"
            " system, which key and certificate are its own",
        ) from error


@lru_cache(maxsize=1024)
def _believe(statement: bytes, agency: str, trust: Trust, minute: datetime) -> Stated:
    said = read(statement)
    if said.agency != agency:
        raise CiphertextInvalid("it is stated for another agency")
    if said.signed_at > stamp(minute + _AHEAD):
        raise CiphertextInvalid("it is stated in the future")
    signer = trust.key_of(said.certificate, agency, Use.SIGNING, minute)
    verify(signer, _signed_bytes(agency, said.key, said.signed_at), said.signature)
    return Stated(agency, said.key, said.signed_at)


def _signed_bytes(agency: str, key: bytes, signed_at: int) -> bytes:
    """Return what is signed; the key as lower-case hexadecimal digits."""
    return bind("delivery-key", "v1", agency, key.hex(), signed_at)
