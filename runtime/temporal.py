"""The Temporal client and the sandbox that workers and replays share."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Sequence
from pkgutil import iter_modules

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import PollerInfo, TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import (
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
)
from temporalio.worker.workflow_sandbox import (
    SandboxedWorkflowRunner,
    SandboxRestrictions,
)
from temporalio.workflow import SandboxImportNotificationPolicy

import models
from models.errors import EngineUnavailable
from runtime.codec import SealedPayloads
from runtime.keys import payload_key
from runtime.settings import Settings

# Seconds; left alone, the client tries for six to ten, and an act waits for this.
_PATIENCE = 2.5

# What workflows may import: the page of signatures, rules, and values but no rows.
# Anything else that slips in stops the worker's start.
PURE = (
    "activities.ports",
    "policies",
    *(
        f"models.{found.name}"
        for found in iter_modules(models.__path__)
        if found.name != "tables"
    ),
)
_POLICY = (
    SandboxImportNotificationPolicy.WARN_ON_DYNAMIC_IMPORT
    | SandboxImportNotificationPolicy.RAISE_ON_UNINTENTIONAL_PASSTHROUGH
)


def converter(key: bytes) -> DataConverter:
    """Return the converter: Pydantic values, encrypted; texts of failures too."""
    return dataclasses.replace(
        pydantic_data_converter,
        payload_codec=SealedPayloads(key),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )


def runner() -> SandboxedWorkflowRunner:
    """Return the sandbox in which workflows run and are replayed."""
    restrictions = dataclasses.replace(
        SandboxRestrictions.default.with_passthrough_modules(*PURE),
        import_notification_policy=_POLICY,
    )
    return SandboxedWorkflowRunner(restrictions=restrictions)


async def connect(settings: Settings) -> Client:
    """Connect to Temporal, or give up within our own deadline.

    Raises:
        EngineUnavailable: nobody answers there.
    """
    address = settings.temporal()
    try:
        async with asyncio.timeout(_PATIENCE):
            return await Client.connect(
                address,
                namespace=settings.temporal_namespace,
                data_converter=converter(payload_key(settings)),
            )
    except (RuntimeError, TimeoutError) as error:
        raise EngineUnavailable(
            f"the process engine at `{address}` does not answer",
            help="start it with `estafette demo up`, or check TEMPORAL_ADDRESS",
        ) from error


async def pollers(client: Client, queue: str) -> Sequence[PollerInfo]:
    """Return the workers that lately asked a task queue for work on workflows."""
    request = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    return (await client.workflow_service.describe_task_queue(request)).pollers
