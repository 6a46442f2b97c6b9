"""How other processes of this machine find the servers that one process started."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from runtime.embedded.lock import ProcessId
from runtime.embedded.private import write_private
from runtime.paths import DataDirectory
from runtime.roles import Role


class Endpoints(BaseModel):
    """Where the running servers answer, and which process owns them.

    `databases` holds one `postgresql://` URL per role, password included.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    owner: ProcessId
    data_directory: Path
    databases: dict[Role, str]
    temporal_address: str


def write_endpoints(endpoints: Endpoints) -> None:
    """Publish the endpoints to other processes of the same account."""
    path = DataDirectory(endpoints.data_directory).endpoints
    write_private(path, endpoints.model_dump_json(indent=2).encode())


def read_endpoints(data_directory: Path) -> Endpoints | None:
    """Return the endpoints of a data directory, None when no servers run on it.

    A file that its owner left behind when it was killed counts as not running.
    """
    try:
        content = DataDirectory(data_directory).endpoints.read_bytes()
        found = Endpoints.model_validate_json(content)
    except (OSError, ValidationError):  # absent, another account's, another release's
        return None
    return found if found.owner.alive else None
