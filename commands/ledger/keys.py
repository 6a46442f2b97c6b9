"""The public keys that a bundle is verified with: a file of one key a line.

`NAME+ID+BASE64` is the ledger's, `agency NAME BASE64` an agency's signing key as
SubjectPublicKeyInfo; what starts with `#` is a remark.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509

from commands.terminal.files import read_bytes
from ledger.signed_note import VerifierKey
from models.errors import EntryAltered, EstafetteError, InvalidInput
from runtime.keys import ledger_verifier
from runtime.roles import Role
from runtime.settings import Settings
from storage import directory
from storage.engine import connect, transaction
from vault import signing
from vault.certificates import public_key_of

_AGENCY = "agency"


@dataclass(frozen=True)
class PublicKeys:
    """The ledger's key, and those of the agencies that may seal a bundle (DER)."""

    ledger: VerifierKey
    agencies: dict[str, bytes] = field(default_factory=dict)

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
            raise EntryAltered(f"the seal of `{agency}` is wrong") from error


def public_keys(settings: Settings) -> str:
    """Return the keys of this installation, as a file of keys has them."""
    database = connect(settings.database(Role.ACTS), pool=1)
    try:
        with transaction(database) as connection:
            found = directory.agencies(connection)
    finally:
        database.dispose()
    named = [
        f"{_AGENCY} {each.id} {_key(certificate)}"
        for each in found
        for certificate in each.certificates[-1:]
    ]
    return "\n".join([ledger_verifier(settings).vkey, *named]) + "\n"


def read_keys(path: Path) -> PublicKeys:
    """Read a file of keys.

    Raises:
        InvalidInput: it cannot be read; the message names the line.
    """
    ledger, agencies = None, {}
    for number, line in enumerate(_text(path).splitlines(), 1):
        words = line.split()
        if not words or line.startswith("#"):
            continue
        try:
            if words[0] == _AGENCY and len(words) == 3:
                agencies[words[1]] = base64.b64decode(words[2], validate=True)
            elif ledger is None:
                ledger = VerifierKey.parse(line.strip())
            else:
                raise InvalidInput("there is a ledger's key already")
        except (InvalidInput, binascii.Error) as error:
            raise InvalidInput(f"`{path}`, line {number}: {error}") from error
    if ledger is None:
        raise InvalidInput(
            f"`{path}` has no key of a ledger",
            help="whoever runs it prints it with `estafette ledger keys`",
        )
    return PublicKeys(ledger, agencies)


def _key(certificate: bytes) -> str:
    found = public_key_of(x509.load_der_x509_certificate(certificate))
    return base64.b64encode(found).decode()


def _text(path: Path) -> str:
    try:
        return read_bytes(path).decode()
    except UnicodeDecodeError:
        raise InvalidInput(f"`{path}` is not a file of keys") from None
