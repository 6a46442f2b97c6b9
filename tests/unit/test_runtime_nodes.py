"""What a node of its own must be told, and what it must not."""

from pathlib import Path

import pytest

import worker
from models.errors import NotConfigured
from runtime.nodes import (
    agency_apart,
    local_nodes,
    node_address,
    nodes_apart,
    only_node,
)
from runtime.settings import Settings, load_settings

LINK = "https://coordination.example:7443"
FOREIGN = {
    "DATABASE_URL": "postgresql://db/estafette",
    "ESTAFETTE_OWNER_PASSWORD": "x",
    "ESTAFETTE_ACTS_PASSWORD": "x",
    "ESTAFETTE_RECORD_PASSWORD": "x",
    "ESTAFETTE_LEDGER_PASSWORD": "x",
    "ESTAFETTE_LINK_PASSWORD": "x",
    "TEMPORAL_ADDRESS": "temporal:7233",
    "ESTAFETTE_PAYLOAD_KEY": "x",
    "ESTAFETTE_LEDGER_KEY": "x",
}


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("ESTAFETTE_ENV", "production")
    monkeypatch.setenv("ESTAFETTE_NODE", str(tmp_path))
    monkeypatch.setenv("ESTAFETTE_LINK", LINK)
    return monkeypatch


def test_a_node_in_production_needs_neither_database_nor_engine(
    told: pytest.MonkeyPatch,
) -> None:
    assert node_address(load_settings()) == LINK


@pytest.mark.parametrize("variable", FOREIGN)
def test_a_node_that_was_told_a_foreign_credential_does_not_start(
    told: pytest.MonkeyPatch, variable: str
) -> None:
    told.setenv(variable, FOREIGN[variable])

    with pytest.raises(NotConfigured, match="a node was told"):
        node_address(load_settings())


@pytest.mark.parametrize("variable", FOREIGN)
def test_a_foreign_credential_in_a_file_counts_as_well(
    told: pytest.MonkeyPatch, tmp_path: Path, variable: str
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(FOREIGN[variable])
    told.setenv(f"{variable}_FILE", str(secret))

    settings = load_settings()
    if variable == "TEMPORAL_ADDRESS":  # no secret, and read from no file
        assert settings.temporal_address is None
    else:
        with pytest.raises(NotConfigured, match="a node was told"):
            node_address(settings)


@pytest.mark.parametrize("link", ["", "http://coordination.example:7443", "x:7443"])
def test_a_node_speaks_https_or_not_at_all(told: pytest.MonkeyPatch, link: str) -> None:
    told.setenv("ESTAFETTE_LINK", link)

    with pytest.raises(NotConfigured, match="ESTAFETTE_LINK"):
        node_address(load_settings())


def test_a_node_without_a_directory_of_its_own_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match="ESTAFETTE_NODE"):
        node_address(Settings(env="demo", data=tmp_path, link=LINK))


def test_a_node_has_one_keyring_and_it_is_its_own(tmp_path: Path) -> None:
    settings = Settings(env="demo", data=tmp_path).at_node("town")
    nodes = local_nodes(settings)

    with pytest.raises(NotConfigured, match="alone"):
        only_node(settings, "town")
    nodes.create("town")
    assert only_node(settings, "town").agency == "town"
    with pytest.raises(NotConfigured, match="alone"):
        only_node(settings, "tax")
    nodes.create("tax")
    with pytest.raises(NotConfigured, match="alone"):
        only_node(settings, "town")


def test_pages_are_of_the_one_agency_whose_keyring_is_in_the_nodes_directory(
    tmp_path: Path,
) -> None:
    anywhere = Settings(env="demo", data=tmp_path)
    settings = anywhere.at_node("town")
    nodes = local_nodes(settings)

    assert agency_apart(anywhere) is None
    with pytest.raises(NotConfigured, match="one keyring alone"):
        agency_apart(settings)
    nodes.create("town")
    assert agency_apart(settings) == "town"
    nodes.create("tax")
    with pytest.raises(NotConfigured, match="one keyring alone"):
        agency_apart(settings)


def test_whose_keys_are_here_is_told_without_opening_any(tmp_path: Path) -> None:
    nodes = local_nodes(Settings(env="demo", data=tmp_path))
    nodes.create("town")
    nodes.keyring("town").close()
    (tmp_path / "keyrings" / "tax.keyring").write_bytes(b"no keyring")

    assert "town" in nodes
    assert "tax" in nodes
    assert "onss" not in nodes


def test_nodes_apart_share_neither_keyring_nor_master_key(tmp_path: Path) -> None:
    settings = Settings(env="demo", data=tmp_path)
    for agency in ("town", "tax"):
        local_nodes(settings.at_node(agency)).create(agency)

    assert set(nodes_apart(settings)) == {"town", "tax"}
    for agency in ("town", "tax"):
        files = settings.at_node(agency).node_files
        assert [f.stem for f in files.keyrings.glob("*.keyring")] == [agency]
        assert len(list(files.master_keys.iterdir())) == 1
    assert not settings.files.keyrings.exists()


def test_a_process_serves_as_one_thing() -> None:
    assert worker.arguments([]).agency is None
    assert worker.arguments(["--agency", "town"]).agency == "town"
    assert worker.arguments(["--link"]).link
    with pytest.raises(SystemExit):
        worker.arguments(["--link", "--agency", "town"])
