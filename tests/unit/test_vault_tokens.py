"""Master keys in hardware, run for real against SoftHSM."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from models.errors import NotConfigured, Unavailable
from runtime import masters
from runtime.settings import Settings
from tests.pieces.certified import certified, signer_of
from tests.pieces.softhsm import PIN, library, new_tokens
from vault.delivery import CaseKeyContext
from vault.keyring.keyring import Keyring
from vault.master_key_files import FileMasterKeys
from vault.master_keys import KEYRING_KEY_BYTES
from vault.values import SealRequest

pkcs11 = pytest.importorskip("pkcs11", reason="the extra `hsm` is not installed")
pytestmark = pytest.mark.skipif(
    library() is None,
    reason="SoftHSM is not installed (Debian: apt-get install softhsm2)",
)

ROOT = Path(__file__).parents[2]
CONTEXT = CaseKeyContext("town", "tax", "case-1", "file", 1)
SECRET = bytes(range(KEYRING_KEY_BYTES))


@pytest.fixture(scope="module")
def tokens():
    return new_tokens("estafette", "another", "guarded")


@pytest.fixture
def places(tokens):
    from vault.master_key_tokens import TokenMasterKeys

    return [TokenMasterKeys(each.module, each.label, PIN) for each in tokens]


@pytest.fixture
def place(places):
    return places[0]


def keys_in(place, owner):
    wanted = {pkcs11.Attribute.LABEL: owner}
    with place.session() as session:
        return [
            f"pkcs11-{key[pkcs11.Attribute.ID].hex()}"
            for key in session.get_objects(wanted)
        ]


def test_a_keyring_lives_under_a_key_of_the_token(place, tmp_path):
    with closing(Keyring.create(tmp_path / "town.keys", "town", place)) as keyring:
        node = certified("town", keyring)
        item = node.seal(SealRequest("i", "c", "file", b"{}", b"found", ()))

    with closing(Keyring.open(tmp_path / "town.keys", place)) as again:
        node = certified("town", again)
        signing = signer_of(node)
        assert node.open(item.sealed, item.wraps[0], signing) == b"found"


def test_the_key_cannot_be_taken_out_of_the_token(place):
    made = place.make("town.out")

    with place.session() as session:
        (key,) = session.get_objects({pkcs11.Attribute.LABEL: "town.out"})
        assert key.key_length == 256
        assert key[pkcs11.Attribute.SENSITIVE]
        assert not key[pkcs11.Attribute.EXTRACTABLE]
        with pytest.raises(pkcs11.exceptions.AttributeSensitive):
            key[pkcs11.Attribute.VALUE]
    assert made.unwrap(made.wrap(SECRET, b"here"), b"here") == SECRET


def test_what_was_wrapped_for_one_keyring_opens_for_no_other(place):
    made, other = place.make("town.1"), place.make("town.2")
    wrapped = made.wrap(SECRET, b"here")

    assert SECRET not in wrapped
    for key, context in ((made, b"there"), (other, b"here")):
        with pytest.raises(NotConfigured, match="does not open"):
            key.unwrap(wrapped, context)
    with pytest.raises(NotConfigured, match="does not open"):
        made.unwrap(wrapped[:-1] + bytes([wrapped[-1] ^ 1]), b"here")


def test_a_renewal_destroys_the_key_in_the_token(place, tmp_path):
    with closing(Keyring.create(tmp_path / "town.keys", "town", place)) as keyring:
        (held,) = keyring.case_keys_for([CONTEXT], scope_here="file")
        copy = tmp_path / "copy.keys"
        copy.write_bytes((tmp_path / "town.keys").read_bytes())
        copy.chmod(0o600)
        owner = keyring._access.name.owner
        (before,) = keys_in(place, owner)

        keyring.renew()

        (after,) = keys_in(place, owner)
        assert before != after
        assert keyring.held_key(held.case_key_id) == held
    with pytest.raises(NotConfigured, match="is not in token"):
        Keyring.open(copy, place)


def test_a_keyring_of_the_token_opens_in_another_process(place, tokens, tmp_path):
    path = tmp_path / "town.keys"
    with closing(Keyring.create(path, "town", place)) as keyring:
        (held,) = keyring.case_keys_for([CONTEXT], scope_here="file")
        keyring.renew()
    code = """
import sys
from pathlib import Path
from vault.keyring.keyring import Keyring
from vault.master_key_tokens import TokenMasterKeys
place = TokenMasterKeys(Path(sys.argv[2]), "estafette", sys.argv[3])
print(Keyring.open(sys.argv[1], place).held_key(sys.argv[4]).key.hex())
"""
    arguments = [path, tokens[0].module, PIN, held.case_key_id]
    shown = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert shown.stdout.strip() == held.key.hex()


def test_another_token_is_no_substitute(places, tmp_path):
    Keyring.create(tmp_path / "town.keys", "town", places[0]).close()

    with pytest.raises(NotConfigured, match="is not in token `another`"):
        Keyring.open(tmp_path / "town.keys", places[1])


def test_neither_kind_of_place_falls_back_to_the_other(place, tmp_path):
    files = FileMasterKeys(tmp_path / "masters")
    Keyring.create(tmp_path / "town.keys", "town", place).close()
    Keyring.create(tmp_path / "tax.keys", "tax", files).close()

    with pytest.raises(NotConfigured, match="is not in"):
        Keyring.open(tmp_path / "town.keys", files)
    with pytest.raises(NotConfigured, match="is not in token"):
        Keyring.open(tmp_path / "tax.keys", place)


def test_a_wrong_pin_is_said_once_and_not_tried_again(tokens, places, tmp_path):
    """Three wrong ones lock many a token."""
    from vault.master_key_tokens import TokenMasterKeys

    token = tokens[2]
    Keyring.create(tmp_path / "town.keys", "town", places[2]).close()
    wrong = TokenMasterKeys(token.module, token.label, "000000")
    tried = []
    load = wrong.session
    wrong.session = lambda: (tried.append(1), load())[1]

    with pytest.raises(NotConfigured, match="refuses the PIN"):
        Keyring.open(tmp_path / "town.keys", wrong)
    assert len(tried) == 1


def test_a_token_that_is_not_there_is_waited_for(tokens):
    from vault.master_key_tokens import TokenMasterKeys

    away = TokenMasterKeys(tokens[0].module, "unplugged", PIN)

    with pytest.raises(Unavailable, match="unplugged"):
        away.make("town.1")


def test_a_library_that_does_not_load_is_said(tmp_path):
    from vault.master_key_tokens import TokenMasterKeys

    with pytest.raises(NotConfigured, match="does not load"):
        TokenMasterKeys(tmp_path / "none.so", "estafette", PIN).make("town.1")


def test_the_settings_lead_to_the_token(tokens, tmp_path):
    pin = tmp_path / "pin"
    pin.write_text(PIN)
    told = Settings(
        env="production",
        master_keys="pkcs11",
        pkcs11_module=tokens[0].module,
        pkcs11_token="estafette",
        pkcs11_pin=pin.read_text(),
    )

    made = masters.master_keys(told).make("town.settings")

    assert made.unwrap(made.wrap(SECRET, b"x"), b"x") == SECRET
    assert PIN not in repr(told)


def test_a_master_key_moves_from_a_file_into_the_token(place, tmp_path):
    files = FileMasterKeys(tmp_path / "masters")
    with closing(Keyring.create(tmp_path / "town.keys", "town", files)) as keyring:
        (held,) = keyring.case_keys_for([CONTEXT], scope_here="file")

        keyring.move_master_key(place)

        assert keyring.held_key(held.case_key_id) == held
        keyring.renew()
    assert list((tmp_path / "masters").iterdir()) == []
    with closing(Keyring.open(tmp_path / "town.keys", place)) as again:
        assert again.held_key(held.case_key_id) == held
