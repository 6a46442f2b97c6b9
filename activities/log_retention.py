"""The log's own retention: what names officers is destroyed, the entries stay.

An entry carries its day and its case, so nothing is scheduled: what is due is found.
Rows that name officers without a commitment go after those behind which one stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from activities.services import Services
from models.clock import legal_day
from models.erasing import Route
from models.kinds.destruction import LogErased
from models.law.records import Retention
from policies.retention import latest_due, log_rule
from storage.engine import transaction
from storage.log import evidence, shredding
from storage.people import forgetting
from storage.writing import together

BATCH = 500
"""Entries whose parts are erased under one entry, in one transaction."""


def erase_old_log(services: Services, at: datetime) -> int:
    """Erase what is due of the log, batch by batch; return how many entries."""
    with transaction(services.database) as connection:
        routes = shredding.routes(connection)
    return sum(_erase_route(services, route, at) for route in routes)


def _erase_route(services: Services, route: Route | None, at: datetime) -> int:
    # What is under no case is under no one law: the longest term, or it might go early.
    packs = services.packs
    rule = log_rule([packs.get(*route)] if route else packs.packs)
    done = 0
    while _erase_batch(services, route, rule, at):
        done += 1
    return done + _forget_rows(services, route, rule, at)


def _erase_batch(
    services: Services, route: Route | None, rule: Retention, at: datetime
) -> bool:
    until = latest_due(rule, legal_day(at))
    with transaction(services.database) as connection:
        old = shredding.old_entries(connection, route, until, BATCH)
        parts = shredding.of_officers(connection, old)
        erased = shredding.counted(parts)
        if erased is None:  # nothing is due, or another process was faster
            return False
        days = [date.fromisoformat(each.day) for each in old]
        said = _said(rule, at, old[0].agency, days)
        entry = evidence.new_entry(said.model_copy(update={"erased": erased}))
        with together(connection) as rows:
            shredding.bury(rows, parts, entry)
            evidence.gather(rows, entry, None)
    return True


def _forget_rows(
    services: Services, route: Route | None, rule: Retention, at: datetime
) -> int:
    """Forget who is named in rows, each agency's under one entry; return how many."""
    today = legal_day(at)
    with transaction(services.database) as connection:
        until = latest_due(rule, today)
        gone = forgetting.forget(connection, route, until=until, today=today)
        for agency, days in sorted(gone.items()):
            entry = evidence.new_entry(_said(rule, at, agency, days))
            evidence.append(connection, entry, None)
    return len(gone)


def _said(
    rule: Retention, at: datetime, agency: str, days: Sequence[date]
) -> LogErased:
    detail = f"{rule.code} {min(days)} {max(days)}"
    return LogErased(at=at, agency=agency, article=rule.article, detail=detail)
