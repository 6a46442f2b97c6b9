"""Which place of master keys the settings name, and that nothing is guessed."""

import sys

import pytest

from models.errors import NotConfigured
from runtime.masters import master_keys
from runtime.nodes import local_nodes
from runtime.settings import Settings, load_settings
from vault.master_key_files import FileMasterKeys

HSM = {"pkcs11_module": "/lib.so", "pkcs11_token": "town", "pkcs11_pin": "1234"}


def test_the_demo_keeps_master_keys_with_its_other_files(tmp_path):
    nodes = local_nodes(Settings(env="demo", data=tmp_path))

    nodes.create("town")

    (made,) = (tmp_path / "master-keys").iterdir()
    assert made.name.startswith("town.")
    assert made.stat().st_mode & 0o777 == 0o600
    assert made.parent.stat().st_mode & 0o777 == 0o700
    assert len(made.read_bytes()) == 32


def test_the_directory_can_be_named(tmp_path):
    elsewhere = tmp_path / "mounted"

    nodes = local_nodes(
        Settings(env="demo", data=tmp_path / "data", master_key_directory=elsewhere)
    )
    nodes.create("town")

    assert len(list(elsewhere.iterdir())) == 1
    assert not (tmp_path / "data" / "master-keys").exists()


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({}, "ESTAFETTE_MASTER_KEYS"),
        ({"master_key_directory": "/keys"}, "ESTAFETTE_MASTER_KEYS"),
        ({"master_keys": "files"}, "ESTAFETTE_MASTER_KEY_DIRECTORY"),
    ],
)
def test_production_must_say_where_master_keys_are(said, missing):
    with pytest.raises(NotConfigured, match=rf"{missing} is not set"):
        master_keys(Settings(env="production", **said))


@pytest.mark.parametrize("env", ["demo", "production"])
@pytest.mark.parametrize("missing", list(HSM))
def test_hardware_must_be_named_whole(env, missing):
    said = {name: value for name, value in HSM.items() if name != missing}

    with pytest.raises(NotConfigured, match=f"{missing.upper()} is not set"):
        master_keys(Settings(env=env, master_keys="pkcs11", **said))


def test_hardware_without_its_library_is_an_error_and_not_a_file(monkeypatch):
    monkeypatch.delitem(sys.modules, "vault.master_key_tokens", raising=False)
    monkeypatch.setitem(sys.modules, "pkcs11", None)

    with pytest.raises(NotConfigured, match="not installed") as refused:
        master_keys(Settings(env="demo", master_keys="pkcs11", **HSM))
    assert "`hsm`" in refused.value.help


def test_the_pin_comes_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "pin").write_text("271828\n")
    monkeypatch.setenv("ESTAFETTE_ENV", "demo")
    monkeypatch.setenv("ESTAFETTE_PKCS11_PIN_FILE", str(tmp_path / "pin"))

    pin = load_settings().pkcs11_pin

    assert pin is not None and pin.get_secret_value() == "271828"


def test_production_takes_a_directory_that_is_named(tmp_path):
    place = master_keys(
        Settings(env="production", master_keys="files", master_key_directory=tmp_path)
    )

    assert isinstance(place, FileMasterKeys)
