"""A worker logs at the level that its settings name."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.errors import NotConfigured
from runtime.settings import Settings
from serving import coordination


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize("level", ["DEBUG", "ERROR"])
def test_a_worker_logs_at_the_level_it_was_told(tmp_path: Path, level: str) -> None:
    settings = Settings(env="test", data=tmp_path, log_level=level)

    with pytest.raises(NotConfigured):  # it has no database to go on with
        asyncio.run(coordination.serve(settings))

    assert logging.getLevelName(logging.getLogger().level) == level
