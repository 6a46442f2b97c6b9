"""Requests of data subjects, and what became of them."""

from __future__ import annotations

from typing import Literal

from models.events import Event, EventKind, Ids, Operation, Word


class SubjectRequestStep(Event):
    """A step of a request; `items` are its id and that of the sealed text."""

    operation: Literal[Operation.COLLECTION, Operation.PROCEDURE] = Operation.PROCEDURE
    items: Ids
    function: Word
    purpose: Word
    article: Word
    detail: Word


class SubjectRequestRecorded(SubjectRequestStep):
    """The DPO recorded that somebody asks for a right; who it is stands sealed.

    `detail` is the right, the regime, the day of receipt and the last day of the term.
    """

    kind: Literal[EventKind.SUBJECT_REQUEST_RECORDED] = (
        EventKind.SUBJECT_REQUEST_RECORDED
    )
    operation: Literal[Operation.COLLECTION] = Operation.COLLECTION


class SubjectRequestAcknowledged(SubjectRequestStep):
    """The DPO acknowledged that a request came in; `detail` is the state after it."""

    kind: Literal[EventKind.SUBJECT_REQUEST_ACKNOWLEDGED] = (
        EventKind.SUBJECT_REQUEST_ACKNOWLEDGED
    )


class SubjectRequestExtended(SubjectRequestStep):
    """The DPO extended the term of a request; `detail` is its new last day."""

    kind: Literal[EventKind.SUBJECT_REQUEST_EXTENDED] = (
        EventKind.SUBJECT_REQUEST_EXTENDED
    )


class SubjectRequestAnswered(SubjectRequestStep):
    """The DPO answered a request; `article` is that of a restriction, if any.

    `detail` is the outcome, and the code of that restriction.
    """

    kind: Literal[EventKind.SUBJECT_REQUEST_ANSWERED] = (
        EventKind.SUBJECT_REQUEST_ANSWERED
    )


class SubjectRequestClosed(SubjectRequestStep):
    """The DPO closed a request; `detail` is the outcome."""

    kind: Literal[EventKind.SUBJECT_REQUEST_CLOSED] = EventKind.SUBJECT_REQUEST_CLOSED


class SubjectRequestDue(Event):
    """The DPO was told that a term nears its end, or was missed; `detail` says which.

    `items` is the id of the request.
    """

    kind: Literal[EventKind.SUBJECT_REQUEST_DUE] = EventKind.SUBJECT_REQUEST_DUE
    operation: Literal[Operation.PROCEDURE] = Operation.PROCEDURE
    items: Ids
    detail: Word
