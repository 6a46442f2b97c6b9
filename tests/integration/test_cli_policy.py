"""Rulings about real items, explained inside the walls."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from acts import emergencies
from models.agencies import OfficerFunction
from models.ids import CaseId, ItemId
from models.people import GlassGround
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.deeds.staff import hire
from tests.running.terminal import Terminal
from tests.running.world import World

SECOND, SUPERVISOR = "anderlecht/second", "anderlecht/supervisor"
STRANGER = "saint-gilles/handler"


def count(world: World) -> list[int]:
    """How many rulings and releases there are."""
    tables = ("ruling", "release")
    return [world.one(f"select count(*) from {name}") for name in tables]  # noqa: S608


def test_the_answer_for_a_real_item_is_that_of_the_read(
    terminal: Terminal, cast: Cast, item: ItemId
) -> None:
    explained = terminal.do(HANDLER, "policy", "explain", "--item", item)
    shown = terminal.do(HANDLER, "item", "show", item, "--reason", "checking")

    assert explained["verdict"] == "allow"
    assert [p["policy"] for p in explained["policies"]] == ["designated-reads"]
    assert explained["facts"]["item"] == str(item)
    assert UUID(shown["ruling"])


def test_explaining_reads_nothing_and_leaves_no_trace(
    terminal: Terminal, world: World, item: ItemId
) -> None:
    before = count(world)
    explained = terminal.ask(HANDLER, "policy", "explain", "--item", item)

    assert count(world) == before
    assert "Deux plaintes" not in explained.out


@pytest.mark.parametrize(
    ("who", "verdict", "by"),
    [
        (SECOND, "deny", []),
        (SUPERVISOR, "deny", ["no-content-for-supervisors"]),
        (MAYOR, "allow", ["designated-reads", "mayor-reads"]),
    ],
)
def test_a_colleague_may_be_asked_about(
    terminal: Terminal, item: ItemId, who: str, verdict: str, by: list[str]
) -> None:
    found = terminal.do(HANDLER, "policy", "explain", "--item", item, "--who", who)

    assert found["facts"]["officer"] == who
    assert found["verdict"] == verdict
    assert [p["policy"] for p in found["policies"]] == by


def test_a_colleague_s_emergency_is_explained_to_superiors_and_to_that_officer_only(
    terminal: Terminal, world: World, cast: Cast, case: CaseId, item: ItemId
) -> None:
    who = hire(world, cast, "anderlecht/hurried", OfficerFunction.HANDLER)
    ground = GlassGround.DANGER
    world.do(emergencies.break_glass(cast.desk, cast.officer(who), case, ground, 4))
    words = ("policy", "explain", "--item", item, "--who", who)

    told = {by: terminal.do(by, *words)["facts"] for by in (HANDLER, MAYOR, who)}

    assert {by: facts["break_glass"] for by, facts in told.items()} == {
        HANDLER: False,
        MAYOR: True,
        who: True,
    }


def test_the_day_decides_whether_somebody_was_designated(
    terminal: Terminal, cast: Cast, item: ItemId
) -> None:
    before = (cast.today - timedelta(days=1)).isoformat()
    words = ("policy", "explain", "--item", item, "--date")

    assert terminal.do(HANDLER, *words, cast.today)["facts"]["designated"]
    assert not terminal.do(HANDLER, *words, before)["facts"]["designated"]


def test_the_law_of_the_route_says_whom_an_item_may_go_to(
    terminal: Terminal, item: ItemId
) -> None:
    words = ("policy", "explain", "--item", item, "--action", "disclose", "--audience")

    allowed = terminal.do(HANDLER, *words, "deipp")
    refused = terminal.do(HANDLER, *words, "spf-finances")

    assert (allowed["verdict"], refused["verdict"]) == ("allow", "deny")
    assert allowed["sources"] and not refused["sources"]
    assert allowed["sources"][0]["article"]


@pytest.mark.parametrize("asker", [STRANGER, POLICE, SECOND, SUPERVISOR])
def test_a_hidden_item_and_an_absent_one_are_explained_alike(
    terminal: Terminal, item: ItemId, asker: str
) -> None:
    """Asking about a colleague who sees it opens nothing either."""
    told = []
    for tried in (item, uuid4()):
        for who in (asker, HANDLER, POLICE):
            words = ("policy", "explain", "--item", tried, "--who", who)
            answer = terminal.ask(asker, *words)
            assert (answer.code, answer.out) == (3, "")
            told.append(answer.err.replace(str(tried), "..."))

    assert len(set(told)) == 1


def test_what_another_agency_may_see_is_not_explained(
    terminal: Terminal, item: ItemId
) -> None:
    told = terminal.ask(
        HANDLER, "policy", "explain", "--item", item, "--who", "deipp/analyst"
    )

    # As of an officer whom nobody knows: elsewhere they have no names.
    assert (told.code, told.error["error"]) == (3, "NotFound")
    assert "own agency" in told.error["help"]


def test_a_colleague_s_exclusion_is_explained_to_superiors_only(
    terminal: Terminal, case: CaseId, item: ItemId
) -> None:
    words = ("policy", "explain", "--item", item, "--who", SECOND)
    before = terminal.do(HANDLER, *words)
    excluding = ("--officer", SECOND, "--ground", "family")
    terminal.do(MAYOR, "case", "exclude", case, *excluding)

    told, known = terminal.do(HANDLER, *words), terminal.do(MAYOR, *words)
    terminal.do(MAYOR, "case", "readmit", case, "--officer", SECOND)

    assert told == before and not told["facts"]["excluded"]
    assert known["facts"]["excluded"]
    assert "conflict-of-interest" in {each["policy"] for each in known["policies"]}
