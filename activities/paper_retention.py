"""Destroying papers that were kept long enough: texts here, keys at the nodes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from activities.services import Services
from models.clock import legal_day
from models.kinds.destruction import PapersErased
from models.papers import PaperKind
from policies.findings import load_finding_rule
from policies.statutory import load_list_rule
from policies.subject_requests import load_request_rules
from storage import retention
from storage.audits import papers
from storage.audits.papers import Matter
from storage.engine import transaction
from storage.log import evidence


def erase_papers(services: Services, at: datetime) -> int:
    """Erase the papers of each matter whose last day is past; return how many matters.

    A finding or request has its last day once it is closed, a list from the start.

    Raises:
        Unavailable: the database does not answer.
    """
    articles = {
        PaperKind.FINDING: load_finding_rule().kept.article,
        PaperKind.STATUTORY_LIST: load_list_rule().article,
        PaperKind.SUBJECT_REQUEST: load_request_rules().kept.article,
    }
    with transaction(services.database) as connection:
        due = papers.due(connection, legal_day(at))
        for matter in due:
            _erase(connection, matter, at, articles[matter.kind])
    return len(due)


def _erase(connection: Connection, matter: Matter, at: datetime, article: str) -> None:
    gone, holders = papers.erase(connection, matter)
    for holder in holders:
        due = papers.DueKeys(matter.id, matter.kind, holder)
        retention.order_destruction(connection, due, list(holders), at)
        entry = evidence.new_entry(
            PapersErased(
                at=at,
                items=gone,
                agency=holder,
                article=article,
                detail=matter.kind,
            )
        )
        evidence.append(connection, entry, None)
