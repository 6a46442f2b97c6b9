"""Pages are not served where nobody could sign in, or anybody as anybody."""

import asyncio
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from models.errors import NotConfigured
from runtime.nodes import local_nodes
from runtime.settings import Settings, load_settings
from serving.web import installation, serve

DESK: Any = SimpleNamespace(database=None)  # handed on, not asked
PROVIDER = {
    "oidc_issuer": "https://login.example",
    "oidc_client": "estafette",
    "oidc_secret": "what the provider knows us by",
}
PRODUCTION = {
    **PROVIDER,
    "env": "production",
    "web_address": "https://estafette.example/",
    "web_secret": "a secret of the tests, long enough for any check",
}


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("ESTAFETTE_"):
            monkeypatch.delenv(name)


def told(said: dict[str, Any], *without: str, **otherwise: str) -> Settings:
    kept = {name: value for name, value in said.items() if name not in without}
    return Settings(**kept | otherwise)


def test_production_that_is_told_all_knows_its_provider_and_no_personas() -> None:
    here = installation(told(PRODUCTION), DESK)

    assert here.provider is not None
    assert not here.personas
    assert here.secure
    assert here.address == "https://estafette.example"
    assert here.secret == PRODUCTION["web_secret"]


@pytest.mark.parametrize(
    ("missing", "variable"),
    [
        (tuple(PROVIDER), "ESTAFETTE_OIDC_ISSUER"),
        (("oidc_client",), "ESTAFETTE_OIDC_CLIENT"),
        (("oidc_secret",), "ESTAFETTE_OIDC_SECRET"),
        (("web_address",), "ESTAFETTE_WEB_ADDRESS"),
        (("web_secret",), "ESTAFETTE_WEB_SECRET"),
    ],
)
def test_production_that_is_told_half_serves_no_pages(
    missing: tuple[str, ...], variable: str
) -> None:
    with pytest.raises(NotConfigured) as refused:
        installation(told(PRODUCTION, *missing), DESK)

    assert variable in refused.value.help


def test_the_pages_know_where_those_of_agencies_are() -> None:
    said = " pz-midi=https://pz.example/  deipp=https://deipp.example:8443\n"

    here = installation(told(PRODUCTION, agency_pages=said), DESK)

    assert here.pages == {
        "pz-midi": "https://pz.example",
        "deipp": "https://deipp.example:8443",
    }
    assert installation(told(PRODUCTION), DESK).pages == {}


@pytest.mark.parametrize(
    "said",
    [
        *("pz-midi", "https://pz.example", "pz-midi=pz.example", "=https://pz.example"),
        *("pz-midi=https://pz.example/cases", "pz-midi=javascript:alert(1)"),
        "pz-midi=https://pz.example,deipp=https://deipp.example/x",
    ],
)
def test_addresses_of_pages_that_are_none_are_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("ESTAFETTE_AGENCY_PAGES", said)

    with pytest.raises(NotConfigured, match="ESTAFETTE_AGENCY_PAGES"):
        load_settings()


def test_pages_of_one_agency_in_production_connect_as_nobody_else(
    tmp_path: Path,
) -> None:
    at = {"node": str(tmp_path), "master_keys": "files"}
    settings = told(PRODUCTION, **at, master_key_directory=str(tmp_path / "keys"))
    local_nodes(settings).create("town")

    for user in ("estafette_acts", "estafette_acts_at_tax"):
        with pytest.raises(NotConfigured, match=f"`{user}`") as refused:
            asyncio.run(serve(settings.model_copy(update={"acts_user": user})))
        assert "`estafette_acts_at_town`" in refused.value.help


def test_in_production_nobody_is_sent_to_pages_without_tls() -> None:
    plain = told(PRODUCTION, agency_pages="pz-midi=http://pz.example")

    with pytest.raises(NotConfigured) as refused:
        installation(plain, DESK)

    assert "ESTAFETTE_AGENCY_PAGES" in refused.value.help


def test_production_without_tls_serves_no_pages() -> None:
    plain = told(PRODUCTION, web_address="http://estafette.example")

    with pytest.raises(NotConfigured, match="over TLS"):
        installation(plain, DESK)


@pytest.mark.parametrize("missing", ["oidc_client", "oidc_secret"])
def test_a_provider_that_is_half_known_is_refused_in_a_demo_too(missing: str) -> None:
    with pytest.raises(NotConfigured, match="the provider does not know us"):
        installation(told(PROVIDER, missing), DESK)


def test_a_demo_lets_anybody_play_and_makes_a_secret_of_its_own_each_time() -> None:
    first, second = (installation(told({}), DESK) for _ in range(2))

    assert first.personas
    assert first.provider is None
    assert first.secret != second.secret
    assert len(first.secret) == 64


def test_days_pass_in_a_demo_alone_and_where_its_clock_is_kept(tmp_path: Path) -> None:
    clock = "http://localhost:8080"
    demo = installation(told({}), DESK)
    apart = installation(told({}, node=str(tmp_path), clock_pages=clock), DESK)
    real = installation(told(PRODUCTION, clock_pages=clock), DESK)

    assert demo.let_days_pass and not demo.clock_pages
    assert apart.let_days_pass is None
    assert apart.clock_pages == clock
    assert real.let_days_pass is None and not real.clock_pages
