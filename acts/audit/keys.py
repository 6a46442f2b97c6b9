"""The public keys that a bundle is verified with: a file of one key a line.

`NAME+ID+BASE64` is the ledger's or, by its type, that of an agency's witness;
`agency NAME BASE64` a signing key of an agency as SubjectPublicKeyInfo, of which it may
have several; `timestamp BASE64` the certificate of a timestamp authority; what starts
with `#` is a remark.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from hashlib import sha256

from cryptography import x509

from ledger.bundle import SignedChange
from ledger.bundle_checkpoints import CheckTimestamp
from ledger.cosignature import agency_of, witness_key
from ledger.signed_note import COSIGNATURE, VerifierKey
from ledger.timestamp import verify_timestamp
from models.errors import EntryAltered, EstafetteError, InvalidInput
from vault import signing


@dataclass(frozen=True)
class PublicKeys:
    """The ledger's key, and those of agencies, which seal bundles and sign (DER).

    `authorities` are those whose timestamps are believed, `witnesses` those whose
    cosignatures are counted.
    """

    ledger: VerifierKey
    agencies: dict[str, tuple[bytes, ...]] = field(default_factory=dict)
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
        keys = self.agencies.get(agency, ())
        if not keys:
            raise EntryAltered(
                f"no key of `{agency}` is known, which sealed the bundle",
                help="ask that agency for its key, and add it to the file of keys",
            )
        if not any(_is_signed(key, data, signature) for key in keys):
            raise EntryAltered(
                f"the seal of `{agency}` is wrong",
                help="the file was changed, or sealed with another key: ask whoever"
                " made it, and that agency for its key",
            )

    def check_word(self, word: SignedChange, data: bytes) -> bool:
        """Check an agency's record of a hand-off; False without the key it names.

        Raises:
            EntryAltered: that key did not sign it.
        """
        for key in self.agencies.get(word.agency, ()):
            if sha256(key).hexdigest() == word.key:
                if _is_signed(key, data, bytes.fromhex(word.signature)):
                    return True
                raise EntryAltered(
                    f"the record of `{word.agency}` of step `{word.step}` was made of"
                    " something else, or not by it",
                    help="ask that agency for its own record of this hand-off",
                )
        return False


def parse_keys(body: bytes, where: str) -> PublicKeys:
    """Read what a file of keys holds.

    Raises:
        InvalidInput: it is no such file; the message names `where` and the line.
    """
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise InvalidInput(
            f"`{where}` is no file of keys",
            help="make the file anew with `estafette ledger keys > KEYS`",
        ) from None
    noted: list[VerifierKey] = []
    agencies: dict[str, tuple[bytes, ...]] = {}
    stamping: list[x509.Certificate] = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            match line.split():
                case []:
                    continue
                case ["agency", name, key]:
                    found = base64.b64decode(key, validate=True)
                    agencies[name] = (*agencies.get(name, ()), found)
                case ["timestamp", key]:
                    stamping.append(_certificate(key))
                case _ if not line.startswith("#"):
                    noted.append(VerifierKey.parse(line.strip()))
        except (InvalidInput, ValueError) as error:
            raise InvalidInput(
                f"`{where}`, line {number}: {error}",
                help="make the file anew with `estafette ledger keys > KEYS`",
            ) from error
    ledger, witnesses = _told_apart(where, noted)
    return PublicKeys(ledger, agencies, tuple(stamping), witnesses)


def _told_apart(
    where: str, keys: Sequence[VerifierKey]
) -> tuple[VerifierKey, tuple[VerifierKey, ...]]:
    """Return the ledger's key and those of its witnesses."""
    signs = [each for each in keys if each.kind != COSIGNATURE]
    if len(signs) != 1:
        raise InvalidInput(
            f"`{where}` has {'no key' if not signs else 'keys'} of "
            f"{'a ledger' if not signs else 'several ledgers'}",
            help="whoever runs it prints it with `estafette ledger keys`",
        )
    witnesses = tuple(each for each in keys if each.kind == COSIGNATURE)
    for each in witnesses:
        if each != witness_key(signs[0].name, agency_of(each.name), each.public):
            raise InvalidInput(
                f"`{where}`: `{each.name}` is no witness of `{signs[0].name}`",
                help="leave the line out, or ask that agency for its witness key",
            )
    return signs[0], witnesses


def _certificate(text: str) -> x509.Certificate:
    return x509.load_der_x509_certificate(base64.b64decode(text, validate=True))


def _check_timestamp(
    authorities: Sequence[x509.Certificate], reply: bytes, note: str
) -> datetime:
    return verify_timestamp(reply, note, authorities)


def _is_signed(key: bytes, data: bytes, signature: bytes) -> bool:
    try:
        signing.verify(key, data, signature)
    except EstafetteError:
        return False
    return True
