"""Which number of the closed list a question goes under, when none was named."""

from __future__ import annotations

from uuid import UUID

from commands.terminal.offices import Office
from models.errors import InvalidInput
from models.law.sources import Source, SourceKind
from policies.sources import candidates


def source_between(office: Office, case: UUID, to: str, kind: SourceKind) -> str:
    """Return the number under which this officer's agency asks another.

    Raises:
        InvalidInput: several fit.
        NotFound: there is no such agency, or no such case for this officer.
    """
    asked = office.kind_of(to)
    pack = office.pack_of(case)
    return the_one(candidates(pack, kind, office.agency_kind, asked))


def the_one(found: tuple[Source, ...]) -> str:
    """Return the number of the only source.

    Raises:
        InvalidInput: there are several, and nobody guesses.
    """
    if len(found) > 1:
        choices = ", ".join(f"`{each.code}` ({each.label.en})" for each in found)
        raise InvalidInput(
            "this agency may be asked under several numbers of the list",
            help=f"choose with `--source`: {choices}",
        )
    return found[0].code
