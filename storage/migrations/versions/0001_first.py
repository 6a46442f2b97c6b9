"""The first tables and the walls around them."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None

_PARTS = (
    *("procedure", "people", "content", "erasing", "audits", "sight", "walls"),
    *("originator_walls", "number_walls", "people_walls", "log_walls"),
    *("audit_walls", "finding_walls", "statutory_walls", "request_walls"),
    *("register_walls",),
    *("signed_in", "feeds", "twin_walls", "link_walls", "figures_walls"),
    *("posting", "drafts"),
)
_HERE = Path(__file__).parent


def upgrade() -> None:
    """Create every table, then the policies and grants."""
    op.execute("select set_config('lock_timeout', '2s', true)")
    connection = op.get_bind()
    for name in _PARTS:
        connection.exec_driver_sql((_HERE / f"0001_{name}.sql").read_text())
