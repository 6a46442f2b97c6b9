"""Bring the configured database to this release's newest migration.

    python -m runtime.migrate

The one program of a real installation that connects as the owner role; run it before a
new release's workers.
"""

import sys

from models.errors import EstafetteError
from runtime.roles import Role
from runtime.settings import load_settings
from storage.migrating import upgrade


def main() -> int:
    """Migrate and return the exit code."""
    try:
        upgrade(load_settings().database(Role.OWNER))
    except EstafetteError as error:
        sys.stderr.write(f"{error.message}\n{error.help}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
