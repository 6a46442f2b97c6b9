"""The public keys that a bundle is verified with: a file of one key a line.

`NAME+ID+BASE64` is the ledger's or, by its type, that of an agency's witness;
`agency NAME BASE64` an agency's signing key as SubjectPublicKeyInfo, `timestamp BASE64`
the certificate of a timestamp authority; what starts with `#` is a remark.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from commands.terminal.files import read_bytes
from ledger.bundle_checkpoints import CheckTimestamp
from ledger.cosignature import agency_of, witness_key
from ledger.signed_note import COSIGNATURE, VerifierKey
from ledger.timestamp import verify_timestamp
from models.errors import EntryAltered, EstafetteError, InvalidInput
from runtime.keys import ledger_verifier
from runtime.roles import Role
from runtime.settings import Settings
from runtime.timestamping import authorities
from storage.engine import connect, transaction
from storage.log import witnessing
from storage.people import directory
from vault import signing
from vault.certificates import public_key_of


@dataclass(frozen=True)
class PublicKeys:
    """The ledger's key, and those of the agencies that may seal a bundle (DER).

    `authorities` are those whose timestamps are believed, `witnesses` those whose
    cosignatures are counted.
    """

    ledger: VerifierKey
    agencies: dict[str, bytes] = field(default_factory=dict)
    authorities: tuple[x509.Certificate, ...] = ()
    witnesses: tuple[VerifierKey, ...] = ()

    @property
    def check_timestamp(self) -> CheckTimestamp | None:
        """Return how timestamps are checked, if an authority is believed."""
        if not self.authorities:
            return None
        return partial(_check_timestamp, self.authorities)

    def check_seal(self, agency: str, data: bytes, signature: bytes) -> None:
        """Check that an agency signed.

        Raises:
            EntryAltered: its key is not known, or it did not.
        """
        key = self.agencies.get(agency)
        if key is None:
            raise EntryAltered(
                f"no key of `{agency}` is known, which sealed the bundle",
                help="ask that agency for its key, and add it to the file of keys",
            )
        try:
            signing.verify(key, data, signature)
        except EstafetteError as error:
            raise EntryAltered(
                f"the seal of `{agency}` is wrong",
                help="the file was changed, or sealed with another key: ask whoever"
                " made it, and that agency for its key",
            ) from error


def public_keys(settings: Settings) -> str:
    """Return the keys of this installation, as a file of keys has them."""
    database = connect(settings.database(Role.ACTS), pool=1)
    try:
        with transaction(database) as connection:
            found = directory.agencies(connection)
            watching = witnessing.keys(connection)
    finally:
        database.dispose()
    named = [
        f"agency {each.id} {_key(certificate)}"
        for each in found
        for certificate in each.certificates[-1:]
    ]
    stamping = [
        f"timestamp {base64.b64encode(each.public_bytes(Encoding.DER)).decode()}"
        for each in authorities(settings)
    ]
    ledger = ledger_verifier(settings)
    seeing = [
        witness_key(ledger.name, agency, key).vkey for agency, key in watching.items()
    ]
    return "\n".join([ledger.vkey, *seeing, *named, *stamping]) + "\n"


def read_keys(path: Path) -> PublicKeys:
    """Read a file of keys.

    Raises:
        InvalidInput: it cannot be read; the message names the line.
    """
    noted: list[VerifierKey] = []
    agencies: dict[str, bytes] = {}
    stamping: list[x509.Certificate] = []
    for number, line in enumerate(_text(path).splitlines(), 1):
        try:
            match line.split():
                case []:
                    continue
                case ["agency", name, key]:
                    agencies[name] = base64.b64decode(key, validate=True)
                case ["timestamp", key]:
                    stamping.append(_certificate(key))
                case _ if not line.startswith("#"):
                    noted.append(VerifierKey.parse(line.strip()))
        except (InvalidInput, ValueError) as error:
            raise InvalidInput(
                f"`{path}`, line {number}: {error}",
                help="make the file anew with `estafette ledger keys > KEYS`",
            ) from error
    ledger, witnesses = _told_apart(path, noted)
    return PublicKeys(ledger, agencies, tuple(stamping), witnesses)


def _told_apart(
    path: Path, keys: Sequence[VerifierKey]
) -> tuple[VerifierKey, tuple[VerifierKey, ...]]:
    """Return the ledger's key and those of its witnesses."""
    signs = [each for each in keys if each.kind != COSIGNATURE]
    if len(signs) != 1:
        raise InvalidInput(
            f"`{path}` has {'no key' if not signs else 'keys'} of "
            f"{'a ledger' if not signs else 'several ledgers'}",
            help="whoever runs it prints it with `estafette ledger keys`",
        )
    witnesses = tuple(each for each in keys if each.kind == COSIGNATURE)
    for each in witnesses:
        if each != witness_key(signs[0].name, agency_of(each.name), each.public):
            raise InvalidInput(
                f"`{path}`: `{each.name}` is no witness of `{signs[0].name}`",
                help="leave the line out, or ask that agency for its witness key",
            )
    return signs[0], witnesses


def _certificate(text: str) -> x509.Certificate:
    return x509.load_der_x509_certificate(base64.b64decode(text, validate=True))


def _check_timestamp(
    authorities: Sequence[x509.Certificate], reply: bytes, note: str
) -> datetime:
    return verify_timestamp(reply, note, authorities)


def _key(certificate: bytes) -> str:
    found = public_key_of(x509.load_der_x509_certificate(certificate))
    return base64.b64encode(found).decode()


def _text(path: Path) -> str:
    try:
        return read_bytes(path).decode()
    except UnicodeDecodeError:
        raise InvalidInput(
            f"`{path}` is not a file of keys",
            help="make one with `estafette ledger keys > KEYS`",
        ) from None
