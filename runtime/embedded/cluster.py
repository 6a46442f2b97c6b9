"""The cluster's files: where they are, how they are made, where the socket lies."""

import hashlib
import os
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from models.errors import NotConfigured
from runtime.embedded.account import Account, database_account, require_way
from runtime.embedded.binaries import postgres_programs
from runtime.embedded.credentials import Credentials, load_credentials
from runtime.paths import DataDirectory

MAJOR = "18"
# sun_path holds 108 bytes with the closing zero on Linux, 104 on BSD and macOS.
LONGEST_SOCKET = 103
SOCKET = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Cluster:
    """Everything needed to start a database that is ready on disk."""

    programs: Path
    directory: Path
    socket_directory: Path
    account: Account | None
    credentials: Credentials


def prepare_cluster(data: DataDirectory) -> Cluster:
    """Make the cluster if it does not exist yet, and say how to start it.

    Raises:
        NotConfigured: no account, no way to the files, another major version.
    """
    account = database_account(data.postgres)
    if account:
        # Names may be walked through, nothing may be listed or read.
        data.root.chmod(0o711)
        require_way(account, data.postgres)
    cluster = Cluster(
        programs=postgres_programs(account, data.root),
        directory=data.postgres,
        socket_directory=_socket_directory(data.run, account),
        account=account,
        credentials=load_credentials(data.credentials, cluster=data.postgres),
    )
    if not data.postgres.exists():
        _initialise(cluster)
    _require_version(data.postgres)
    return cluster


def _socket_directory(wanted: Path, account: Account | None) -> Path:
    """Return a 0700 directory whose path is short enough for a Unix socket."""
    if len(os.fsencode(wanted / SOCKET)) > LONGEST_SOCKET:
        short = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:12]
        wanted = _runtime_directory() / f"estafette-{short}"
    uid = account.uid if account else os.geteuid()
    try:
        wanted.mkdir(mode=0o700)
        if account:
            os.chown(wanted, account.uid, account.gid)
    except FileExistsError:
        _require_private(wanted, uid)
    if account:
        require_way(account, wanted / SOCKET)
    return wanted


def _runtime_directory() -> Path:
    if os.geteuid() == 0:
        return Path("/run")
    return Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())


def _require_private(directory: Path, uid: int) -> None:
    """Refuse a directory that somebody else laid there for us to fall into."""
    found = directory.lstat()
    private = stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) == 0o700
    if not private or found.st_uid != uid:
        raise NotConfigured(
            f"`{directory}` is not a private directory of uid {uid}",
            help="remove it, or set ESTAFETTE_DATA to a shorter path",
        )


def _initialise(cluster: Cluster) -> None:
    """Create the cluster beside its place and move it there when it is complete."""
    fresh = cluster.directory.with_name(f"{cluster.directory.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    password = cluster.socket_directory / "password"
    password.unlink(missing_ok=True)
    password.touch(mode=0o600)
    try:
        password.write_text(cluster.credentials.superuser)
        if cluster.account:
            for path in (fresh, password):
                os.chown(path, cluster.account.uid, cluster.account.gid)
        _run_initdb(cluster, fresh, password)
    finally:
        password.unlink()
    fresh.rename(cluster.directory)


def _run_initdb(cluster: Cluster, fresh: Path, password: Path) -> None:
    arguments = [
        *("--pgdata", str(fresh), "--username", "postgres"),
        *("--auth=scram-sha-256", f"--pwfile={password}"),
        # The same order of text on every machine, whatever its C library says.
        *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *("--locale=C", "--data-checksums", "--no-instructions"),
        # Rounds slow down who guesses passwords; ours are random, proved at each call.
        "--set=scram_iterations=1",
    ]
    done = subprocess.run(
        [str(cluster.programs / "initdb"), *arguments],
        user=cluster.account.uid if cluster.account else None,
        group=cluster.account.gid if cluster.account else None,
        extra_groups=[] if cluster.account else None,
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise NotConfigured(
            "the embedded database could not be created",
            help=(done.stderr.strip() or done.stdout.strip()).splitlines()[-1],
        )


def _require_version(cluster: Path) -> None:
    found = (cluster / "PG_VERSION").read_text().strip()
    if found != MAJOR:
        raise NotConfigured(
            f"`{cluster}` was made by PostgreSQL {found}, this is PostgreSQL {MAJOR}",
            help="export with the release that made it, or use another ESTAFETTE_DATA",
        )
