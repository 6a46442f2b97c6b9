"""Cases that began under a released version go on under this one.

The histories in `histories/VERSION` come from `record_histories.py`; none is ever
changed or deleted while a case that began with it may still run.
"""

import asyncio
import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from models.errors import CiphertextInvalid
from runtime import temporal
from runtime.codec import SealedPayloads
from tests.replay.careless import CarelessCase
from tests.replay.key import KEY
from workflows.catalogue import WORKFLOWS

HISTORIES = sorted((Path(__file__).parent / "histories").rglob("*.json"))
# What the play says of people and places; none of it may be in a history.
CONTENT = ("Lavage", "Exemple", "0308357159", "85073003328", "Camille", "permis")


def recorded(file: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json("recorded", file.read_text(encoding="utf-8"))


def replay(
    file: Path, workflows: tuple[type, ...] = WORKFLOWS, key: bytes = KEY
) -> None:
    async def play_back() -> None:
        replayer = Replayer(
            workflows=workflows,
            workflow_runner=temporal.runner(),
            data_converter=temporal.converter(key),
        )
        await replayer.replay_workflow(recorded(file))

    asyncio.run(play_back())


def payloads(part: Any) -> Iterator[Payload]:
    """Every payload of a history, as the server stores it."""
    if isinstance(part, dict) and {"metadata", "data"} <= part.keys():
        metadata = {k: base64.b64decode(v) for k, v in part["metadata"].items()}
        yield Payload(metadata=metadata, data=base64.b64decode(part["data"]))
    elif isinstance(part, dict):
        for value in part.values():
            yield from payloads(value)
    elif isinstance(part, list):
        for value in part:
            yield from payloads(value)


def opened(file: Path) -> list[str]:
    """What a history says to whoever holds its key."""
    stored = list(payloads(json.loads(file.read_text(encoding="utf-8"))))
    sealed = [each for each in stored if each.metadata["encoding"].startswith(b"bin")]
    found = asyncio.run(SealedPayloads(KEY).decode(sealed))
    return [each.data.decode() for each in found]


def test_there_is_a_history_of_each_ending() -> None:
    assert {file.stem for file in HISTORIES} >= {"measure", "no_measure"}


@pytest.mark.parametrize("file", HISTORIES, ids=lambda file: file.stem)
def test_a_recorded_case_is_replayed_without_a_difference(file: Path) -> None:
    replay(file)


@pytest.mark.parametrize("file", HISTORIES, ids=lambda file: file.stem)
def test_a_change_that_breaks_running_cases_is_noticed(file: Path) -> None:
    with pytest.raises(NondeterminismError):
        replay(file, (CarelessCase,))


@pytest.mark.parametrize("file", HISTORIES, ids=lambda file: file.stem)
def test_a_history_is_replayed_only_with_its_own_key(file: Path) -> None:
    # The text of a failure is encrypted too; its kind is told by name.
    said = "does not open|CiphertextInvalid"
    with pytest.raises((CiphertextInvalid, RuntimeError), match=said):
        replay(file, key=bytes(32))


@pytest.mark.parametrize("file", HISTORIES, ids=lambda file: file.stem)
def test_a_history_holds_words_of_the_procedure_and_no_content(file: Path) -> None:
    said = opened(file)
    said.append(file.read_text(encoding="utf-8"))

    assert any('"stage":"closed"' in text for text in said)
    for word in (*CONTENT, "anderlecht", "handler"):
        assert not [text for text in said if word.lower() in text.lower()]
