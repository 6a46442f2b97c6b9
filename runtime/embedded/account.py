"""The account of the embedded database: PostgreSQL refuses to run as root."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from models.errors import NotConfigured

# An existing account is borrowed; creating one would outlive the demo.
_CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """A numeric account that gets no supplementary groups."""

    uid: int
    gid: int


def database_account(cluster: Path) -> Account | None:
    """Return the account for the database; None means the present one.

    A cluster that exists keeps its owner, whatever accounts appeared since.
    """
    if os.geteuid() != 0:
        return None
    if cluster.exists():
        return _owner(cluster)
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise NotConfigured(
        "PostgreSQL must not run as root, and no other account was found",
        help="run this as an ordinary user, or create an account named `postgres`",
    )


def _owner(cluster: Path) -> Account:
    found = cluster.stat()
    if found.st_uid == 0:
        raise NotConfigured(
            f"`{cluster}` belongs to root",
            help="give it back to the account that the database ran as (chown -R)",
        )
    return Account(found.st_uid, found.st_gid)


def may(account: Account, path: Path, *, read: bool = False) -> bool:
    """Say whether the mode bits let this account enter (and read) a path."""
    found = path.stat()
    wanted = stat.S_IXOTH | (stat.S_IROTH if read else 0)
    if found.st_uid == account.uid:
        wanted <<= 6
    elif found.st_gid == account.gid:
        wanted <<= 3
    return found.st_mode & wanted == wanted


def closed_directory(account: Account, path: Path) -> Path | None:
    """Return the first directory on the way to `path` that the account cannot enter."""
    for parent in reversed(path.resolve().parents):
        if not may(account, parent):
            return parent
    return None


def require_way(account: Account, path: Path) -> None:
    """Refuse a path that the database account cannot walk to.

    Directories above ours are never opened up: whoever closed them had a reason.

    Raises:
        NotConfigured: names the closed directory.
    """
    if closed := closed_directory(account, path):
        raise NotConfigured(
            f"the database account (uid {account.uid}) cannot enter `{closed}`",
            help="set ESTAFETTE_DATA to a directory below one open to all, "
            "such as /var/lib/estafette, or run as an ordinary user",
        )
