"""What the ledger may hold: the one frozen shape of an entry, and what events share.

Each kind of event is a class of `models.kinds`, which says what that kind must hold; an
entry has room for all of them. Additive changes only: an entry written years ago must
still be read.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from models.values import Value

Word = Annotated[str, Field(min_length=1)]
Names = Annotated[tuple[str, ...], Field(min_length=1)]
Ids = Annotated[tuple[UUID, ...], Field(min_length=1)]

INSTALLATION = "estafette"
"""Stands for an agency in entries about what all of them run on."""


class Operation(StrEnum):
    """The operations a log must tell apart (LVP art. 56, L24 art. 25 §4)."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"
    PROCEDURE = "procedure"
    """An act of the procedure that touches no data of a person."""


class EventKind(StrEnum):
    """Kinds beside the acts of `models.act_kinds`, whose codes are kinds too."""

    ACT_REFUSED = "act.refused"
    CLOCK_REMINDED = "clock.reminded"
    CLOCK_ENDED = "clock.ended"
    HANDOFF_EXPIRED = "handoff.expired"
    ITEM_RELEASED = "item.released"
    READ_REFUSED = "read.refused"
    COVER_ARRANGED = "cover.arranged"
    COVER_ENDED = "cover.ended"
    LIST_SHOWN = "list.shown"
    CASE_SOUGHT = "case.sought"
    ITEMS_ERASED = "items.erased"
    LOG_ERASED = "log.erased"
    KEYS_DESTROYED = "keys.destroyed"
    ITEM_GIVEN_BACK = "item.given_back"
    FINDING_OPENED = "finding.opened"
    FINDING_ANSWERED = "finding.answered"
    FINDING_FOLLOWED = "finding.followed"
    FINDING_CLOSED = "finding.closed"
    FINDING_OVERDUE = "finding.overdue"
    HONEY_SET = "honey.set"
    HONEY_LIFTED = "honey.lifted"
    AGENCY_ENTERED = "agency.entered"
    OFFICER_ENTERED = "officer.entered"
    OFFICER_CHANGED = "officer.changed"
    OFFICER_LEFT = "officer.left"
    OVERSIGHT_ENTERED = "oversight.entered"
    PACK_USED = "pack.used"
    POLICY_USED = "policy.used"
    SETTING_CHANGED = "setting.changed"
    DEPLOYMENT_STARTED = "deployment.started"
    DATABASE_USED = "database.used"
    LEDGER_KEY_USED = "ledger_key.used"
    PAYLOAD_KEY_USED = "payload_key.used"
    MASTER_KEY_USED = "master_key.used"
    CERTIFICATE_USED = "certificate.used"
    DELIVERY_KEY_USED = "delivery_key.used"
    WITNESS_KEY_USED = "witness_key.used"
    LOG_READ = "log.read"
    PAPERS_ERASED = "papers.erased"
    STATUTORY_LIST_MADE = "statutory_list.made"
    SUBJECT_REQUEST_RECORDED = "subject_request.recorded"
    SUBJECT_REQUEST_ACKNOWLEDGED = "subject_request.acknowledged"
    SUBJECT_REQUEST_EXTENDED = "subject_request.extended"
    SUBJECT_REQUEST_ANSWERED = "subject_request.answered"
    SUBJECT_REQUEST_CLOSED = "subject_request.closed"
    SUBJECT_REQUEST_DUE = "subject_request.due"


class RulingNote(Value):
    """The ruling behind an entry, by reference and answer.

    `commitment` (hex) binds the stored ruling, its facts included, to the entry; its
    salt lies with the ruling, so that the entry confirms no guess about the facts.
    """

    id: UUID
    allowed: bool
    policies: tuple[str, ...]
    digest: str
    commitment: str = ""


class Erased(Value):
    """What an entry that erases took away beside earlier entries, and names nobody.

    Attributes:
        officers: commitments to officers that can never be opened again.
        subjects: the same to material about data subjects.
        rulings, pages: documents that were destroyed with their salts.
        root: Merkle root (hex) over all these parts.
    """

    officers: int = 0
    subjects: int = 0
    rulings: int = 0
    pages: int = 0
    root: str

    @property
    def parts(self) -> int:
        """Return how many there are in all: the size of the tree under `root`."""
        return self.officers + self.subjects + self.rulings + self.pages


class Event(Value):
    """What every kind of event says: what happened, when, and at which agency.

    `at` is legal time, ISO 8601. What has no `kind` is the shape of several.
    """

    operation: Operation
    at: AwareDatetime
    agency: str


class Entry(Event):
    """One line of the ledger: what any kind may say, and what the ledger adds to it.

    Attributes:
        items: identifiers only. recipients: agencies.
        detail: words of the procedure (a clock code, an error name, which list).
        nonce: 128 random bits, hex, so that a leaf hash cannot confirm a guess.
        recorded_at: machine time, ISO 8601.
        officer: hex commitment of the officer's id; the salt is kept apart.
        on_behalf_of: the same of an absent officer in whose place that officer acts.
        named: the same of the officer whom the act names, releases or excludes.
        shown: hex commitment to what a page showed; page and salt are kept apart.
        subjects: hex commitments to sealed material about data subjects, by its item;
            the salts are kept apart from those of officers, and die with the data.
        erased: what this entry took away beside earlier ones.
    """

    kind: str
    act: UUID | None = None
    case: UUID | None = None
    handoff: UUID | None = None
    items: tuple[UUID, ...] = ()
    function: str = ""
    recipients: tuple[str, ...] = ()
    purpose: str = ""
    article: str = ""
    detail: str = ""
    v: int = 1
    id: UUID
    nonce: str
    recorded_at: AwareDatetime
    officer: str = ""
    on_behalf_of: str = ""
    named: str = ""
    rulings: tuple[RulingNote, ...] = ()
    shown: str = ""
    subjects: dict[UUID, str] = {}
    erased: Erased | None = None
    system: str = "estafette"
