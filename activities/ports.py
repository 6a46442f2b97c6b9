"""What workflows may call: signatures only, on one page.

Each port is safe to repeat: the record is keyed by act id, or by deadline and alarm.
"""

from __future__ import annotations

from datetime import datetime

from temporalio import activity

from models.ids import CaseId
from models.process import ActPointer, Outcome, Ring


@activity.defn(name="record")
def record(pointer: ActPointer) -> Outcome:
    """Record a staged act in one transaction, or return what was recorded."""
    raise NotImplementedError


@activity.defn(name="ring")
def ring(order: Ring) -> Outcome:
    """Record that a clock reminds, has ended or expires what hangs on it."""
    raise NotImplementedError


@activity.defn(name="machine_time")
def machine_time(legal: datetime) -> datetime:
    """Map a legal instant to the machine instant at which it comes."""
    raise NotImplementedError


@activity.defn(name="destroy_due")
def destroy_due(case: CaseId | None) -> int:
    """Destroy what the law says is due (of one case, or all); return how many sets."""
    raise NotImplementedError
