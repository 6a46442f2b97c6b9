"""Bringing a database to the newest migration, as the owner role."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from storage.engine import connect


def upgrade(owner_url: str) -> None:
    """Run every migration that the database at `owner_url` still lacks.

    Raises:
        DatabaseUnavailable: nobody answers at that address.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    engine = connect(owner_url)
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()
