"""What auditors found, and what became of it."""

from __future__ import annotations

from typing import Literal

from models.events import Event, EventKind, Ids, Names, Operation, Word


class FindingEvent(Event):
    """A finding; `items` are its id and that of the text, `recipients` who has it."""

    operation: Literal[Operation.PROCEDURE] = Operation.PROCEDURE
    items: Ids
    recipients: Names


class FindingTold(FindingEvent):
    """A step of a finding, by an officer; `detail` is the day it is due."""

    function: Word
    purpose: Word
    detail: Word


class FindingOpened(FindingTold):
    """An auditor opened a finding; `detail` is the last day for an answer."""

    kind: Literal[EventKind.FINDING_OPENED] = EventKind.FINDING_OPENED


class FindingAnswered(FindingTold):
    """The owner of a finding answered it."""

    kind: Literal[EventKind.FINDING_ANSWERED] = EventKind.FINDING_ANSWERED


class FindingFollowed(FindingTold):
    """An auditor recorded a follow-up."""

    kind: Literal[EventKind.FINDING_FOLLOWED] = EventKind.FINDING_FOLLOWED


class FindingClosed(FindingTold):
    """An auditor closed a finding; `detail` is the outcome."""

    kind: Literal[EventKind.FINDING_CLOSED] = EventKind.FINDING_CLOSED


class FindingOverdue(FindingEvent):
    """Owner and auditors were told that an answer is overdue; `detail` says since."""

    kind: Literal[EventKind.FINDING_OVERDUE] = EventKind.FINDING_OVERDUE
    detail: Word
