"""Refusing an act: its content is destroyed, and the attempt is proven."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from activities.recording import evidence
from models.errors import Conflict, EstafetteError, InvalidInput
from models.intents import Intent, IntentState
from models.process import ActPointer, Outcome, Refused
from storage import intents


def refuse(connection: Connection, intent: Intent, error: EstafetteError) -> Outcome:
    """Destroy the content of an act, and prove that it was refused and why."""
    intents.destroy_content(connection, intent.act)
    ruling = error.details.pop("ruling", None)  # for the record, not for who asked
    receipt = evidence.of_refusal(connection, intent, error, ruling)
    return Outcome(
        act=intent.act, case=intent.case, refused=_refused(error), receipt=receipt
    )


def _refused(error: EstafetteError) -> Refused:
    return Refused(
        error=error.code,
        message=error.message,
        help=error.help,
        details={k: _words(v) for k, v in error.details.items()},
    )


def as_refusal(error: Exception) -> EstafetteError:
    """Return the refusal that a fault of the database stands for."""
    if isinstance(error, EstafetteError):
        return error
    return Conflict(
        "the act names something that is there already, or a value out of range",
        help="look at the case and try again with fresh values",
    )


def close_unread(
    connection: Connection, pointer: ActPointer, error: EstafetteError
) -> Outcome:
    """Close a row that acts never wrote: it cannot be read, and must stop no clock."""
    intents.destroy_content(connection, pointer.act)
    outcome = Outcome(act=pointer.act, case=pointer.case, refused=_refused(error))
    intents.close(connection, pointer.act, outcome)
    return outcome


def astray(pointer: ActPointer) -> Outcome:
    """Refuse a pointer that leads nowhere, or to another case."""
    refused = Refused(error="NotFound", message="nothing was staged under this id")
    return Outcome(act=pointer.act, case=pointer.case, refused=refused)


def _words(value: object) -> str | list[str] | list[dict[str, str]]:
    if not isinstance(value, list | tuple):
        return str(value)
    if value and all(isinstance(each, Mapping) for each in value):
        return [{k: str(v) for k, v in each.items()} for each in value]
    return [str(each) for each in value]


def give_up(
    connection: Connection, pointer: ActPointer, error: EstafetteError
) -> Outcome:
    """Close an intent that can never be recorded, unless it was; return its outcome."""
    try:
        intent = intents.lock(connection, pointer.act)
    except InvalidInput as unread:
        return close_unread(connection, pointer, unread)
    if intent is None:
        return astray(pointer)
    if intent.state is not IntentState.STAGED and intent.outcome is not None:
        return intent.outcome
    outcome = refuse(connection, intent, error)
    intents.close(connection, intent.act, outcome)
    return outcome
