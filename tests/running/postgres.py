"""A throw-away PostgreSQL with the newest migration, for tests of the record alone."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from runtime.embedded import postgres
from runtime.embedded.cluster import prepare_cluster
from runtime.embedded.supervision import Service, Supervisor
from runtime.paths import DataDirectory
from runtime.roles import Role
from storage.migrating import upgrade
from tests.running.servers import open_place


@contextmanager
def migrated_database() -> Iterator[Mapping[Role, str]]:
    """Lend an empty, migrated database: one URL per role."""
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
            yield urls
        finally:
            supervisor.stop()
