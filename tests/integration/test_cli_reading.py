"""What officers may see from the command line, and what they may not even notice."""

import socket
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from models.ids import CaseId
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast, handoff_of
from tests.running.terminal import Answer, Terminal, run_program
from tests.running.world import World, eventually

STRANGER = "saint-gilles/handler"


@pytest.fixture(scope="module")
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


def without(answer: Answer, word: object) -> tuple[int, str, str]:
    return answer.code, answer.out, answer.err.replace(str(word), "...")


def items_of(at: Terminal, case: CaseId) -> dict[str, str]:
    shown = at.do(HANDLER, "case", "show", case)
    return {each["kind"]: each["item"] for each in shown["items"]}


@pytest.mark.parametrize("length", [4, 8, 36])
def test_a_hidden_case_and_an_absent_one_read_alike(
    terminal: Terminal, case: CaseId, length: int
) -> None:
    hidden, absent = str(case)[:length], str(uuid4())[:length]
    words = ("designate", "show", "close")
    more = {"designate": ["anderlecht/handler"], "close": ["--reasons", "x"]}

    for word in words:
        of_hidden = terminal.ask(STRANGER, "case", word, hidden, *more.get(word, []))
        of_absent = terminal.ask(STRANGER, "case", word, absent, *more.get(word, []))

        assert of_hidden.code == 3
        assert without(of_hidden, hidden) == without(of_absent, absent)


def test_a_hidden_item_and_an_absent_one_read_alike(
    terminal: Terminal, case: CaseId
) -> None:
    hidden, absent = items_of(terminal, case)["subject_card"], str(uuid4())

    answers = [
        without(terminal.ask(STRANGER, "item", "show", it, "--reason", "asking"), it)
        for it in (hidden, absent)
    ]

    assert answers[0] == answers[1]
    assert answers[0][0] == 3


def test_the_start_of_an_id_is_enough_and_too_little_is_said(
    terminal: Terminal, case: CaseId
) -> None:
    whole = terminal.do(HANDLER, "case", "show", case)

    assert terminal.do(HANDLER, "case", "show", str(case)[:8].upper()) == whole
    assert terminal.ask(HANDLER, "case", "show", str(case)[:3]).code == 2


def test_an_item_is_opened_with_a_reason_and_a_receipt(
    terminal: Terminal, world: World, case: CaseId
) -> None:
    item = items_of(terminal, case)["opening_facts"]

    opened = terminal.do(HANDLER, "item", "show", item, "--reason", "following_up")
    spoken = terminal.run("item", "show", item, "--reason", "asking", "--as", HANDLER)

    assert (opened["body"], opened["encoding"]) == ("Trois gérants en un an.", "utf-8")
    assert world.one("select count(*) from release where item_id = %s", item)
    assert "Trois gérants en un an." in spoken.out


def test_a_document_comes_out_byte_by_byte(
    terminal: Terminal, world: World, cast: Cast, tmp_path: Path
) -> None:
    case = world.do(cast.open_case())
    scan, copy = tmp_path / "scan.png", tmp_path / "copy.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    added = terminal.do(
        HANDLER, "item", "add", case, "--source", "src.4", "--file", scan
    )
    words = ("item", "show", added["item"], "--reason", "checking", "--save", copy)

    terminal.do(HANDLER, *words)
    again = terminal.ask(HANDLER, *words)

    assert copy.read_bytes() == scan.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert again.code == 2


def test_the_inbox_tells_how_to_read_a_question_but_not_what_it_asks(
    terminal: Terminal, world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case, question="Une question confidentielle?"))
    words = ("handoff", "inbox", "--as", POLICE)

    page = terminal.run(*words)
    document = terminal.run(*words, "--json").document
    offered = next(h for h in document["handoffs"] if h["id"] == str(handoff))
    read = ("item", "show", offered["question"], "--reason", "answering")
    before = terminal.ask(POLICE, *read)
    terminal.do(POLICE, "handoff", "receive", handoff)
    after = terminal.do(POLICE, *read)

    assert "estafette item show" in page.out and "confidentielle" not in page.out
    assert before.code == 3
    assert "confidentielle" in after["body"]
    assert offered["days_left"] > 0


def test_what_others_wrote_cannot_play_with_the_terminal(
    terminal: Terminal, world: World, cast: Cast
) -> None:
    case = world.do(cast.open_case(facts="\u202etitre et \x9b2J [bold]x[/bold]"))
    item = items_of(terminal, case)["opening_facts"]

    page = terminal.run("item", "show", item, "--reason", "checking", "--as", HANDLER)

    assert not {"\u202e", "\x9b"} & set(page.out)
    assert "\\x202etitre" in page.out and "[bold]x[/bold]" in page.out


@pytest.fixture(params=["refuses", "is silent"])
def engine_that(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "refuses":
        yield "127.0.0.1:1"
        return
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"127.0.0.1:{listening.getsockname()[1]}"


def test_without_the_process_engine_acts_are_stored_and_reads_go_on(
    terminal: Terminal, case: CaseId, engine_that: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESTAFETTE_TEMPORAL_ADDRESS", engine_that)
    words = ("case", "designate", case, "anderlecht/handler")

    stored = terminal.do(MAYOR, *words)
    spoken = terminal.run(*words, "--as", MAYOR)
    shown = terminal.ask(HANDLER, "case", "show", case)

    assert stored["taken_up"] is False and "receipt" not in stored
    assert spoken.code == 0 and "stored, not yet taken up" in spoken.out
    assert shown.code == 0


def test_what_was_stored_is_taken_up_by_itself(
    terminal: Terminal, world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = world.do(cast.open_case())
    monkeypatch.setenv("ESTAFETTE_TEMPORAL_ADDRESS", "127.0.0.1:1")
    terminal.do(MAYOR, "case", "designate", case, "anderlecht/second")

    seen = ("anderlecht/second", "case", "show", case)
    assert terminal.ask(*seen).code == 3
    assert eventually(lambda: terminal.ask(*seen).code == 0)


def test_an_officer_nobody_knows_is_named(terminal: Terminal) -> None:
    answer = terminal.ask("anderlecht/nobody", "case", "list")

    assert (answer.code, answer.error["error"]) == (3, "NotFound")
    assert "`anderlecht/nobody`" in answer.error["message"]


def test_the_program_writes_one_document_and_nothing_else(
    terminal: Terminal, world: World
) -> None:
    environment = {
        "ESTAFETTE_ENV": "test",
        "ESTAFETTE_DATA": str(world.settings.data),
        "ESTAFETTE_AS": HANDLER,
    }

    answer = run_program(["case", "list", "--json"], environment)

    assert answer.err == ""
    assert answer.document == terminal.do(HANDLER, "case", "list")


def test_an_act_by_the_program_leaves_cleanly(
    terminal: Terminal, world: World, cast: Cast
) -> None:
    case = world.do(cast.open_case())
    handoff = handoff_of(world.do(cast.receive(world.do(cast.ask(case)))))
    environment = {
        "ESTAFETTE_ENV": "test",
        "ESTAFETTE_DATA": str(world.settings.data),
        "ESTAFETTE_AS": POLICE,
    }

    said = ("--text", "@-", "--regime", "police")
    answered = run_program(
        ["handoff", "answer", str(handoff), *said, "--json"],
        environment,
        stdin="Rien à signaler.",
    )

    assert answered.document["taken_up"] and answered.err == ""
