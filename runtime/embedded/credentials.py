"""Passwords of the embedded database: random, made once, kept in one 0600 file."""

import secrets
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from models.errors import NotConfigured
from runtime.embedded.private import write_private
from runtime.roles import Role


class Credentials(BaseModel):
    """The superuser's password and one per role."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    superuser: str
    roles: dict[Role, str]


def load_credentials(path: Path, *, cluster: Path) -> Credentials:
    """Read the passwords, or make them for a cluster that does not exist yet.

    Raises:
        NotConfigured: the cluster exists but its passwords are gone, unreadable
            or of another release.
    """
    if path.exists():
        return _read(path)
    if cluster.exists():
        raise NotConfigured(
            f"`{path}` with the passwords of the embedded database is missing",
            help=f"put it back from a backup, or remove `{cluster}` to start empty",
        )
    made = Credentials(
        superuser=_password(), roles={role: _password() for role in Role}
    )
    write_private(path, made.model_dump_json().encode())
    return made


def _read(path: Path) -> Credentials:
    try:
        found = Credentials.model_validate_json(path.read_bytes())
    except ValidationError:
        raise NotConfigured(
            f"`{path}` does not hold the passwords of the embedded database",
            help="put it back from a backup",
        ) from None
    if found.roles.keys() != set(Role):
        raise NotConfigured(
            f"the embedded database of `{path}` is of another release",
            help="start anew with `estafette demo reset`",
        )
    return found


def _password() -> str:
    return secrets.token_urlsafe(24)
