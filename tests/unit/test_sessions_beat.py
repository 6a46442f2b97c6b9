"""When "there is none" leaves."""

from types import SimpleNamespace

import pytest

from models.errors import NotFound
from storage import sessions
from storage.sessions import BEAT, on_the_beat


@pytest.mark.parametrize(("took", "leaves"), [(0.001, 1), (0.049, 1), (0.051, 2)])
def test_what_is_not_found_leaves_a_whole_number_of_beats_after_the_question(
    monkeypatch: pytest.MonkeyPatch, took: float, leaves: int
) -> None:
    clock = SimpleNamespace(now=100.0)

    def sleep(seconds: float) -> None:
        clock.now += seconds

    machine = SimpleNamespace(monotonic=lambda: clock.now, sleep=sleep)
    monkeypatch.setattr(sessions, "time", machine)
    with pytest.raises(NotFound), on_the_beat():
        sleep(took)
        raise NotFound("there is none")

    assert clock.now == pytest.approx(100 + leaves * BEAT)


def test_what_is_found_leaves_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions.time, "sleep", pytest.fail)

    with on_the_beat():
        pass
