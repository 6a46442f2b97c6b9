"""Who works on a case, typed by everybody concerned, as pages and as documents."""

from datetime import timedelta

import pytest

from models.ids import CaseId
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.running.terminal import Terminal
from tests.running.world import World

SECOND, CHIEF = "anderlecht/second", "anderlecht/supervisor"


@pytest.fixture
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


def test_a_designation_is_given_shown_and_ended(
    terminal: Terminal, case: CaseId
) -> None:
    at = terminal
    at.do(MAYOR, "case", "designate", case, SECOND)
    shown = at.do(SECOND, "case", "show", case)
    page = at.run("case", "show", case, "--as", SECOND)
    at.do(MAYOR, "case", "release", case, SECOND)
    last = at.ask(MAYOR, "case", "release", case, HANDLER)

    assert SECOND in {each["officer"] for each in shown["designated"]}
    assert "AND-015" in page.out
    assert at.ask(SECOND, "case", "show", case).code == 3
    assert (last.code, last.error["error"]) == (5, "TransitionNotAllowed")
    assert "estafette case designate" in last.error["help"]


def test_a_supervisor_of_a_partner_names_who_goes_on(
    terminal: Terminal, world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))
    chief, colleague = "pz-midi/supervisor", "pz-midi/second"

    terminal.do(chief, "handoff", "designate", handoff, colleague)
    terminal.do(chief, "case", "release", case, POLICE)
    named = terminal.do(chief, "case", "people", case)["designated"]

    assert {each["officer"] for each in named} == {colleague}


def test_a_conflict_of_interest_is_declared_found_and_ended(
    terminal: Terminal, case: CaseId
) -> None:
    at = terminal
    at.do(HANDLER, "case", "recuse", case, "--ground", "family")
    at.do(CHIEF, "case", "exclude", case, "--officer", SECOND, "--ground", "personal")
    kept_out = at.do(CHIEF, "case", "people", case)["excluded"]
    page = at.run("case", "people", case, "--as", CHIEF)
    unknown = at.ask(MAYOR, "case", "recuse", case, "--ground", "tired")
    hidden = at.ask(HANDLER, "case", "show", case)
    at.do(MAYOR, "case", "readmit", case, "--officer", HANDLER)

    grounds = {each["officer"]: each["ground"] for each in kept_out}
    assert grounds == {HANDLER: "family", SECOND: "personal"}
    assert "personal" in page.out
    assert (unknown.code, hidden.code) == (2, 3)


def test_a_cover_is_arranged_listed_and_ended(
    terminal: Terminal, cast: Cast, case: CaseId
) -> None:
    at, until = terminal, cast.today + timedelta(days=10)
    days = ("--from", cast.today, "--until", until)
    words = ("officer", "cover", "--absent", HANDLER, "--by", SECOND, *days)

    done = at.do(CHIEF, *words, "--case", case)
    refused = at.ask(HANDLER, *words)
    listed = at.do(SECOND, "officer", "covers")
    page = at.run("officer", "covers", "--as", CHIEF)
    seen = at.ask(SECOND, "case", "show", case)
    at.do(CHIEF, "officer", "return", "--absent", HANDLER)

    assert len(done["receipts"]) == 1 and refused.code == 4
    assert str(case) in {each["case"] for each in listed}
    assert SECOND in page.out and str(case)[:8] in page.out
    assert seen.code == 0
    assert at.ask(SECOND, "case", "show", case).code == 3


def test_an_emergency_is_declared_by_the_whole_id_and_reviewed(
    terminal: Terminal, case: CaseId
) -> None:
    at = terminal
    words = ("--ground", "danger", "--hours", 2)
    short = at.ask(SECOND, "case", "break-glass", str(case)[:8], *words)
    done = at.do(SECOND, "case", "break-glass", case, *words)
    seen = at.do(SECOND, "case", "show", case)
    waiting = at.do(CHIEF, "handoff", "inbox")["reviews"]
    page = at.run("handoff", "inbox", "--as", CHIEF)
    at.do(CHIEF, "case", "review", case, "--outcome", "justified")

    assert (short.code, short.error["error"]) == (2, "InvalidInput")
    assert done["glass"] in {each["id"] for each in waiting}
    assert seen["items"] and "emergencies to review" in page.out
    assert at.ask(SECOND, "case", "show", case).code == 3
    nothing = at.ask(CHIEF, "case", "review", case, "--outcome", "justified")
    assert nothing.code == 3
