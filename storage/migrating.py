"""Bringing a database to the newest migration, as the owner role."""

from __future__ import annotations

import hashlib
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from models.errors import NotConfigured
from storage.engine import connect

_MIGRATIONS = Path(__file__).parent / "migrations"
# Where the digest of the migrations that were run is kept: a comment needs no table.
_READ = text("select obj_description('alembic_version'::regclass)")
_WRITE = "comment on table alembic_version is '{digest}'"


def upgrade(owner_url: str) -> None:
    """Run every migration that the database at `owner_url` still lacks.

    Raises:
        DatabaseUnavailable: nobody answers at that address.
        NotConfigured: its tables were made by other texts of the same migrations.
    """
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    engine = connect(owner_url)
    try:
        with engine.begin() as connection:
            _check_origin(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            digest = _digest(_revision(connection))
            connection.exec_driver_sql(_WRITE.format(digest=digest))
    finally:
        engine.dispose()


def _check_origin(connection: Connection) -> None:
    """Refuse tables that these migrations did not make: acts would fail on them."""
    revision = _revision(connection)
    if revision and connection.execute(_READ).scalar() != _digest(revision):
        raise NotConfigured(
            "these data were made by another version of estafette",
            help="go back to that version; or start empty: `estafette demo reset`",
        )


def _revision(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or ""


def _digest(revision: str) -> str:
    """Return the SHA-256 (hex) of every file of the migrations up to a revision."""
    digest = hashlib.sha256()
    for path in sorted((_MIGRATIONS / "versions").iterdir()):
        if path.suffix in (".py", ".sql") and path.name[: len(revision)] <= revision:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
