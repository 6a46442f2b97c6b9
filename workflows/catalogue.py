"""The workflows that a worker serves and that replays are run with."""

from __future__ import annotations

from workflows.case import CaseWorkflow
from workflows.retention import RetentionWorkflow

WORKFLOWS: tuple[type, ...] = (CaseWorkflow, RetentionWorkflow)
