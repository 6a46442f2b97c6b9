"""Statutory lists: persons processed and databases consulted, for the DPO."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime

from models.ids import AgencyId, PaperId
from models.subjects import SubjectCard
from models.values import Value


class StatutoryList(Value):
    """A list that was made; what stands on it is sealed. Days are included.

    `kept_until` is its own last day, whatever becomes of the cases.
    """

    id: UUID
    paper: PaperId
    agency: AgencyId
    first: date
    last: date
    made_at: AwareDatetime
    kept_until: date


class Consulted(Value):
    """A database that was consulted: a source of the pack, or an agency's own.

    `asked` is the agency that was asked; `case` the case in which it was.
    """

    source: str
    asked: str
    case: UUID
    day: date


class Processed(Value):
    """Whom a case is about: the subject card that says so."""

    case: UUID
    item: UUID
    about: SubjectCard


class ListContent(Value):
    """What stands on a statutory list, and is sealed with it."""

    agency: AgencyId
    first: date
    last: date
    persons: tuple[Processed, ...]
    databases: tuple[Consulted, ...]
