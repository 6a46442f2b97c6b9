"""Every permission there is. It says who may knock; what is shown, the acts decide."""

from __future__ import annotations

from enum import StrEnum

from models.agencies import OfficerFunction
from policies.people import SETS_TO_WORK


class Permission(StrEnum):
    """What a route asks of whoever comes; the wire name is `resource:action`."""

    PUBLIC = "public"
    """Anybody, signed in or not."""

    ACTS_DO = "acts:do"
    FIGURES_READ = "figures:read"
    FINDINGS_HANDLE = "findings:handle"
    TRAIL_READ = "trail:read"
    CALENDAR_READ = "calendar:read"
    CALENDAR_SUBSCRIBE = "calendar:subscribe"
    CASES_OPEN = "cases:open"
    CASES_READ = "cases:read"
    CASES_SEARCH = "cases:search"
    CLOCK_MOVE = "clock:move"
    COVERS_ARRANGE = "covers:arrange"
    COVERS_READ = "covers:read"
    EMERGENCIES_DECLARE = "emergencies:declare"
    EVALUATIONS_ASK = "evaluations:ask"
    HANDOFFS_READ = "handoffs:read"
    ITEMS_READ = "items:read"
    MYSELF = "myself:read"
    NOTICES_READ = "notices:read"
    PACKS_READ = "packs:read"
    NUMBERS_CHECK = "numbers:check"
    READERS_READ = "readers:read"
    RECALLS_READ = "recalls:read"
    REGISTER_READ = "register:read"
    LISTS_MAKE = "lists:make"
    REQUESTS_HANDLE = "requests:handle"
    SESSION_END = "session:end"
    SESSION_PROVE = "session:prove"


EVERY_OFFICER = frozenset(OfficerFunction)

# Whom the pages of a subject are for. The walls stand behind them all the same.
ALLOWED: dict[Permission, frozenset[OfficerFunction]] = {
    Permission.PUBLIC: EVERY_OFFICER,
    Permission.ACTS_DO: EVERY_OFFICER,
    Permission.FIGURES_READ: frozenset({OfficerFunction.COORDINATOR}),
    Permission.FINDINGS_HANDLE: EVERY_OFFICER,
    Permission.TRAIL_READ: frozenset({OfficerFunction.AUDITOR}),
    Permission.CALENDAR_READ: EVERY_OFFICER,
    Permission.CALENDAR_SUBSCRIBE: EVERY_OFFICER,
    Permission.CASES_OPEN: frozenset({OfficerFunction.MAYOR}),
    Permission.CASES_READ: EVERY_OFFICER,
    Permission.CASES_SEARCH: EVERY_OFFICER,
    Permission.CLOCK_MOVE: EVERY_OFFICER,
    Permission.COVERS_ARRANGE: SETS_TO_WORK,
    Permission.COVERS_READ: EVERY_OFFICER,
    Permission.EMERGENCIES_DECLARE: EVERY_OFFICER,
    Permission.EVALUATIONS_ASK: EVERY_OFFICER,
    Permission.HANDOFFS_READ: EVERY_OFFICER,
    Permission.ITEMS_READ: EVERY_OFFICER,
    Permission.MYSELF: EVERY_OFFICER,
    Permission.NOTICES_READ: EVERY_OFFICER,
    Permission.PACKS_READ: EVERY_OFFICER,
    Permission.NUMBERS_CHECK: EVERY_OFFICER,
    Permission.READERS_READ: frozenset({OfficerFunction.SUPERVISOR}),
    Permission.RECALLS_READ: EVERY_OFFICER,
    Permission.REGISTER_READ: frozenset({OfficerFunction.REGISTRAR}),
    Permission.LISTS_MAKE: frozenset({OfficerFunction.DPO}),
    Permission.REQUESTS_HANDLE: frozenset({OfficerFunction.DPO}),
    Permission.SESSION_END: EVERY_OFFICER,
    Permission.SESSION_PROVE: EVERY_OFFICER,
}
