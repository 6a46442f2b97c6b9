"""A throw-away PostgreSQL with the newest migration, for tests of the record alone."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import quote

from runtime.embedded import postgres
from runtime.embedded.cluster import Cluster, prepare_cluster
from runtime.embedded.supervision import Service, Supervisor
from runtime.paths import DataDirectory
from runtime.roles import Role
from storage.migrating import upgrade
from tests.running.servers import open_place

SUPERUSER = "superuser"


Urls = Mapping[Role | str, str]


@contextmanager
def migrated_database() -> Iterator[Urls]:
    """Lend an empty, migrated database: a URL for each role, and for `SUPERUSER`."""
    with supervised_database() as (urls, _):
        yield urls


@contextmanager
def supervised_database() -> Iterator[tuple[Urls, Supervisor]]:
    """Lend such a database with what keeps its server, `postgres`, running."""
    with open_place() as place:
        data = DataDirectory(place)
        data.logs.mkdir(mode=0o700)
        cluster = prepare_cluster(data)
        supervisor = Supervisor(data.processes)
        command = postgres.postgres_command(
            cluster, data.logs / "postgres.log", {"fsync": "off"}
        )
        supervisor.start(Service(command, ready=lambda: postgres.answers(cluster)))
        try:
            postgres.create_roles(cluster)
            urls = postgres.role_urls(cluster)
            upgrade(urls[Role.OWNER])
            root = _superuser(cluster, urls[Role.OWNER])
            yield {**urls, SUPERUSER: root}, supervisor
        finally:
            supervisor.stop()


def _superuser(cluster: Cluster, owner: str) -> str:
    """Return the URL of whom no wall of ours stops."""
    place = owner.partition("@")[2]
    return f"postgresql://postgres:{quote(cluster.credentials.superuser)}@{place}"
