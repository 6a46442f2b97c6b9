"""A worker refuses to start with a workflow that could reach the world."""

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from temporalio.client import Client
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import (
    SandboxedWorkflowRunner,
    UnintentionalPassthroughError,
)
from temporalio.workflow import _Definition

from runtime import temporal
from tests.workflow.rig import Rig

PLANTED = """
from temporalio import workflow

{line}


@workflow.defn
class Planted:
    @workflow.run
    async def run(self) -> None: ...
"""
REFUSED = {
    "an activity": "from activities.records import Records",
    "an activity through its package": "from activities import records",
    "the package of activities": "import activities.records",
    "the record step": "from activities.recording.acts import record",
    "a table": "from models.tables.cases import CaseRow",
    "a table through its package": "from models import tables",
    "the storage": "from storage.engine import connect",
    "the vault": "from vault.keyring.keyring import Keyring",
    "the driver": "import psycopg",
    "a query library": "from sqlalchemy import select",
    "settings": "from runtime.settings import load_settings",
}
ALLOWED = """
from activities.ports import record
from models.law.clocks import Clock
from models.process import Outcome
from policies.clocks import count
"""


async def build(client: Client, workflow: type) -> None:
    """Build a worker: it refuses here, before it takes any work."""
    runner = temporal.runner()
    Worker(client, task_queue="x", workflows=[workflow], workflow_runner=runner)


async def load(workflow: type) -> None:
    """Load a workflow into the sandbox as a worker does, without the worker."""
    definition = _Definition.must_from_class(workflow)
    temporal.runner().prepare_workflow(definition)


@pytest.fixture
def plant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], type]]:
    """Plant a workflow whose module holds some lines of ours."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(lines: str) -> type:
        (tmp_path / "planted.py").write_text(PLANTED.format(line=lines))
        planted: type = import_module("planted").Planted
        return planted

    yield write
    sys.modules.pop("planted", None)


def test_what_is_planted_is_loaded_in_a_worker_anyway() -> None:
    import_module("serving.coordination")

    assert {"psycopg", "activities.records", "models.tables.cases"} <= set(sys.modules)


@pytest.mark.parametrize("line", REFUSED.values(), ids=REFUSED)
def test_a_workflow_that_reaches_out_stops_the_start(
    rig: Rig, plant: Callable[[str], type], line: str
) -> None:
    workflow = plant(line)

    with pytest.raises(RuntimeError, match="Failed validating workflow Planted") as why:
        rig.do(build(rig.client, workflow))

    assert isinstance(why.value.__cause__, UnintentionalPassthroughError)


def test_a_workflow_may_use_what_cannot_reach_out(
    rig: Rig, plant: Callable[[str], type]
) -> None:
    rig.do(load(plant(ALLOWED)))


def test_workers_and_replays_have_one_sandbox() -> None:
    restrictions = temporal.runner().restrictions

    assert isinstance(temporal.runner(), SandboxedWorkflowRunner)
    assert not restrictions.passthrough_all_modules
    assert not {"workflows", "activities", "models"} & restrictions.passthrough_modules
