"""`estafette node`, on keyrings of a data directory without any server."""

import json
import shutil
import stat
from contextlib import closing
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from cli import run
from commands.demo.authority import DemoAuthority
from models.errors import CiphertextInvalid, NotConfigured
from runtime.nodes import local_nodes
from runtime.settings import MasterKeyPlace, Settings
from runtime.signing import SigningFiles
from tests.pieces.certified import serial_of
from vault.certificates import Use
from vault.keyring.keyring import Keyring
from vault.master_key_files import FileMasterKeys


@pytest.fixture
def settings(monkeypatch, tmp_path):
    monkeypatch.setenv("ESTAFETTE_ENV", "demo")
    monkeypatch.setenv("ESTAFETTE_DATA", str(tmp_path))
    settings = Settings(env="demo", data=tmp_path)
    for agency in ("town", "tax"):
        local_nodes(settings).create(agency)
    return settings


def masters(settings):
    return {file.name for file in settings.files.master_keys.iterdir()}


def key_of(settings, agency="town"):
    with (
        closing(local_nodes(settings).keyring(agency)) as keyring,
        keyring._access.reading() as file,
    ):
        return file.current().key


def test_a_keyring_is_made_once(settings, capsys):
    assert run(["node", "create", "--agency", "labour"]) == 0
    assert str(settings.files.keyrings) in capsys.readouterr().out
    key = key_of(settings, "labour")

    assert run(["node", "create", "--agency", "labour"]) == 5

    assert "nothing else opens" in capsys.readouterr().err
    assert key_of(settings, "labour") == key


@pytest.mark.parametrize("agency", ["Town", "t" * 41, "t-123456789", "estafette"])
def test_no_keyring_is_made_for_what_no_directory_takes_in(settings, capsys, agency):
    assert run(["node", "create", "--agency", agency]) == 2

    assert f"`{agency}` is no name of an agency" in capsys.readouterr().err
    assert set(local_nodes(settings)) == {"town", "tax"}


def test_a_node_apart_has_one_keyring(settings, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("ESTAFETTE_NODE", str(tmp_path / "apart"))
    assert run(["node", "create", "--agency", "labour"]) == 0

    assert run(["node", "create", "--agency", "town"]) == 10

    assert "holds the keyring of `labour`" in capsys.readouterr().err
    assert stat.S_IMODE((tmp_path / "apart").stat().st_mode) == 0o700
    apart = (tmp_path / "apart" / "keyrings").glob("*.keyring")
    assert [each.stem for each in apart] == ["labour"]


@pytest.mark.parametrize("option", [[], ["--renew"]])
def test_the_master_key_of_one_agency_changes(settings, capsys, option):
    before, key = masters(settings), key_of(settings)

    assert run(["node", "rotate", "--agency", "town", *option]) == 0

    (new,) = masters(settings) - before
    (gone,) = before - masters(settings)
    assert new.startswith("town.") and gone.startswith("town.")
    assert (key_of(settings) == key) is not bool(option)
    assert "older copies of the keyring are shut" in capsys.readouterr().out


def test_after_a_theft_only_a_renewal_shuts_the_thief_out(settings, tmp_path):
    """Old file and old master key give the keyring's key, which a rotation keeps."""
    stolen = key_of(settings)

    run(["node", "rotate", "--agency", "town"])
    assert key_of(settings) == stolen

    run(["node", "rotate", "--agency", "town", "--renew"])
    assert key_of(settings) != stolen


def test_the_master_key_moves_from_one_place_to_another(
    settings, monkeypatch, tmp_path
):
    """Here from the data directory to another one, standing for any other place."""
    elsewhere = FileMasterKeys(tmp_path / "elsewhere")
    with closing(local_nodes(settings).keyring("town")) as keyring:
        keyring.move_master_key(elsewhere)
        assert keyring.delivery_keys()

    assert {name[:4] for name in masters(settings)} == {"tax."}
    path = settings.files.keyrings / "town.keyring"
    with closing(Keyring.open(path, elsewhere)) as moved:
        assert moved.agency == "town"
    with pytest.raises(NotConfigured, match="is not in"):
        local_nodes(settings, MasterKeyPlace.FILES).keyring("town")


def test_a_program_is_told_in_json(settings, capsys):
    run(["node", "rotate", "--agency", "town", "--json"])

    told = json.loads(capsys.readouterr().out)
    assert told == {"agency": "town", "renewed": False, "moved": False}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--agency", "post"], 3, "no keyring"),
        (["--agency", "../post"], 2, "no name of an agency"),
        (["--agency", "town", "--renew", "--from", "files"], 2, "do not go together"),
        (["--agency", "town", "--from", "pkcs11"], 10, "ESTAFETTE_PKCS11_MODULE"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    settings, capsys, arguments, code, said
):
    before = masters(settings)

    assert run(["node", "rotate", *arguments]) == code

    assert said in capsys.readouterr().err
    assert masters(settings) == before


def test_a_lost_master_key_is_said(settings, capsys):
    shutil.rmtree(settings.files.master_keys)

    assert run(["node", "rotate", "--agency", "town"]) == 10
    assert "nothing else opens this keyring" in capsys.readouterr().err


def test_a_certificate_is_asked_for_in_the_name_of_the_agency(settings, capsys):
    assert run(["node", "request", "--agency", "town"]) == 0

    asked = x509.load_pem_x509_csr(capsys.readouterr().out.encode())
    names = asked.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    (uri,) = names.value.get_values_for_type(x509.UniformResourceIdentifier)
    assert uri == "urn:estafette:agency:town"
    assert asked.is_signature_valid
    key = asked.public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )
    assert key == local_nodes(settings).signing_key("town")


def test_a_node_without_a_certificate_says_what_to_do(settings):
    with pytest.raises(NotConfigured, match="no certificate") as refused:
        local_nodes(settings)["town"].public_keys()

    assert "estafette node request --agency town" in refused.value.help
    assert str(settings.files.signing / "town.pem") in refused.value.help


def test_a_node_that_was_not_told_whom_to_believe_believes_nobody(settings):
    with pytest.raises(NotConfigured, match="whom to believe"):
        SigningFiles(settings.files.signing).trust()


def test_the_demo_certifies_once_and_a_new_list_counts_at_once(settings):
    authority = DemoAuthority(settings.files.authority)
    papers, nodes = SigningFiles(settings.files.signing), local_nodes(settings)
    authority.be_believed(papers.root)
    for _ in range(2):
        authority.certify_signing(papers, "town", nodes.signing_key("town"))
        authority.be_believed(papers.root)
    certificate, now = papers.certificate("town"), datetime.now(UTC)
    key = papers.trust().key_of(certificate, "town", Use.SIGNING, now)

    authority.revoke(papers.root, serial_of(certificate))

    assert key == nodes.signing_key("town")
    assert papers.trust() == papers.trust()
    with pytest.raises(CiphertextInvalid, match="was revoked"):
        papers.trust().key_of(certificate, "town", Use.SIGNING, datetime.now(UTC))
