"""Who is who, for pages that name agencies and officers."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Engine

from models.agencies import AgencyName, Officer
from models.ids import AgencyId, OfficerId
from storage.engine import transaction
from storage.people import directory


class AgencyNames:
    """What agencies are called, kept as long as this process runs.

    They are asked for again when one is not known yet: agencies are entered while
    a process runs, and renamed with the law.
    """

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._known: Mapping[AgencyId, AgencyName] = {}

    def name(self, identifier: str) -> AgencyName | None:
        """Return what an agency is called; None: no such agency."""
        agency = AgencyId(identifier)
        if agency not in self._known:
            with transaction(self._database) as connection:
                self._known = directory.names(connection)
        return self._known.get(agency)


class Directory:
    """The public directory, as far as one page asks for it; nothing is asked twice."""

    def __init__(self, database: Engine, names: AgencyNames) -> None:
        self._database = database
        self._names = names
        self._officers: dict[AgencyId, dict[OfficerId, Officer]] = {}

    def agency(self, identifier: str) -> AgencyName | None:
        """Return what an agency is called; None: no such agency."""
        return self._names.name(identifier)

    def officer(self, identifier: str) -> Officer | None:
        """Return an officer by `AGENCY/NAME`; None: no such officer."""
        agency = AgencyId(identifier.partition("/")[0])
        if agency not in self._officers:
            with transaction(self._database) as connection:
                found = directory.officers_of(connection, agency)
            self._officers[agency] = {each.id: each for each in found}
        return self._officers[agency].get(OfficerId(identifier))
