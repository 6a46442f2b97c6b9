"""Whom a case lets its agency ask today, and why nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from acts.desk import Desk
from acts.looking_up import case_facts, pack_in
from models.agencies import Agency, AgencyKind, Officer
from models.errors import EstafetteError, OutsidePack, PiecesMissing
from models.ids import CaseId
from models.law.sources import ClosedDoor, Source, SourceKind
from models.packs import Pack
from policies.sources import CaseFacts, answers, may_ask
from storage.people import directory
from storage.sessions import acting


@dataclass(frozen=True)
class Askable:
    """A number of the closed list, who answers it, and what stands in its way today."""

    source: Source
    agencies: tuple[Agency, ...]
    refusal: EstafetteError | None = None


@dataclass(frozen=True)
class Questions:
    """What may be asked, what may not today, and which doors the law closes."""

    open: tuple[Askable, ...]
    closed: tuple[Askable, ...]
    doors: tuple[ClosedDoor, ...]


def questions_of(
    desk: Desk, officer: Officer, case: CaseId, kind: SourceKind
) -> Questions:
    """Return the questions of a kind that the officer's agency may put in a case.

    Raises:
        NotFound: the case is absent or hidden.
    """
    with acting(desk.database, desk.acting(officer)) as connection:
        pack = pack_in(desk, connection, case)
        facts = case_facts(connection, officer, case, pack)
        known = directory.agencies(connection)
    asker = next(each.kind for each in known if each.id == officer.agency)
    rows = [row for row in pack.sources if row.kind is kind and asker in row.asked_by]
    judged = [_askable(pack, asker, row, known, facts) for row in rows]
    return Questions(
        open=tuple(each for each in judged if each.refusal is None and each.agencies),
        closed=tuple(each for each in judged if each.refusal is not None),
        doors=pack.closed_doors,
    )


def _askable(
    pack: Pack,
    asker: AgencyKind,
    row: Source,
    known: Sequence[Agency],
    facts: CaseFacts,
) -> Askable:
    asked = tuple(
        each
        for each in known
        if each.kind is row.agency_kind and answers(row, each.id, facts)
    )
    try:
        may_ask(pack, asker, row.agency_kind or asker, row.code, facts)
    except (OutsidePack, PiecesMissing) as refusal:
        return Askable(row, asked, refusal)
    return Askable(row, asked)
