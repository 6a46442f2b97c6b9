"""Destroying what the law says is due: keys at the nodes, bodies in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Connection, Row

from activities.log_retention import erase_old_log
from activities.paper_retention import erase_papers
from activities.services import Services
from models.clock import legal_day
from models.ids import AgencyId, CaseId
from models.kinds.destruction import ItemsErased
from storage import deliveries, items, opening_drafts, retention
from storage.engine import transaction
from storage.log import evidence, shredding
from storage.people import feeds, signing_in
from storage.story import write_line
from storage.writing import together

log = structlog.get_logger()


def destroy(services: Services, case: CaseId | None) -> int:
    """Erase every set of data due today or earlier; return how many sets there were.

    Each set is a transaction of its own, so that one that fails holds no other back.
    Without a case, papers, what is too old of the log, sign-ins that are over and
    drafts of openings that are too old go as well; the last two are not counted, for
    no law keeps them.

    Raises:
        EstafetteError: the first failure, once all others were tried.
    """
    at = services.clock.now()
    with transaction(services.database) as connection:
        sets = retention.due(connection, legal_day(at), case)
    done, failures = 0, []
    for identifier in sets:
        try:
            with transaction(services.database) as connection:
                done += _erase_if_waiting(services, connection, identifier, at)
        except Exception as error:
            name = type(error).__name__
            log.error("destruction_failed", due=str(identifier), error=name)
            failures.append(error)
    if case is None:
        done += erase_papers(services, at) + erase_old_log(services, at)
        with transaction(services.database) as connection:
            signing_in.forget_ended(connection)
            feeds.forget_ended(connection)
            opening_drafts.forget_old(connection, legal_day(at))
    if failures:
        raise failures[0]
    return done


def _erase_if_waiting(
    services: Services, connection: Connection, identifier: UUID, at: datetime
) -> bool:
    row = retention.lock(connection, identifier)
    if row is not None:
        _erase(connection, row, at, _article(services, connection, row))
    return row is not None


def _article(services: Services, connection: Connection, row: Row[Any]) -> str:
    """Return the article of the rule under which data are due."""
    pack = services.packs.get(*shredding.route_of(connection, row.case_id))
    return next((r.article for r in pack.retention if r.code == row.rule), "")


def _erase(connection: Connection, row: Row[Any], at: datetime, article: str) -> None:
    givers = items.givers(connection, row.case_id, row.agency_id, row.scope)
    deliveries.drop_due(connection, row.case_id, row.agency_id, row.scope)
    gone = items.erase(connection, row.case_id, row.agency_id, row.scope)
    # Who gave a key holds it too: both ends must destroy it.
    holders = sorted({AgencyId(row.agency_id), *givers})
    retention.order_destruction(connection, row, holders, at)
    retention.note_destroyed(connection, row.id, legal_day(at))
    parts = shredding.of_subjects(connection, row.agency_id, gone)
    entry = evidence.new_entry(
        ItemsErased(
            at=at,
            case=row.case_id,
            items=tuple(sorted(gone)),
            agency=row.agency_id,
            article=article,
            detail=f"{row.rule} {row.scope}",
            erased=shredding.counted(parts),
        )
    )
    with together(connection) as rows:
        shredding.bury(rows, parts, entry)
        write_line(rows, entry, evidence.gather(rows, entry, None))
