"""Which number of the closed list a question goes under, when none was named."""

from __future__ import annotations

from acts.finding import pack_of
from commands.sessions import Session
from models.agencies import AgencyKind
from models.errors import InvalidInput
from models.ids import CaseId
from models.law.sources import SourceKind
from models.packs import Pack
from storage import directory
from storage.engine import transaction


def source_between(at: Session, case: CaseId, to: str, kind: SourceKind) -> str:
    """Return the number under which this officer's agency asks another.

    Raises:
        InvalidInput: several fit.
        NotFound: there is no such agency, or no such case for this officer.
    """
    with transaction(at.desk.database) as connection:
        asked = directory.agency(connection, to).kind
    return source_for(pack_of(at.desk, at.officer, case), kind, at.agency_kind, asked)


def source_for(
    pack: Pack, kind: SourceKind, asker: AgencyKind, asked: AgencyKind
) -> str:
    """Return the one source of a kind that fits asker and asked.

    Where none fits, the nearest is returned: whether a question is lawful is for the
    record to say, with article and alternative, and its refusal belongs in the ledger.

    Raises:
        InvalidInput: several fit.
    """
    of_kind = [row for row in pack.sources if row.kind is kind]
    of_asked = [row for row in of_kind if row.agency_kind is asked]
    fit = [row for row in of_asked if row.in_force and asker in row.asked_by]
    if len(fit) > 1:
        choices = ", ".join(f"`{each.code}` ({each.label.en})" for each in fit)
        raise InvalidInput(
            "this agency may be asked under several numbers of the list",
            help=f"choose with `--source`: {choices}",
        )
    return [*fit, *of_asked, *of_kind, *pack.sources][0].code
