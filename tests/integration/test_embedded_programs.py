"""The two small programs that containers run: migrate and health."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.embedded.stack import Stack
from runtime.roles import Role
from tests.running.servers import ROOT, one, open_place

WORKER = """
import asyncio, sys
from temporalio import workflow
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker
from runtime.settings import load_settings

@workflow.defn
class Nothing:
    @workflow.run
    async def run(self) -> None: ...

async def main() -> None:
    settings = load_settings()
    client = await Client.connect(settings.temporal(), namespace="estafette")
    worker = Worker(
        client, task_queue=settings.task_queue, workflows=[Nothing],
        workflow_runner=UnsandboxedWorkflowRunner(),
    )
    async with worker:
        await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with open_place() as place, Stack(place) as running:
        yield running


def run(module: str, data: Path) -> "subprocess.CompletedProcess[str]":
    names = ("ESTAFETTE_", "DATABASE_", "TEMPORAL_")
    clean = {k: v for k, v in os.environ.items() if not k.startswith(names)}
    return subprocess.run(
        [sys.executable, "-m", module],
        cwd=ROOT,
        env=clean | {"ESTAFETTE_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_migrating_twice_leaves_tables_that_the_owner_owns(stack: Stack) -> None:
    data = stack.endpoints().data_directory

    codes = [run("runtime.migrate", data).returncode for _ in range(2)]

    query = "select count(*) from pg_tables where tableowner = 'estafette_owner'"
    assert codes == [0, 0]
    assert one(stack.endpoints().databases[Role.ACTS], query) != 0


def test_migrating_without_a_database_says_what_is_missing(tmp_path: Path) -> None:
    done = run("runtime.migrate", tmp_path)

    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_health_follows_worker_engine_and_database(stack: Stack) -> None:
    data = stack.endpoints().data_directory
    assert "no worker" in run("runtime.health", data).stderr

    stack.add_process(
        "worker", (sys.executable, "-c", WORKER), {"PYTHONPATH": str(ROOT)}
    )
    while (healthy := run("runtime.health", data)).returncode != 0:
        assert "no worker" in healthy.stderr

    stack.kill("temporal")
    assert "Temporal" in run("runtime.health", data).stderr
    stack.kill("postgres")
    assert "database" in run("runtime.health", data).stderr
