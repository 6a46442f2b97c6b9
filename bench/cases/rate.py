"""Full cases per second against bare Temporal on the same servers.

Both sides play the same number of cases with the same number of updates, local
activities and timers, which gives histories of the same length; `rehearse` plays one
of each first and compares. Sides alternate, every run has fresh worker and client
processes and a warm-up that is not counted, and the other side's workers are not
running. A run's ratio is taken between neighbours, so that what else the machine does
weighs on both.

The full side does all that an act takes: sealing at the officer's node, the staged
intent, ruling, record and ledger entry, keys under way to other nodes, the integrator
ordering entries meanwhile. Afterwards every act must be found in the ordered log.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from statistics import median

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHistory

from bench.cases import bare
from bench.cases.bare import Effort
from bench.cases.clients import Load, Run, bare_client, open_offices, play_load
from bench.cases.route import Play
from bench.servers import bare_workers, full_workers
from models.ids import workflow_id
from runtime import temporal
from runtime.roles import Role
from runtime.settings import Settings
from storage.engine import connect, transaction
from storage.log import ledger

_ORDERED_WITHIN = 30.0  # seconds


@dataclass(frozen=True)
class Shape:
    """What one case asks of the engine: its acts, and the events of its history."""

    script: list[Effort]
    events: int


@dataclass(frozen=True)
class Pair:
    """Two neighbouring runs."""

    full: Run
    bare: Run

    @property
    def ratio(self) -> float:
        """Return the full side's share of the bare side."""
        return self.full.pace / self.bare.pace


@dataclass(frozen=True)
class Line:
    """The runs with one number of workers."""

    workers: int
    target: float
    pairs: list[Pair]

    @property
    def full(self) -> float:
        """Return the median of full cases per second."""
        return median(pair.full.pace for pair in self.pairs)

    @property
    def bare(self) -> float:
        """Return the median of bare cases per second."""
        return median(pair.bare.pace for pair in self.pairs)

    @property
    def ratio(self) -> float:
        """Return the median of the ratios."""
        return median(pair.ratio for pair in self.pairs)

    @property
    def met(self) -> bool:
        """Tell whether the median reaches the target."""
        return self.ratio >= self.target


async def rehearse(settings: Settings) -> Shape:
    """Play one case of each kind and compare their histories. Needs both workers."""
    offices = await open_offices(settings)
    play = Play(offices)
    await play.run()
    offices.today.database.dispose()
    full = await temporal.connect(settings)
    seen = await full.get_workflow_handle(workflow_id(play.case)).fetch_history()
    shape = Shape(_script(seen), len(seen.events))
    plain = await bare_client(settings)
    case = await bare.play(plain, shape.script)
    same = await plain.get_workflow_handle(case).fetch_history()
    assert len(same.events) == shape.events, "the histories differ in length"
    return shape


def _script(history: WorkflowHistory) -> list[Effort]:
    """Read from a history which timers each act started and stopped."""
    script: list[Effort] = []
    for event in history.events:
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED:
            script.append(Effort())
        elif event.event_type == EventType.EVENT_TYPE_TIMER_STARTED:
            script[-1] = replace(script[-1], started=script[-1].started + 1)
        elif event.event_type == EventType.EVENT_TYPE_TIMER_CANCELED:
            script[-1] = replace(script[-1], stopped=script[-1].stopped + 1)
    return script


def alternate(settings: Settings, load: Load, shape: Shape, workers: int) -> Pair:
    """Run the full side, then the bare side."""
    with full_workers(settings, workers):
        before = _ordered(settings)  # a worker that has just stopped may leave some
        full = play_load(settings, load, None)
        found = _ordered(settings) - before
    assert found >= load.total * len(shape.script), "acts are missing in the ledger"
    with bare_workers(settings, workers):
        plain = play_load(settings, load, shape.script)
    return Pair(full, plain)


def _ordered(settings: Settings) -> int:
    """Return how long the log is once nothing waits to be ordered."""
    database = connect(settings.database(Role.LEDGER), pool=1)
    deadline = time.monotonic() + _ORDERED_WITHIN
    waiting, size = 1, 0
    while waiting and time.monotonic() < deadline:
        with transaction(database) as connection:
            waiting, _ = ledger.staged(connection)
            size = ledger.frontier(connection).size
        time.sleep(0.1)
    database.dispose()
    assert not waiting, f"{waiting} entries were not ordered in time"
    return size
