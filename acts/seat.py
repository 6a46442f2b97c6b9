"""An officer at a desk: in whose name everything on a surface is done and read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from acts.desk import Desk
from acts.performing import PURPOSE
from models.agencies import AgencyKind, Officer, Reader, ReadReason


@dataclass(frozen=True)
class Seat:
    """An officer at a desk, which lends no keys but those of the officer's agency."""

    desk: Desk
    officer: Officer
    agency_kind: AgencyKind

    @property
    def today(self) -> date:
        """Return the legal date."""
        return self.desk.today

    def reader(self, reason: ReadReason = ReadReason.ASKING) -> Reader:
        """Return the officer as somebody who reads for the purpose of the inquiry."""
        return Reader(
            officer=self.officer,
            agency_kind=self.agency_kind,
            purpose=PURPOSE,
            reason=reason,
        )


def take_seat(desk: Desk, officer: Officer, kind: AgencyKind) -> Seat:
    """Seat an officer at a desk that several share."""
    return Seat(replace(desk, own=officer.agency), officer, kind)
