"""The activities that workflows call: each is one transaction on the record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from temporalio import activity

from activities.destruction import destroy
from activities.recording import acts, alarms, refusals
from activities.services import Services
from models.errors import Conflict, EstafetteError
from models.ids import CaseId
from models.process import ActPointer, Outcome, Ring
from storage.engine import transaction

# An unforeseen error that comes back is no accident: retrying would poison the case.
_ATTEMPTS = 5

log = structlog.get_logger()


class Records:
    """The adapters of `activities.ports`, bound to their services."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @activity.defn(name="record")
    def record(self, pointer: ActPointer) -> Outcome:
        """See `activities.ports.record`."""
        try:
            with transaction(self._services.database) as connection:
                return acts.record(connection, self._services, pointer)
        except EstafetteError:
            raise
        except Exception as error:
            if activity.info().attempt < _ATTEMPTS:
                raise
            return self._abandon(pointer, error)

    @activity.defn(name="ring")
    def ring(self, order: Ring) -> Outcome:
        """See `activities.ports.ring`."""
        with transaction(self._services.database) as connection:
            return alarms.ring(connection, self._services, order)

    @activity.defn(name="machine_time")
    def machine_time(self, legal: datetime) -> datetime:
        """See `activities.ports.machine_time`."""
        return self._services.clock.machine(legal)

    @activity.defn(name="destroy_due")
    def destroy_due(self, case: CaseId | None) -> int:
        """See `activities.ports.destroy_due`."""
        return destroy(self._services, case)

    def _abandon(self, pointer: ActPointer, error: Exception) -> Outcome:
        """Refuse an act that fails for a fault of ours, so that its case lives on."""
        log.error("record_failed", act=str(pointer.act), error=type(error).__name__)
        fault = Conflict(
            "the act could not be recorded for a fault of the program",
            help="report it with the time; nothing was changed",
        )
        with transaction(self._services.database) as connection:
            return refusals.give_up(connection, pointer, fault)

    def catalogue(self) -> list[Any]:
        """Return every activity a worker serves, one for each port."""
        return [self.record, self.ring, self.machine_time, self.destroy_due]
