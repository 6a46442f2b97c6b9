"""Who is who, for pages that name agencies and officers."""

from __future__ import annotations

from functools import cached_property

from acts.desk import Desk
from models.agencies import AgencyName, Officer
from models.ids import AgencyId, OfficerId
from storage.engine import transaction
from storage.people import directory


class Directory:
    """The public directory, as far as one page asks for it; nothing is asked twice."""

    def __init__(self, desk: Desk) -> None:
        self._database = desk.database
        self._officers: dict[AgencyId, dict[OfficerId, Officer]] = {}

    def agency(self, identifier: str) -> AgencyName | None:
        """Return what an agency is called; None: no such agency."""
        return self._names.get(AgencyId(identifier))

    def officer(self, identifier: str) -> Officer | None:
        """Return an officer by `AGENCY/NAME`; None: no such officer."""
        agency = AgencyId(identifier.partition("/")[0])
        if agency not in self._officers:
            with transaction(self._database) as connection:
                found = directory.officers_of(connection, agency)
            self._officers[agency] = {each.id: each for each in found}
        return self._officers[agency].get(OfficerId(identifier))

    @cached_property
    def _names(self) -> dict[AgencyId, AgencyName]:
        with transaction(self._database) as connection:
            return directory.names(connection)
