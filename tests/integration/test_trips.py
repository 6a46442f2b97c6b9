"""How often the database is asked for what officers wait for: no more than it takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from acts.items.reading import read_item
from acts.pages.lists import list_cases
from acts.pages.post import show_post
from acts.pages.today import show_today
from acts.pages.whole_case import show_whole_case
from acts.pages.whole_handoff import show_whole_handoff
from models.errors import NotFound
from models.ids import CaseId, HandoffId, ItemId
from models.pages import Window
from storage.people import signing_in
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.running.statements import executed
from tests.running.world import World

SECOND = "anderlecht/second"  # a colleague who is named for no case


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect what is said to the database, but for the demo's clock."""
    said: list[str] = []
    with executed() as everything:
        yield said
    said.extend(text for text, _ in everything if "demo_clock" not in text)


def test_a_fail_closed_read_takes_seven_statements(
    world: World, cast: Cast, item: ItemId
) -> None:
    reader = cast.reader(HANDLER)
    read_item(world.desk, reader, item)  # what is loaded once, is loaded

    with statements() as said:
        read_item(world.desk, reader, item)

    proving = [each for each in said if "INSERT INTO" in each]
    assert [each.count("INSERT INTO") for each in proving] == [6]
    assert len(said) == 7, said


def test_a_page_of_cases_of_which_terms_run_takes_three_statements(
    world: World, cast: Cast, case: CaseId
) -> None:
    reader = cast.reader(HANDLER)
    # In this stage nothing was decided, so nothing is appealed.
    stage = world.one("select stage from case_file where id = %s", case)
    of_items = world.one(
        "select count(*) from case_file where stage = %s and next_clock is null"
        " and next_due < '9999-12-31'",
        stage,
    )

    with statements() as said:
        list_cases(world.desk, reader, stage=stage)

    assert len(said) == (4 if of_items else 3), said


def test_a_page_of_one_case_comes_in_one_trip(
    world: World, cast: Cast, case: CaseId
) -> None:
    reader = cast.reader(HANDLER)
    show_whole_case(world.desk, reader, case)

    with statements() as said:
        show_whole_case(world.desk, reader, case)

    assert sum("json_agg" in each for each in said) == 1
    assert sum("INSERT INTO" in each for each in said) == 1
    assert len(said) == 4, said


@pytest.mark.parametrize("is_there", [False, True])
def test_a_case_that_is_not_shown_costs_one_look(
    world: World, cast: Cast, case: CaseId, is_there: bool
) -> None:
    reader = cast.reader(SECOND)
    asked = case if is_there else CaseId(uuid4())

    with statements() as said, pytest.raises(NotFound):
        show_whole_case(world.desk, reader, asked)

    assert len(said) == 2 and "json_agg" not in said[-1], said


@pytest.mark.parametrize("is_there", [False, True])
def test_a_question_that_is_not_shown_costs_one_look(
    world: World, cast: Cast, case: CaseId, is_there: bool
) -> None:
    handoff = world.do(cast.ask(case))
    asked = handoff if is_there else HandoffId(uuid4())

    with statements() as said, pytest.raises(NotFound):
        show_whole_handoff(world.desk, cast.reader(SECOND), asked)

    assert len(said) == 2 and "json_agg" not in said[-1], said


def test_whoever_finds_nothing_waits_once_and_keeps_no_connection(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    lent: list[int] = []
    pool = world.desk.database.pool

    def note(_began: float) -> None:
        lent.append(pool.checkedout())  # type: ignore[attr-defined]

    monkeypatch.setattr("storage.sessions._wait", note)
    with pytest.raises(NotFound):
        show_whole_case(world.desk, cast.reader(HANDLER), CaseId(uuid4()))

    assert lent == [0]


def test_a_page_of_one_question_comes_in_one_trip(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case))
    for reader in (cast.reader(HANDLER), cast.reader(POLICE)):
        show_whole_handoff(world.desk, reader, handoff)

        with statements() as said:
            show_whole_handoff(world.desk, reader, handoff)

        assert sum("json_agg" in each for each in said) == 1
        assert len(said) == 4, said


def test_a_page_of_notices_with_what_is_beside_them_takes_four_statements(
    world: World, cast: Cast
) -> None:
    reader = cast.reader(HANDLER)
    show_post(world.desk, reader, Window())

    with statements() as said:
        show_post(world.desk, reader, Window())

    assert len(said) == 4, said


def test_what_home_shows_beside_cases_comes_in_one_trip(
    world: World, cast: Cast, case: CaseId
) -> None:
    reader, window = cast.reader(HANDLER), Window(limit=10)
    show_today(world.desk, reader, window)

    with statements() as said:
        show_today(world.desk, reader, window)

    parts = ("handoff", "notice", "glass", "notice_seen", "intent", "opening_draft")
    asked = [each for each in said if any(f"FROM {part} " in each for part in parts)]
    assert len(asked) == 1, said


def test_who_shows_a_token_is_asked_in_one_statement(world: World) -> None:
    with statements() as said:
        assert (
            signing_in.find(world.desk.database, b"t" * 32, datetime.now(UTC)) is None
        )

    assert len(said) == 1, said
