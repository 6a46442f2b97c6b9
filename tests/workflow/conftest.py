"""One set of servers for all tests of workflows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime import temporal
from runtime.embedded.stack import Stack, StackOptions
from runtime.settings import Settings
from tests.running.servers import open_place
from tests.workflow.rig import SKIPPING, Rig


@pytest.fixture(scope="session")
def place() -> Iterator[Path]:
    with open_place() as made:
        yield made


@pytest.fixture(scope="session")
def settings(place: Path) -> Iterator[Settings]:
    options = StackOptions(
        temporal_arguments=SKIPPING, postgres_settings={"fsync": "off"}
    )
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATABASE_URL", "TEMPORAL_ADDRESS", "ESTAFETTE_ENV"):
            patch.delenv(name, raising=False)
        with Stack(place, options):
            yield Settings(env="test", data=place, temporal_port=0)


@pytest.fixture(scope="session")
def rig(settings: Settings) -> Iterator[Rig]:
    rig = Rig(temporal.connect(settings))
    yield rig
    rig.close()
