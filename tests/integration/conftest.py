"""One world for all tests that do not break servers; each makes a case of its own."""

from collections.abc import Iterator

import pytest

from tests.cast import Cast
from tests.control import Control, Kept
from tests.world import World, living_world


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    with living_world({"fsync": "off"}) as made:
        yield made


@pytest.fixture(scope="session")
def cast(world: World) -> Cast:
    return Cast(world)


@pytest.fixture(scope="session")
def control(world: World, cast: Cast) -> Control:
    return Control(world, cast)


@pytest.fixture
def kept(control: Control) -> Kept:
    """A case with an answer that the police keeps a hand on."""
    return control.keep()


@pytest.fixture
def spread(world: World, control: Control, kept: Kept) -> Kept:
    """The same, with the CIEAR as one more holder."""
    world.do(control.grant(world.do(control.requested(kept))))
    return kept


@pytest.fixture(scope="session")
def fragile() -> Iterator[World]:
    """A world of its own for tests that kill servers, with the settings of a demo."""
    with living_world() as made:
        yield made
