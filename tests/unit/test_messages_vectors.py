"""What earlier releases wrote is still read: messages, words, names and errors.

`tests/vectors/messages.json` has one section per release that changed a message. A
section is added when a field or a word is; none is ever changed afterwards.
"""

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from activities import ports
from models import (
    act_kinds,
    control,
    errors,
    events,
    handoffs,
    intents,
    items,
    people,
    proceedings,
    process,
    secrecy,
)
from models.ids import CaseId, workflow_id
from models.law import decisions
from models.messages.acts import ActMessage, act_message

VECTORS = Path(__file__).parents[1] / "vectors"
RELEASES: dict[str, Any] = json.loads((VECTORS / "messages.json").read_text())
WIRE: dict[str, Any] = json.loads((VECTORS / "wire_names.json").read_text())
NEWEST = RELEASES[max(RELEASES)]
ACTS = {kind.__name__: kind for kind in get_args(get_args(ActMessage)[0])}
HOMES = (
    *(act_kinds, control, events, handoffs, intents, items, people),
    *(proceedings, process, secrecy),
    decisions,
)


def written(part: str) -> list[Any]:
    """Every message of a part that any release wrote."""
    return [
        pytest.param(name, values, id=f"{release} {name}")
        for release, parts in RELEASES.items()
        for name, values in parts[part].items()
    ]


def within(old: Any, new: Any) -> bool:
    """Whether everything that was written comes back, however much is new."""
    if isinstance(old, dict):
        return isinstance(new, dict) and all(
            key in new and within(value, new[key]) for key, value in old.items()
        )
    if isinstance(old, list):
        return len(old) == len(new) and all(map(within, old, new))
    return bool(old == new)


@pytest.mark.parametrize(("name", "values"), written("acts"))
def test_an_act_that_was_written_is_read_as_it_was_meant(name, values) -> None:
    message = act_message.validate_python(values)

    assert type(message).__name__ == name
    assert within(values, message.model_dump(mode="json"))


@pytest.mark.parametrize(("name", "values"), written("process"))
def test_what_a_process_was_told_is_read_as_it_was_meant(name, values) -> None:
    message = getattr(process, name).model_validate(values)

    assert within(values, message.model_dump(mode="json"))


@pytest.mark.parametrize(("name", "values"), written("process"))
def test_what_a_later_release_adds_is_passed_over(name, values) -> None:
    kind = getattr(process, name)

    assert kind.model_validate(values | {"new": 1}) == kind.model_validate(values)


@pytest.mark.parametrize(("name", "known"), written("words"))
def test_a_word_that_was_written_keeps_its_meaning(name, known) -> None:
    (kind,) = {vars(home)[name] for home in HOMES if name in vars(home)}

    assert set(known) <= {each.value for each in kind}


def test_the_newest_release_has_every_message_with_every_field() -> None:
    told = {name: getattr(process, name) for name in NEWEST["process"]}

    assert NEWEST["acts"].keys() == ACTS.keys()
    for name, kind in (ACTS | told).items():
        values = NEWEST["acts"].get(name) or NEWEST["process"][name]
        assert set(values) == set(kind.model_fields), name


@pytest.mark.parametrize(("name", "base"), WIRE["errors"].items())
def test_an_error_that_was_recorded_is_still_known_for_what_it_is(name, base) -> None:
    assert issubclass(getattr(errors, name), getattr(errors, base))


def test_every_error_is_among_those_that_are_recorded() -> None:
    known = {
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.EstafetteError)
    }

    assert known - {"EstafetteError"} == WIRE["errors"].keys()


def test_processes_are_found_under_the_names_they_were_started_with() -> None:
    names = dict(WIRE["names"])
    called = names.pop("ports")

    assert {name: getattr(process, name) for name in names} == names
    assert all(callable(getattr(ports, port)) for port in called)
    case = NEWEST["process"]["ActPointer"]["case"]
    assert workflow_id(CaseId(case)) == f"case-{case}"
