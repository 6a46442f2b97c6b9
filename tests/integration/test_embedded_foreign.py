"""A directory in which somebody else keeps things: never taken, never thrown away."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from commands.demo.up import reset
from models.errors import NotConfigured
from runtime.embedded.stack import Stack
from runtime.paths import DataDirectory
from runtime.roles import Role
from runtime.settings import Settings
from storage import migrating
from tests.running.postgres import migrated_database
from tests.running.servers import open_place
from tests.running.world import World


@pytest.fixture
def place() -> Iterator[Path]:
    with open_place() as made:
        yield made


@pytest.fixture
def urls() -> Iterator[Mapping[Role, str]]:
    with migrated_database() as lent:
        yield lent


def test_no_demo_starts_where_others_keep_things(place: Path) -> None:
    (place / "letters").mkdir(mode=0o700)
    place.chmod(0o755)

    with pytest.raises(NotConfigured, match="not ours: `letters`"):
        Stack(place).start()

    assert [path.name for path in place.iterdir()] == ["letters"]
    assert place.stat().st_mode & 0o777 == 0o755


def test_a_reset_throws_nothing_away_that_is_not_ours(place: Path) -> None:
    (place / "logs").mkdir()
    (place / "letter.txt").write_text("Dear all")

    with pytest.raises(NotConfigured, match="`letter.txt`"):
        reset(Settings(env="demo", data=place))

    assert (place / "letter.txt").read_text() == "Dear all"
    assert (place / "logs").exists()


def test_a_reset_throws_our_data_away(place: Path) -> None:
    data = DataDirectory(place / "data")
    data.root.mkdir()
    data.payload_key.touch()

    reset(Settings(env="demo", data=data.root))

    assert not data.root.exists()


def test_everything_that_a_demo_makes_counts_as_ours(world: World) -> None:
    assert world.data.root.exists()
    assert world.data.foreign() == []


def test_a_directory_that_cannot_be_made_is_said_to_be_so() -> None:
    with pytest.raises(NotConfigured, match="cannot be a data directory"):
        Stack(Path("/dev/null/data")).start()


def test_tables_of_other_migrations_are_refused_and_left_alone(
    urls: Mapping[Role, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = urls[Role.OWNER]
    migrating.upgrade(owner)  # the same texts once more: nothing to say
    with monkeypatch.context() as patch:
        patch.setattr(migrating, "_digest", lambda revision: "another")
        with pytest.raises(NotConfigured, match="another version") as refused:
            migrating.upgrade(owner)

    assert "`estafette demo reset`" in refused.value.help
    migrating.upgrade(owner)
