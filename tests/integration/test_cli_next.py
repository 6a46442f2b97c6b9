"""What can be done next, and what a case waits for once its terms are over."""

from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from acts.next_steps import next_on_case
from models.act_kinds import ActKind
from models.ids import CaseId
from models.proceedings import AppealResult
from tests.deeds.cast import DEIPP, HANDLER, MAYOR, POLICE, SUBJECT, Cast
from tests.deeds.measures import (
    COLLEGE,
    confirm,
    judge,
    last_day,
    lodge,
    propose_measure,
    take_measure,
)
from tests.running.terminal import Terminal
from tests.running.world import World, eventually

NEXT = "next "


def next_line(at: Terminal, who: str, *words: object) -> str:
    """Do an act for a person, and return what is said to come next."""
    answer = at.run(*words, "--as", who)
    assert answer.code == 0, answer.err
    (line,) = [x for x in answer.out.splitlines() if x.startswith(NEXT)] or [""]
    return line.removeprefix(NEXT).strip()


def test_who_opens_a_case_is_told_what_can_be_done(
    cast: Cast, terminal: Terminal, tmp_path: Path
) -> None:
    subject = tmp_path / "subject.json"
    subject.write_bytes(orjson.dumps(SUBJECT))
    words = ("case", "open", "--activity", "car_wash", "--subject", subject,
             "--facts", "Faits.", "--confirm-all")  # fmt: skip

    told = next_line(terminal, MAYOR, *words)
    page = terminal.run(*words, "--as", MAYOR).out
    document = terminal.do(MAYOR, *words)

    assert told == ("estafette item add, estafette handoff ask, estafette case close")
    assert [step["command"] for step in document["next"]] == told.split(", ")
    (case,) = [
        line
        for line in cast.cases(MAYOR).values()
        if str(line.case.id) == document["case"]
    ]
    assert document["last_day"] == str(case.next_due)
    assert f"{case.next_due:%d/%m/%Y}" in page


def test_the_register_and_then_the_advice_come_when_they_can(
    world: World, cast: Cast, terminal: Terminal
) -> None:
    """What would be refused for lack of an answer is not said."""
    case = world.do(cast.open_case())
    fact = ("item", "add", case, "--source", "src.3", "--text", "Un constat.")
    query = ("register", "query", case, "--to", "deipp", "--motivation", "Indices.")

    added = next_line(terminal, HANDLER, *fact)
    queried = next_line(terminal, HANDLER, *query)
    (register,) = [h.id for h in cast.file(case).handoffs]
    world.do(cast.receive(register, who="deipp/registrar"))
    world.do(cast.answer(register, who="deipp/registrar", hit=False))
    answered = next_line(terminal, HANDLER, *fact)

    gather = "estafette item add, estafette handoff ask"
    close = "estafette case close (mayor)"
    assert added == f"{gather}, estafette register query, {close}"
    assert queried == f"{gather}, {close}"
    assert answered == f"{gather}, estafette advice request, {close}"


def test_who_reads_in_an_emergency_is_told_of_no_act(
    world: World, cast: Cast, terminal: Terminal
) -> None:
    case = world.do(cast.open_case())

    told = terminal.do(
        "anderlecht/second", "case", "break-glass", case, "--ground", "danger",
        "--hours", 2,
    )  # fmt: skip

    assert told["glass"] and told["next"] == []


def test_an_act_that_is_somebody_elses_says_whose(
    terminal: Terminal, case: CaseId
) -> None:
    words = ("item", "add", case, "--source", "src.3", "--text", "Un constat.")

    assert "estafette case close (mayor)" in next_line(terminal, HANDLER, *words)


def test_who_waits_for_the_college_is_not_shown_the_end_of_the_case(
    world: World, cast: Cast
) -> None:
    """To close is still possible; as the only step of one's own it is a trap."""
    case = world.do(propose_measure(cast))
    adopt, close = ActKind.DECISION_ADOPT, ActKind.CASE_CLOSE
    shown = {MAYOR: [adopt], HANDLER: [adopt], COLLEGE: [adopt, close]}

    for who, acts in shown.items():
        found = next_on_case(cast.desk, cast.officer(who), case)
        assert [step.act for step in found.steps] == acts
    world.do(cast.close(case))


def test_what_is_not_known_of_appeals_is_the_next_step(
    world: World, cast: Cast
) -> None:
    """A case that waits for a word, and shows no step, keeps its data for ever."""
    case = world.do(take_measure(cast))
    world.do(cast.close(case))
    last = last_day(cast, case)
    in_term = steps_of(cast, case)

    world.do(cast.until(last + timedelta(days=2)))
    after = steps_of(cast, case)
    world.do(lodge(cast, case, last))
    lodged = steps_of(cast, case)
    world.do(judge(cast, case, AppealResult.REJECTED))
    rejected = steps_of(cast, case)
    world.do(confirm(cast, case))

    assert in_term == steps_of(cast, case) == []
    assert after == rejected == [ActKind.APPEAL_NONE]
    assert lodged == [ActKind.APPEAL_RULE]


def steps_of(cast: Cast, case: CaseId) -> list[ActKind]:
    """Return what the handler can do next."""
    found = next_on_case(cast.desk, cast.officer(HANDLER), case)
    return [step.act for step in found.steps]


def test_who_was_asked_is_told_of_the_question_only(
    world: World, cast: Cast, terminal: Terminal, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case))

    taken = next_line(terminal, POLICE, "handoff", "receive", handoff)
    said = ("--text", "Non.", "--regime", "police")
    answered = next_line(terminal, POLICE, "handoff", "answer", handoff, *said)

    assert taken == (
        "estafette handoff answer, estafette handoff accept, estafette handoff refuse,"
        " estafette handoff return"
    )
    assert answered == ""


def test_who_gives_an_advice_is_told_of_its_own_steps(
    world: World, cast: Cast, terminal: Terminal
) -> None:
    case = world.do(cast.open_case())
    world.do(cast.add_fact(case))
    register = world.do(cast.query_register(case))
    world.do(cast.receive(register, who="deipp/registrar"))
    world.do(cast.answer(register, who="deipp/registrar", hit=False))
    request = world.do(cast.request_advice(case))

    taken = next_line(terminal, DEIPP, "handoff", "receive", request)
    admitted = next_line(terminal, DEIPP, "advice", "admit", request)

    assert taken == "estafette advice admit, estafette advice reject"
    assert admitted == "estafette handoff ask, estafette advice deliver"


@pytest.fixture(scope="module")
def closed(world: World, cast: Cast) -> CaseId:
    opened = world.do(cast.open_case())
    world.do(cast.add_fact(opened))
    return opened


def rule_of(cast: Cast, case: CaseId) -> str:
    destruction = cast.cases(HANDLER)[case].destruction
    return destruction.rule if destruction else ""


def test_a_closed_case_is_listed_with_the_day_on_which_its_data_end(
    cast: Cast, terminal: Terminal, closed: CaseId
) -> None:
    told = next_line(terminal, MAYOR, "case", "close", closed, "--reasons", "Rien.")

    # What falls due with the closing itself is destroyed a moment later.
    eventually(lambda: rule_of(cast, closed) == "ret.file")
    line = cast.cases(HANDLER)[closed]
    shown = terminal.run("case", "show", closed, "--as", HANDLER).out
    listing = ("case", "list", "--stage", "closed", "--limit", 200, "--as", HANDLER)
    rows = terminal.run(*listing).out.splitlines()
    (row,) = [row for row in rows if str(closed)[:8] in row]
    assert line.next_clock is None and line.destruction is not None
    day = line.destruction.due_on
    assert day > cast.today + timedelta(days=4 * 365)
    assert told.startswith("nothing; on ")
    for said in (shown, row):
        assert f"{day:%d/%m/%Y}" in said and "ret.file" in said
    assert "destruction (ret.file)" in row


def test_the_day_of_destruction_is_hidden_with_the_case(
    world: World, cast: Cast, closed: CaseId
) -> None:
    query = "select count(*) from retention_due where case_id = %s"
    for who, seen in ((HANDLER, True), (POLICE, False), ("saint-gilles/mayor", False)):
        with world.seat(cast.officer(who)) as seat:
            found = seat.execute(query.encode(), [closed]).fetchone()
        assert bool(found and found[0]) is seen, who


def test_a_case_in_which_no_term_runs_says_so(
    world: World, cast: Cast, terminal: Terminal
) -> None:
    case = world.do(cast.open_case())
    with world.superuser() as connection:
        connection.execute(
            "update deadline set state = 'ended' where case_id = %s", [case]
        )
        connection.execute(
            "update case_file set next_due = '9999-12-31', next_clock = null"
            " where id = %s",
            [case],
        )

    page = terminal.run("case", "list", "--as", HANDLER, "--limit", 200).out

    assert any(str(case)[:8] in r and "no term runs" in r for r in page.splitlines())
