"""Coordination: workflows, record step, relay, integrator, and nodes played here."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import structlog
from sqlalchemy import Engine
from temporalio.client import Client
from temporalio.worker import Worker

from activities.integrator import Integrator
from activities.nodework import NodeWork
from activities.noting import note_start
from activities.overdue import Overdue
from activities.posting import Post, Posting, Sight
from activities.process import CaseProcess
from activities.records import Records
from activities.relay import Relay
from activities.services import Services
from activities.timestamping import Timestamps
from activities.twins import MissingTwins
from models.posting import WayKind
from policies.loading import load_packs
from runtime import keys, temporal
from runtime.clock import clock_for
from runtime.logging import configure_logging
from runtime.nodes import local_nodes
from runtime.posting.mail import mail_of
from runtime.posting.webhooks import webhooks_of
from runtime.roles import Role
from runtime.running import Loop, run_until_stopped
from runtime.schedules import keep_retention_schedule
from runtime.settings import Settings
from runtime.signing import SigningFiles
from runtime.timestamping import TimestampAuthority, authorities
from runtime.watching import watching
from serving.telling import told
from storage.engine import connect
from storage.policy_sets import load_sharing
from workflows.catalogue import WORKFLOWS

log = structlog.get_logger()
THREADS = 16


def build_services(settings: Settings) -> Services:
    """Build what the record step is handed."""
    url = settings.database(Role.RECORD)
    database = connect(url, statement_ms=2_000, lock_ms=1_000, pool=THREADS)
    clock = clock_for(settings, database)
    return Services(database, load_packs(), load_sharing(database), clock)


def _build_worker(client: Client, services: Services, queue: str) -> Worker:
    """Build the Temporal worker."""
    return Worker(
        client,
        task_queue=queue,
        workflows=WORKFLOWS,
        activities=Records(services).catalogue(),
        activity_executor=ThreadPoolExecutor(THREADS),
        workflow_runner=temporal.runner(),
    )


def _nodework(settings: Settings, services: Services) -> NodeWork:
    nodes = local_nodes(settings)
    watches = watching(settings, nodes)
    trust = SigningFiles(settings.files.signing).trust
    return NodeWork(services.database, nodes, services.clock, trust, watches)


def timestamp_loops(settings: Settings, database: Engine) -> list[Loop]:
    """Return what asks the authority for timestamps, if settings name one."""
    believed = authorities(settings)
    if settings.timestamp_url is None:
        return []
    ask = TimestampAuthority(settings.timestamp_url).ask
    needed = settings.witnesses_needed
    return [Timestamps(database, ask, believed, witnesses=needed)]


def _posting_loops(settings: Settings, services: Services) -> list[Loop]:
    """Return what sends notices, if settings name a way for them.

    It looks as `acts` in the name of each receiver, so the walls say who may know.
    """
    mail, webhooks = mail_of(settings), webhooks_of(settings)
    posts: dict[WayKind, Post] = {}
    if mail is not None:
        posts[WayKind.MAIL] = mail
    if webhooks is not None:
        posts[WayKind.WEBHOOK] = webhooks
    if not posts:
        return []
    acts = connect(settings.database(Role.ACTS), pool=4)
    return [Posting(Sight(services.database, acts), posts)]


async def serve(settings: Settings) -> None:
    """Work until told to stop; what is under way then is taken up again later."""
    configure_logging(level=settings.log_level)
    services = build_services(settings)
    note_start(services, told(settings))
    client = await temporal.connect(settings)
    relay = Relay(services, CaseProcess(client, settings.task_queue, patience=30.0))
    ledger = connect(settings.database(Role.LEDGER), pool=2)
    integrator = Integrator(ledger, keys.ledger_signer(settings))
    missing = MissingTwins(services.database, lambda: datetime.now(UTC))
    loops: list[Loop] = [relay, integrator, Overdue(services), missing]
    loops += timestamp_loops(settings, ledger)
    loops += _posting_loops(settings, services)
    if settings.files.keyrings.exists():  # else every agency runs a node of its own
        loops.append(_nodework(settings, services))
    async with _build_worker(client, services, settings.task_queue):
        await keep_retention_schedule(client, settings)
        log.info("worker_started")
        await run_until_stopped(loops)
