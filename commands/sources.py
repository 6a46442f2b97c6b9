"""Which number of the closed list a question goes under, when none was named."""

from __future__ import annotations

from acts.finding import pack_of
from commands.sessions import Session
from models.agencies import AgencyKind
from models.errors import InvalidInput
from models.ids import CaseId
from models.law.sources import Source, SourceKind
from models.packs import Pack
from storage import directory
from storage.engine import transaction


def source_for(at: Session, case: CaseId, to: str, kind: SourceKind) -> str:
    """Return the code of the one source of a kind that fits asker and asked.

    Where none fits, the nearest is returned: whether a question is lawful is for the
    record to say, with article and alternative, and its refusal belongs in the ledger.

    Raises:
        InvalidInput: several fit.
        NotFound: there is no such agency, or the route has no such source.
    """
    with transaction(at.desk.database) as connection:
        asked = directory.agency(connection, to).kind
    pack = pack_of(at.desk, at.officer, case)
    fit = _fitting(pack, kind, at.agency_kind, asked)
    if len(fit) > 1:
        choices = ", ".join(f"`{each.code}` ({each.label.en})" for each in fit)
        raise InvalidInput(
            f"`{to}` may be asked under several numbers of the list",
            help=f"choose with `--source`: {choices}",
        )
    return fit[0].code if fit else _nearest(pack, kind, asked)


def _fitting(
    pack: Pack, kind: SourceKind, asker: AgencyKind, asked: AgencyKind
) -> list[Source]:
    return [
        row
        for row in pack.sources
        if row.kind is kind
        and row.in_force
        and row.agency_kind is asked
        and asker in row.asked_by
    ]


def _nearest(pack: Pack, kind: SourceKind, asked: AgencyKind) -> str:
    of_kind = [row for row in pack.sources if row.kind is kind]
    same = [row for row in of_kind if row.agency_kind is asked]
    return [*same, *of_kind, *pack.sources][0].code
