"""The database roles: who connects as what. Only the owner owns anything."""

from enum import StrEnum

DATABASE = "estafette"


class Role(StrEnum):
    """One database role; its name in PostgreSQL is `estafette_` and the value."""

    OWNER = "owner"  # migrates, and writes the directory
    ACTS = "acts"  # stages intents, reads under row-level security
    RECORD = "record"  # the worker's record step
    LEDGER = "ledger"  # the integrator
    LINK = "link"  # serves agencies' nodes

    @property
    def user(self) -> str:
        """Return the name that PostgreSQL knows."""
        return f"estafette_{self.value}"


def acts_at(agency: str) -> str:
    """Return the role of an agency's own pages: as `acts`, for its officers only."""
    return f"{Role.ACTS.user}_at_{agency}"
