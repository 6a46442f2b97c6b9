"""Master keys in hardware (PKCS#11): AES-256 keys that never leave their token.

Needs the extra `hsm`. One token may keep the master keys of many keyrings: each key's
label is the keyring it is for.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import pkcs11
from pkcs11 import Attribute, GCMParams, KeyType, Mechanism, ObjectClass
from pkcs11 import exceptions as faults

from models.errors import NotConfigured, Unavailable
from vault.envelope import NONCE_BYTES

_KIND = "pkcs11-"
_TAG_BITS = 128
_KEY_BITS = 256
_NEVER_LEAVES = {
    Attribute.SENSITIVE: True,
    Attribute.EXTRACTABLE: False,
    Attribute.MODIFIABLE: False,
    Attribute.ENCRYPT: True,
    Attribute.DECRYPT: True,
    Attribute.WRAP: False,
    Attribute.UNWRAP: False,
    Attribute.SIGN: False,
    Attribute.VERIFY: False,
    Attribute.DERIVE: False,
}
# Signing in is for the whole process in PKCS#11: one session at a time keeps it clear.
_ONE_SESSION = Lock()
_PIN_FAULTS = (
    faults.PinIncorrect,
    faults.PinInvalid,
    faults.PinLenRange,
    faults.PinLocked,
    faults.PinExpired,
    faults.UserPinNotInitialized,
)
_WRONG_KEY_FAULTS = (
    faults.GeneralError,  # what SoftHSM says
    faults.EncryptedDataInvalid,
    faults.EncryptedDataLenRange,
)


class TokenMasterKeys:
    """Implements `MasterKeys` over one token."""

    def __init__(self, module: Path, token_label: str, pin: str) -> None:
        """Name the library, the token and the PIN of its user; nothing is opened."""
        self._module = module
        self._token_label = token_label
        self._pin = pin

    def make(self, owner: str) -> TokenMasterKey:
        """See `MasterKeys.make`."""
        identifier = secrets.token_bytes(8)
        with self.session() as session:
            session.generate_key(
                KeyType.AES,
                _KEY_BITS,
                id=identifier,
                label=owner,
                store=True,
                template=_NEVER_LEAVES,
            )
        return TokenMasterKey(f"{_KIND}{identifier.hex()}", owner, self)

    def find(self, owner: str, master_key_id: str) -> TokenMasterKey:
        """See `MasterKeys.find`; whether the token has it shows at its use."""
        if not master_key_id.startswith(_KIND):
            raise _missing(master_key_id, self._token_label)
        return TokenMasterKey(master_key_id, owner, self)

    def keep_only(self, owner: str, master_key_id: str | None) -> None:
        """See `MasterKeys.keep_only`."""
        wanted = {Attribute.CLASS: ObjectClass.SECRET_KEY, Attribute.LABEL: owner}
        with self.session() as session:
            for key in list(session.get_objects(wanted)):
                if f"{_KIND}{key[Attribute.ID].hex()}" != master_key_id:
                    key.destroy()

    @contextmanager
    def session(self) -> Iterator[pkcs11.Session]:
        """Lend a session of the token's user.

        Raises:
            NotConfigured: no such library, or the PIN is refused: never try again.
            Unavailable: the token is not there, or does not do what was asked.
        """
        with _ONE_SESSION:
            library = _load(self._module)
            try:
                token = library.get_token(token_label=self._token_label)
                with token.open(rw=True, user_pin=self._pin) as session:
                    yield session
            except _PIN_FAULTS as error:
                raise NotConfigured(
                    f"token `{self._token_label}` refuses the PIN",
                    help="correct ESTAFETTE_PKCS11_PIN before the token locks",
                ) from error
            except faults.PKCS11Error as error:
                raise Unavailable(
                    f"token `{self._token_label}` does not answer:"
                    f" {type(error).__name__}",
                    help="check the token's label and that its hardware is connected",
                ) from error

    def name(self) -> str:
        """Return the token's label."""
        return self._token_label


@dataclass(frozen=True)
class TokenMasterKey:
    """A master key in a token: used there, never read."""

    master_key_id: str
    owner: str
    token: TokenMasterKeys

    def wrap(self, secret: bytes, context: bytes) -> bytes:
        """See `MasterKey.wrap`: nonce (12 bytes), AES-256-GCM ciphertext and tag."""
        nonce = os.urandom(NONCE_BYTES)
        with self._key() as key:
            return nonce + bytes(key.encrypt(secret, **_gcm(nonce, context)))

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """See `MasterKey.unwrap`."""
        nonce, ciphertext = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        with self._key() as key:
            try:
                return bytes(key.decrypt(ciphertext, **_gcm(nonce, context)))
            except _WRONG_KEY_FAULTS as error:
                raise NotConfigured(
                    f"master key `{self.master_key_id}` does not open this keyring",
                    help="put back the token and the keyring that belong together",
                ) from error

    @contextmanager
    def _key(self) -> Iterator[Any]:  # the bindings do not type what a key can do
        with self.token.session() as session:
            try:
                key = session.get_key(
                    object_class=ObjectClass.SECRET_KEY,
                    key_type=KeyType.AES,
                    id=bytes.fromhex(self.master_key_id.removeprefix(_KIND)),
                    label=self.owner,
                )
            except faults.NoSuchKey as error:
                raise _missing(self.master_key_id, self.token.name()) from error
            yield key


def _gcm(nonce: bytes, context: bytes) -> dict[str, Any]:
    parameters = GCMParams(nonce, context, _TAG_BITS)
    return {"mechanism": Mechanism.AES_GCM, "mechanism_param": parameters}


def _load(module: Path) -> Any:  # the bindings' class has a function's name
    try:
        return pkcs11.lib(str(module))
    except faults.PKCS11Error as error:
        raise NotConfigured(
            f"PKCS#11 library `{module}` does not load",
            help="set ESTAFETTE_PKCS11_MODULE to the library of your hardware",
        ) from error


def _missing(master_key_id: str, token_label: str) -> NotConfigured:
    return NotConfigured(
        f"master key `{master_key_id}` is not in token `{token_label}`",
        help="name the place that has it: nothing else opens this keyring",
    )
