"""An officer at a desk: in whose name everything on a surface is done and read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from acts.desk import Desk
from acts.performing import PURPOSE
from models.agencies import AgencyKind, Officer, Reader, ReadReason
from storage.sessions import acting


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

    @contextmanager
    def in_one_transaction(self) -> Iterator[Seat]:
        """Lend a seat whose reads share a transaction: one page, many questions.

        Pages whose questions are known beforehand ask them by `storage.at_once`.
        Nothing read at it may be shown before the transaction has ended, with the
        entries of all reads. Nothing is opened at it: an item's key comes out only
        once its release is committed.
        """
        who = self.desk.acting(self.officer)
        with acting(self.desk.database, who) as connection:
            within = replace(who, within=connection)
            yield replace(self, desk=replace(self.desk, within=within))


def take_seat(desk: Desk, officer: Officer, kind: AgencyKind) -> Seat:
    """Seat an officer at a desk that several share."""
    return Seat(replace(desk, own=officer.agency), officer, kind)
