"""Alembic migrations; `upgrade` brings a database to the newest one."""
