"""Where the master keys of keyrings are kept, as the settings say.

What was not said is never guessed: hardware that is named and does not answer, or
whose library is missing, is an error and not a reason to look for a file.
"""

from __future__ import annotations

from typing import TypeVar

from models.errors import NotConfigured
from runtime.settings import PREFIX, MasterKeyPlace, Settings
from vault.master_key_files import FileMasterKeys
from vault.master_keys import MasterKeys

Value = TypeVar("Value")


def master_keys(settings: Settings, place: MasterKeyPlace | None = None) -> MasterKeys:
    """Return the place of the master keys; `place` overrules the settings.

    Raises:
        NotConfigured: names what was not said, or what is not installed.
    """
    place = place or settings.master_keys
    if place is MasterKeyPlace.PKCS11:
        return _token(settings)
    directory = settings.master_key_directory
    if settings.production:
        _said("MASTER_KEYS", place)
        directory = _said("MASTER_KEY_DIRECTORY", directory)
    return FileMasterKeys(directory or settings.node_files.master_keys)


def _token(settings: Settings) -> MasterKeys:
    module = _said("PKCS11_MODULE", settings.pkcs11_module)
    label = _said("PKCS11_TOKEN", settings.pkcs11_token)
    pin = _said("PKCS11_PIN", settings.pkcs11_pin)
    try:
        from vault.master_key_tokens import TokenMasterKeys
    except ImportError as error:
        raise NotConfigured(
            "master keys in hardware need a library that is not installed",
            help="install the extra `hsm`",
        ) from error
    return TokenMasterKeys(module, label, pin.get_secret_value())


def _said(name: str, value: Value | None) -> Value:
    if value is None:
        raise NotConfigured(f"{PREFIX}{name} is not set", help=f"set {PREFIX}{name}")
    return value
