"""Something that is done to the shared world and never happened."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool

from tests.running.world import World

Root = psycopg.Connection[tuple[Any, ...]]


@contextmanager
def undone(world: World) -> Iterator[tuple[Root, Engine]]:
    """Lend one transaction that no wall stops, and an engine that works inside it.

    What the engine commits or rolls back is neither: all of it goes in the end.
    """
    with world.superuser() as root, pytest.MonkeyPatch.context() as patch:
        for end in ("commit", "rollback"):
            patch.setattr(root, end, lambda: None)
        yield (
            root,
            create_engine(
                "postgresql+psycopg://", creator=lambda: root, poolclass=StaticPool
            ),
        )
        patch.undo()
        root.rollback()
