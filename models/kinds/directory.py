"""The directory: who takes part, who acts for them, and who watches over whom."""

from __future__ import annotations

from typing import Literal

from models.events import Event, EventKind, Names, Operation, Word


class Entered(Event):
    """Something new in the directory, at the agency that it is about."""

    operation: Literal[Operation.PROCEDURE] = Operation.PROCEDURE


class AgencyEntered(Entered):
    """An agency was entered; `detail` is its kind."""

    kind: Literal[EventKind.AGENCY_ENTERED] = EventKind.AGENCY_ENTERED
    detail: Word


class OfficerEntered(Entered):
    """An officer was entered, who is named by commitment; `detail` lists functions."""

    kind: Literal[EventKind.OFFICER_ENTERED] = EventKind.OFFICER_ENTERED
    detail: str


class OversightEntered(Entered):
    """Auditors of another agency, the recipient, may watch over an agency."""

    kind: Literal[EventKind.OVERSIGHT_ENTERED] = EventKind.OVERSIGHT_ENTERED
    recipients: Names
    article: Word
