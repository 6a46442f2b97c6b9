"""Moving the demo's clock: never without the engine whose processes must know."""

from pathlib import Path

import pytest

import cli

NOBODY = "127.0.0.1:1"


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[object]:
    """Set up a demo whose engine is silent; collects what moves its clock."""
    monkeypatch.setenv("ESTAFETTE_ENV", "demo")
    monkeypatch.setenv("ESTAFETTE_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"postgresql://{NOBODY}/estafette")
    monkeypatch.setenv("ESTAFETTE_RECORD_PASSWORD", "record")
    monkeypatch.setenv("ESTAFETTE_ACTS_PASSWORD", "acts")
    monkeypatch.setenv("TEMPORAL_ADDRESS", NOBODY)
    moves: list[object] = []
    monkeypatch.setattr(
        "runtime.clock.DemoClock.advance", lambda *told, **_more: moves.append(told)
    )
    return moves


@pytest.mark.parametrize("words", ["advance --days 1 --json", "play"])
def test_time_stands_still_while_the_engine_is_down(
    words: str, moved: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli.run(["demo", *words.split()])

    said = capsys.readouterr().err
    assert code == 7
    assert "the process engine at `127.0.0.1:1` does not answer" in said
    assert moved == []
