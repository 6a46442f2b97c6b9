"""Time, chance and durations are arguments wherever a replay must agree."""

import ast
from pathlib import Path

import pytest

from runtime import temporal
from tests.house.tree import called, imported, name_of, product, tree

CHANCE = {"random", "secrets", "time", "os"}
NOW = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "uuid4"),
    *("uuid1", "uuid.uuid4", "time.time", "os.urandom"),
}
# Units of machine affairs; a day or a week could only be a term of the law.
MACHINE_UNITS = {"milliseconds", "seconds", "minutes"}
LIBRARY = {"__future__", "asyncio", "collections", "datetime", "functools", "typing"}


def of(*packages: str) -> list[Path]:
    return [file for file in product() if name_of(file).partition("/")[0] in packages]


PURE = of("workflows", "policies", "models", "ledger")
WORKFLOWS = of("workflows")


@pytest.mark.parametrize("file", PURE, ids=name_of)
def test_nothing_pure_asks_for_time_or_chance(file: Path) -> None:
    roots = {name.partition(".")[0] for name in imported(file)}

    assert not called(file) & NOW
    assert not roots & CHANCE


def test_the_clock_at_the_wall_is_recognised() -> None:
    source = ast.parse("x = datetime.now(UTC)")
    calls = {ast.unparse(n.func) for n in ast.walk(source) if isinstance(n, ast.Call)}

    assert calls & NOW


@pytest.mark.parametrize("file", WORKFLOWS, ids=name_of)
def test_workflows_import_only_what_the_sandbox_lets_through(file: Path) -> None:
    passed = (*temporal.PURE, "workflows", "temporalio", *LIBRARY)

    assert not [
        name
        for name in imported(file)
        if not any(name == root or name.startswith(f"{root}.") for root in passed)
    ]


@pytest.mark.parametrize("file", WORKFLOWS, ids=name_of)
def test_workflows_know_activities_by_the_page_of_signatures_only(file: Path) -> None:
    named = {name for name in imported(file) if name.startswith("activities")}

    assert all(name.startswith("activities.ports") for name in named)


@pytest.mark.parametrize("file", WORKFLOWS, ids=name_of)
def test_no_workflow_holds_a_term_of_the_law(file: Path) -> None:
    spans = [
        call
        for call in ast.walk(tree(file))
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("timedelta")
    ]

    for span in spans:
        assert not span.args, ast.unparse(span)
        assert {each.arg for each in span.keywords} <= MACHINE_UNITS, ast.unparse(span)
