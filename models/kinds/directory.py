"""The directory: who takes part, who acts for them, and who watches over whom."""

from __future__ import annotations

from typing import Literal

from models.events import Event, EventKind, Names, Operation, Word


class DirectoryWritten(Event):
    """Something is written in the directory, of the agency that it is about."""

    operation: Literal[Operation.PROCEDURE] = Operation.PROCEDURE


class AgencyEntered(DirectoryWritten):
    """An agency was entered; `detail` is its kind."""

    kind: Literal[EventKind.AGENCY_ENTERED] = EventKind.AGENCY_ENTERED
    detail: Word


class OfficerEntered(DirectoryWritten):
    """An officer was entered, who is named by commitment; `detail` lists functions."""

    kind: Literal[EventKind.OFFICER_ENTERED] = EventKind.OFFICER_ENTERED
    detail: str


class OfficerChanged(DirectoryWritten):
    """An officer, named by commitment, has other functions from now on: `detail`."""

    kind: Literal[EventKind.OFFICER_CHANGED] = EventKind.OFFICER_CHANGED
    detail: Word


class OfficerLeft(DirectoryWritten):
    """An officer, named by commitment, has no function from now on, so does nothing."""

    kind: Literal[EventKind.OFFICER_LEFT] = EventKind.OFFICER_LEFT


class OversightEntered(DirectoryWritten):
    """Auditors of another agency, the recipient, may watch over an agency."""

    kind: Literal[EventKind.OVERSIGHT_ENTERED] = EventKind.OVERSIGHT_ENTERED
    recipients: Names
    article: Word
