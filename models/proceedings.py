"""Closed sets of words about letters, hearings and appeals."""

from __future__ import annotations

from enum import StrEnum


class ServiceMode(StrEnum):
    """How a letter was handed over (119ter §8 al.3, §13)."""

    REGISTERED = "registered"
    RECEIPT = "receipt"


class Attendance(StrEnum):
    """How the person made use of the hearing (119ter §13)."""

    HEARD = "heard"
    WRITTEN = "written"
    ABSENT = "absent_without_valid_reason"


class AppealResult(StrEnum):
    """What the Council of State ruled."""

    REJECTED = "rejected"
    SUSPENDED = "suspended"
    ANNULLED = "annulled"
