"""A worker refuses to start with a workflow that could reach the world."""

import sys
from pathlib import Path

import pytest
from temporalio.worker import Replayer
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from runtime import temporal
from workflows.catalogue import WORKFLOWS

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
    "the vault": "from vault.keyring import Keyring",
    "the driver": "import psycopg",
    "a query library": "from sqlalchemy import select",
    "settings": "from runtime.settings import load_settings",
}
ALLOWED = {
    "the page of signatures": "from activities.ports import record",
    "values": "from models.process import Outcome",
    "the law as data": "from models.law.clocks import Clock",
    "rules": "from policies.clocks import count",
}


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Plant a workflow module, load it like a worker does, and start with it."""
    # Everything of ours is loaded already, as it is in a worker.
    __import__("worker")
    monkeypatch.syspath_prepend(str(tmp_path))

    def plant(line: str) -> None:
        (tmp_path / "planted.py").write_text(PLANTED.format(line=line))
        monkeypatch.delitem(sys.modules, "planted", raising=False)
        planted = __import__("planted")
        Replayer(workflows=[planted.Planted], workflow_runner=temporal.runner())

    yield plant
    sys.modules.pop("planted", None)


@pytest.mark.parametrize("line", REFUSED.values(), ids=REFUSED)
def test_a_workflow_that_reaches_out_stops_the_start(start, line: str) -> None:
    with pytest.raises(RuntimeError, match="Failed validating workflow Planted"):
        start(line)


@pytest.mark.parametrize("line", ALLOWED.values(), ids=ALLOWED)
def test_a_workflow_may_use_what_cannot_reach_out(start, line: str) -> None:
    start(line)


def test_our_workflows_are_let_through() -> None:
    Replayer(workflows=WORKFLOWS, workflow_runner=temporal.runner())


def test_workers_and_replays_have_one_sandbox() -> None:
    restrictions = temporal.runner().restrictions

    assert isinstance(temporal.runner(), SandboxedWorkflowRunner)
    assert not restrictions.passthrough_all_modules
    assert not {"workflows", "activities", "models"} & restrictions.passthrough_modules
