"""Where data lies: outside the checkout, by account and environment."""

import os
from pathlib import Path

import pytest

from runtime.paths import DataDirectory, data_directory


def test_the_named_directory_wins_for_everyone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    assert data_directory({"ESTAFETTE_DATA": "/srv/x"}) == Path("/srv/x")


def test_a_relative_name_is_made_absolute() -> None:
    assert data_directory({"ESTAFETTE_DATA": "x"}) == Path.cwd() / "x"


def test_root_keeps_data_where_other_accounts_can_walk_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    assert data_directory({"XDG_STATE_HOME": "/home/x"}) == Path("/var/lib/estafette")


def test_a_user_keeps_data_in_the_state_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    assert data_directory({"XDG_STATE_HOME": "/s"}) == Path("/s/estafette")


@pytest.mark.parametrize("state", ["", "relative/state"])
def test_an_empty_or_relative_state_home_is_ignored(
    monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("HOME", "/home/somebody")

    expected = Path("/home/somebody/.local/state/estafette")
    assert data_directory({"XDG_STATE_HOME": state}) == expected


def test_everything_lies_below_the_data_directory() -> None:
    data = DataDirectory(Path("/d"))
    names = [
        name for name, kind in vars(DataDirectory).items() if isinstance(kind, property)
    ]
    places = [getattr(data, name) for name in names]

    assert all(place.parent == data.root for place in places)
    assert len(set(places)) == len(places) > 0
