"""What ids and codes are called: the one place that turns them into words.

An officer is said by function and service number, and by agency where that is another
than the reader's own. The directory holds no names of persons.
"""

from __future__ import annotations

from dataclasses import dataclass

from acts.pages.directory import Directory
from models.agencies import AgencyName, Officer
from models.events import INSTALLATION
from models.ids import AgencyId
from models.people import Designated
from policies.rulings import SharingPolicies
from web.installation import Installation
from web.languages import catalogue, words
from web.law import Law
from web.words.said import SAID

_ITSELF = words("the installation")


@dataclass(frozen=True)
class Naming:
    """The directory and the law as a page says them, to somebody of an agency."""

    language: str
    directory: Directory
    law: Law
    rules: SharingPolicies
    reader: AgencyId | None = None

    def agency(self, identifier: str) -> str:
        """Return an agency by name; one that is not in the directory, as it is."""
        if identifier == INSTALLATION:
            return str(catalogue(self.language).ugettext(_ITSELF))
        found = self.directory.agency(identifier)
        return name_in(self.language, found) if found else identifier

    def reasons(self, english: str) -> str:
        """Return the reasons of a ruling, which were written in English."""
        return self.rules.said_in(self.language, english)

    def officer(self, identifier: str) -> str:
        """Return an officer in words; one that is not in the directory, as it is."""
        found = self.directory.officer(identifier)
        if found is None:
            return identifier
        said = officer_in(self.language, found)
        if found.agency == self.reader:
            return said
        return f"{said}, {self.agency(found.agency)}"


def naming_for(
    here: Installation, language: str, reader: AgencyId | None = None
) -> Naming:
    """Return the words of an installation in a language."""
    desk = here.desk
    directory = Directory(desk.database, here.names)
    return Naming(language, directory, Law(language, desk.packs), desk.sharing, reader)


def name_in(language: str, name: AgencyName) -> str:
    """Return what an agency is called in a language."""
    said: str = getattr(name, language)
    return said


def officer_in(language: str, officer: Officer | Designated) -> str:
    """Return an officer as colleagues know them: functions and service number."""
    ours = catalogue(language).ugettext
    functions = sorted(ours(SAID[each]) for each in officer.functions)
    return f"{' / '.join(functions)} {officer.service_number}"
