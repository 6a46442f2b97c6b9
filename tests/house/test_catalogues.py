"""Each act, port, event and error is in every list it belongs to, exactly once."""

import ast
import inspect
import re
from collections import Counter
from importlib import import_module
from typing import get_args, get_type_hints

import pytest
import typer
from temporalio import activity

import cli
from activities import ports
from activities.recording.catalogue import RECORDERS
from activities.records import Records
from commands.terminal.errors import exit_code
from models import errors
from models.act_kinds import ActKind
from models.errors import EstafetteError
from models.events import EventKind
from models.kinds.catalogue import KINDS
from models.messages.acts import ActMessage
from tests.house.tree import ROOT, name_of, product, tree
from tests.pieces.packs import PACKS

# Acts of a route that is written and validated, and not played yet.
OF_ANOTHER_ROUTE = {ActKind.INTENTION_NOTIFY, ActKind.INTENTION_OBJECT}
MESSAGES = get_args(get_args(ActMessage)[0])
DECLARED = {
    name: port
    for name, port in vars(ports).items()
    if inspect.isfunction(port) and port.__module__ == ports.__name__
}
ERRORS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, EstafetteError)
]


def kind_of(message: type) -> ActKind:
    return ActKind(message.model_fields["kind"].default)


def test_each_act_has_one_recorder() -> None:
    assert set(RECORDERS) == set(ActKind) - OF_ANOTHER_ROUTE
    assert max(Counter(RECORDERS.values()).values()) == 1


def test_each_act_has_one_message() -> None:
    kinds = [kind_of(message) for message in MESSAGES]

    assert Counter(kinds) == Counter(RECORDERS.keys())


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.__name__)
def test_each_recorder_takes_the_message_of_its_act(message: type) -> None:
    recorder = RECORDERS[kind_of(message)]
    _, parameter = list(inspect.signature(recorder).parameters)

    assert get_type_hints(recorder)[parameter] is message


def test_each_act_stands_in_a_pack() -> None:
    listed = {row.act for pack in PACKS.packs for row in pack.acts}

    assert listed == set(ActKind)


def test_acts_that_nobody_records_stand_in_no_pack_that_is_in_force() -> None:
    for pack in PACKS.packs:
        acts = {row.act for row in pack.acts}
        assert pack.status == "unconfirmed" or not acts & OF_ANOTHER_ROUTE, pack.id


@pytest.mark.parametrize("kind", RECORDERS)
def test_each_act_can_be_done_from_the_command_line(kind: ActKind) -> None:
    noun, _, verb = kind.partition(".")
    module, _ = cli.Nouns.nouns[noun]
    commands = typer.main.get_group(import_module(module).app).commands

    verb = verb.replace("_", "-")
    assert verb in commands
    assert commands[verb].help


@pytest.mark.parametrize("name", DECLARED)
def test_each_port_has_one_adapter_with_its_name_and_signature(name: str) -> None:
    port, adapter = DECLARED[name], getattr(Records, name)
    _, *parameters = inspect.signature(adapter).parameters.values()
    promised = inspect.signature(port)

    assert _activity_name(adapter) == _activity_name(port) == name
    assert parameters == list(promised.parameters.values())
    assert get_type_hints(adapter) == get_type_hints(port)


def test_a_worker_serves_each_port_once_and_nothing_else() -> None:
    served = [_activity_name(each) for each in Records(None).catalogue()]  # type: ignore[arg-type]

    assert Counter(served) == Counter(DECLARED.keys())


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_each_error_has_an_exit_code_of_its_kind(kind: type[EstafetteError]) -> None:
    code = exit_code(kind("something is wrong"))

    assert 0 < code < 64
    assert (code == 1) == (kind is EstafetteError)


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_each_error_says_when_it_is_raised(kind: type[EstafetteError]) -> None:
    assert kind is EstafetteError or (kind.__doc__ or "").startswith("Raised when ")


def test_each_error_is_raised_somewhere_or_groups_those_that_are() -> None:
    named = {
        node.id if isinstance(node, ast.Name) else node.attr
        for file in product()
        if name_of(file) != "models/errors.py"
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Name | ast.Attribute)
    }

    assert not [
        kind.__name__
        for kind in ERRORS
        if kind.__name__ not in named and not kind.__subclasses__()
    ]


def test_each_event_has_its_line_in_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "events.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\| `([\w.]+)` \| .+ \|$", page, re.MULTILINE)

    assert Counter(lines) == Counter([*EventKind, *ActKind])


@pytest.mark.parametrize("kind", EventKind)
def test_each_event_is_written_by_something(kind: EventKind) -> None:
    assert [
        name_of(file)
        for file in product()
        if not name_of(file).startswith("models/")
        and KINDS[kind].__name__ in file.read_text(encoding="utf-8")
    ]


def _activity_name(function: object) -> str:
    definition = activity._Definition.must_from_callable(function)  # type: ignore[arg-type]
    assert definition.name
    return definition.name
