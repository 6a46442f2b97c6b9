"""What the record step is handed: rules, clock and database, all read-only."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Engine

from models.clock import LegalClock
from policies.emergencies import EmergencyRule, load_emergency_rule
from policies.loading import Packs
from policies.rulings import SharingPolicies


@dataclass(frozen=True)
class Services:
    """The dependencies of recording. `database` connects as the record role."""

    database: Engine
    packs: Packs
    sharing: SharingPolicies
    clock: LegalClock
    emergency: EmergencyRule = field(default_factory=load_emergency_rule)
