"""The embedded PostgreSQL: how to start it, when it is ready, its roles."""

import os
import secrets
import signal
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql

from runtime.embedded.cluster import SOCKET, Cluster
from runtime.embedded.process import Command
from runtime.roles import DATABASE, Role, acts_at

_SETTINGS = {
    "listen_addresses": "",  # the socket is the only way in
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Statements and details of errors carry values; values are nobody's business.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}


def postgres_command(
    cluster: Cluster, log: Path, settings: Mapping[str, str]
) -> Command:
    """Return the command that serves this cluster on its socket."""
    chosen = _SETTINGS | {"unix_socket_directories": str(cluster.socket_directory)}
    options = [f"--{name}={value}" for name, value in {**chosen, **settings}.items()]
    return Command(
        name="postgres",
        argv=(
            *(str(cluster.programs / "postgres"), "-D", str(cluster.directory)),
            *options,
        ),
        log=log,
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        stop_signal=signal.SIGINT,  # "fast": roll back what is open, then stop
        account=cluster.account,
        patience=30,
    )


def answers(cluster: Cluster) -> bool:
    """Say whether the server takes connections (not while it still recovers)."""
    if not (cluster.socket_directory / SOCKET).exists():
        return False
    try:
        superuser(cluster, "postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def superuser(cluster: Cluster, database: str) -> "psycopg.Connection[tuple[str, ...]]":
    """Connect as superuser: for making roles, and for nothing else."""
    return psycopg.connect(
        host=str(cluster.socket_directory),
        user="postgres",
        password=cluster.credentials.superuser,
        dbname=database,
        autocommit=True,
        connect_timeout=5,
    )


def create_roles(cluster: Cluster) -> None:
    """Create the roles and the database that are missing; others stay as they are."""
    with superuser(cluster, "postgres") as connection:
        with connection.transaction():
            for role in Role:
                _create_role(connection, role.user, cluster.credentials.roles[role])
        query = "select 1 from pg_database where datname = %s"
        if not connection.execute(query, [DATABASE]).fetchone():
            connection.execute(
                sql.SQL("create database {} owner {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(Role.OWNER.user)
                )
            )
        _restrict(connection)


def create_acts_at(cluster: Cluster, agency: str) -> str:
    """Let an agency's pages connect as a role of their own; return its password."""
    password, user = secrets.token_urlsafe(24), acts_at(agency)
    role = sql.Identifier(user)
    with superuser(cluster, "postgres") as connection, connection.transaction():
        connection.execute(sql.SQL("drop role if exists {}").format(role))
        _create_role(connection, user, password)
        acts = sql.Identifier(Role.ACTS.user)
        connection.execute(sql.SQL("grant {} to {}").format(acts, role))
    return password


def _create_role(
    connection: "psycopg.Connection[tuple[str, ...]]", user: str, password: str
) -> None:
    query = "select 1 from pg_roles where rolname = %s"
    if connection.execute(query, [user]).fetchone():
        return
    verifier = connection.pgconn.encrypt_password(
        password.encode(), user.encode(), b"scram-sha-256"
    )
    connection.execute(
        sql.SQL("create role {} login password {}").format(
            sql.Identifier(user), sql.Literal(verifier.decode())
        )
    )


def _restrict(connection: "psycopg.Connection[tuple[str, ...]]") -> None:
    """Let our roles in and nobody else; tables are granted by the migrations."""
    database = sql.Identifier(DATABASE)
    users = sql.SQL(", ").join(sql.Identifier(role.user) for role in Role)
    connection.execute(
        sql.SQL("revoke all on database {} from public").format(database)
    )
    connection.execute(
        sql.SQL("grant connect on database {} to {}").format(database, users)
    )


def role_urls(cluster: Cluster) -> dict[Role, str]:
    """Return one `postgresql://` URL per role, password included."""
    query = urlencode({"host": str(cluster.socket_directory)}, quote_via=quote)
    return {
        role: f"postgresql://{role.user}:{quote(cluster.credentials.roles[role])}"
        f"@/{DATABASE}?{query}"
        for role in Role
    }
