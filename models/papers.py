"""Papers: sealed texts that belong to no case."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from models.ids import AgencyId, PaperId
from models.values import Value


class PaperKind(StrEnum):
    """What a paper is."""

    FINDING = "finding"
    STATUTORY_LIST = "statutory_list"
    SUBJECT_REQUEST = "subject_request"


class PaperHeader(Value):
    """The signed and bound description of a paper; holds no personal data.

    `matter` is what it belongs to, such as a finding: it takes the place of a case.
    """

    schema_version: int = 1
    paper: PaperId
    matter: UUID
    originator: AgencyId
    kind: PaperKind
