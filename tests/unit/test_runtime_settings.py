"""Settings: what is honoured, what production must say, what is never shown."""

import os
from pathlib import Path

import pytest

from models.errors import NotConfigured
from runtime.roles import Role
from runtime.settings import load_settings

PRODUCTION = {
    "ESTAFETTE_ENV": "production",
    "ESTAFETTE_DATA": "/srv/estafette",
    "DATABASE_URL": "postgresql://db.internal:5432/estafette?sslmode=verify-full",
    "TEMPORAL_ADDRESS": "temporal.internal:7233",
    "ESTAFETTE_TEMPORAL_NAMESPACE": "estafette",
    "ESTAFETTE_TASK_QUEUE": "estafette",
}


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("ESTAFETTE_", "DATABASE_", "TEMPORAL_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("ESTAFETTE_DATA", str(tmp_path))


def set_all(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def test_without_a_word_it_is_a_demo() -> None:
    assert load_settings().env == "demo"
    assert not load_settings().production


@pytest.mark.parametrize("name", ["DATABASE_URL", "TEMPORAL_ADDRESS"])
def test_a_real_server_is_never_taken_for_a_demo_by_default(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, PRODUCTION[name])

    with pytest.raises(NotConfigured, match="ESTAFETTE_ENV"):
        load_settings()


@pytest.mark.parametrize("name", [name for name in PRODUCTION if name[-3:] != "ENV"])
def test_production_names_each_variable_that_it_misses(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    set_all(monkeypatch, PRODUCTION)
    monkeypatch.delenv(name)

    with pytest.raises(NotConfigured, match=name):
        load_settings()


def test_production_holds_when_everything_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_all(monkeypatch, PRODUCTION)

    settings = load_settings()

    assert settings.production
    assert settings.temporal() == "temporal.internal:7233"


def test_our_own_name_beats_the_common_one(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, PRODUCTION | {"ESTAFETTE_TEMPORAL_ADDRESS": "ours:1"})

    assert load_settings().temporal() == "ours:1"


def test_each_role_connects_as_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, PRODUCTION | {"ESTAFETTE_RECORD_PASSWORD": "a/b@c"})

    assert load_settings().database(Role.RECORD) == (
        "postgresql://estafette_record:a%2Fb%40c@db.internal:5432/estafette"
        "?sslmode=verify-full"
    )


@pytest.mark.parametrize("role", list(Role))
def test_a_role_without_password_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    set_all(monkeypatch, PRODUCTION)

    with pytest.raises(NotConfigured, match=f"ESTAFETTE_{role.name}_PASSWORD"):
        load_settings().database(role)


def test_a_url_that_names_a_user_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """One user for all roles would take the walls between them down."""
    url = "postgresql://postgres:secret@db/estafette"
    set_all(
        monkeypatch,
        PRODUCTION | {"DATABASE_URL": url, "ESTAFETTE_ACTS_PASSWORD": "x"},
    )

    with pytest.raises(NotConfigured, match="names a user") as refused:
        load_settings().database(Role.ACTS)

    assert "secret" not in str(refused.value) + refused.value.help


def test_a_password_may_come_from_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = tmp_path / "password"
    secret.write_text("from-a-file\n")
    set_all(monkeypatch, PRODUCTION | {"ESTAFETTE_LEDGER_PASSWORD_FILE": str(secret)})

    assert ":from-a-file@" in load_settings().database(Role.LEDGER)


def test_the_variable_beats_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text("file")
    monkeypatch.setenv("ESTAFETTE_OWNER_PASSWORD", "variable")
    monkeypatch.setenv("ESTAFETTE_OWNER_PASSWORD_FILE", str(tmp_path / "password"))

    password = load_settings().owner_password
    assert password is not None
    assert password.get_secret_value() == "variable"


def test_the_database_may_be_named_by_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "url").write_text("postgresql://other/estafette")
    set_all(monkeypatch, PRODUCTION | {"ESTAFETTE_ACTS_PASSWORD": "x"})
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "url"))

    assert "@other/" in load_settings().database(Role.ACTS)


def test_a_missing_file_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESTAFETTE_ACTS_PASSWORD_FILE", "/no/such/file")

    with pytest.raises(NotConfigured, match="ESTAFETTE_ACTS_PASSWORD_FILE"):
        load_settings()


def test_a_wrong_value_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ESTAFETTE_TEMPORAL_PORT", "hunter2")

    with pytest.raises(NotConfigured, match="ESTAFETTE_TEMPORAL_PORT") as refused:
        load_settings()

    assert "hunter2" not in str(refused.value) + refused.value.help
    assert refused.value.help == "it must be a number"


def test_a_word_that_is_none_of_ours_is_told_with_those_that_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ESTAFETTE_ENV", "holiday")

    with pytest.raises(NotConfigured, match="ESTAFETTE_ENV") as refused:
        load_settings()

    assert refused.value.help == "it must be one of 'production', 'demo' or 'test'"


def test_no_secret_shows_in_a_printed_settings_object(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ESTAFETTE_ENV", "test")
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:hunter2@db/estafette")
    for role in Role:
        monkeypatch.setenv(f"ESTAFETTE_{role.name}_PASSWORD", "hunter2")

    assert "hunter2" not in repr(load_settings())


def test_without_server_and_demo_the_help_says_how_to_start_one() -> None:
    settings = load_settings()

    for ask in (settings.temporal, lambda: settings.database(Role.ACTS)):
        with pytest.raises(NotConfigured) as refused:
            ask()
        assert "demo up" in refused.value.help
