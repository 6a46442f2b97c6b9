"""Originator control and recalls from the command line, each in an officer's name."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from tests.deeds.cast import HANDLER, MAYOR, SUBJECT
from tests.running.terminal import Terminal
from tests.running.world import World, eventually

POLICE, CIEAR = "pz-midi/analyst", "ciear-bxl/analyst"
POLICE_H2 = ("--regime", "police", "--code", "H2")
SECRET, PART = "Un témoin protégé parle.", "Des faits sont établis."


def ask(at: Terminal, case: str, to: str) -> str:
    asked = at.do(HANDLER, "handoff", "ask", case, "--to", to, "--question", "Faits?")
    return str(asked["handoff"])


def given(at: Terminal, folder: Path) -> tuple[str, str, str]:
    """Return a case, an item of the police under H2, and a question to the CIEAR."""
    subject = folder / "subject.json"
    subject.write_bytes(orjson.dumps(SUBJECT))
    opened = at.do(
        MAYOR, "case", "open", "--activity", "car_wash", "--subject", subject,
        "--facts", "Trois gérants.", "--designate", HANDLER, "--confirm-all",
    )  # fmt: skip
    case = str(opened["case"])
    police, served = ask(at, case, "pz-midi"), ask(at, case, "ciear-bxl")
    at.do(POLICE, "handoff", "receive", police)
    at.do(POLICE, "handoff", "answer", police, "--text", SECRET, *POLICE_H2)
    at.do(CIEAR, "handoff", "receive", served)
    found = at.do(HANDLER, "handoff", "show", police)["items"]
    (item,) = [i["item"] for i in found if i["kind"] == "answer"]
    return case, item, served


def request(at: Terminal, item: str, served: str) -> str:
    asked = at.do(
        HANDLER, "item", "request-release", item[:8], "--to", "ciear-bxl",
        "--for", served[:8], "--reasons", "À recouper.",
    )  # fmt: skip
    return str(asked["handoff"])


def inbox(at: Terminal, who: str) -> Iterator[dict[str, Any]]:
    """Yield what waits for an agency, on all pages: others fill the world too."""
    onward: tuple[str, ...] = ()
    while found := at.do(who, "handoff", "inbox", *onward)["handoffs"]:
        yield from found
        onward = ("--after", found[-1]["id"])


def test_a_request_is_seen_granted_in_part_and_taken_back(
    world: World, terminal: Terminal, tmp_path: Path
) -> None:
    at = terminal
    _, item, served = given(at, tmp_path)
    handoff = request(at, item, served)
    (waiting,) = [each for each in inbox(at, POLICE) if each["id"] == handoff]
    assert waiting["due_on"] and waiting["kind"] == "release"
    at.do(POLICE, "handoff", "receive", handoff)
    shown = at.do(POLICE, "handoff", "show", handoff)
    assert (shown["release"]["item"], shown["release"]["recipient"]) == (
        item, "ciear-bxl",
    )  # fmt: skip

    at.do(POLICE, "item", "grant", handoff, "--text", PART, "--code", "H3")

    found = at.do(CIEAR, "handoff", "show", served)["items"]
    (excerpt,) = [i["item"] for i in found if i["excerpt_of"] == item]
    opened = at.do(CIEAR, "item", "show", excerpt, "--reason", "answering")
    assert PART in opened["body"] and opened["handling"]["code"] == "H3"
    assert at.do(HANDLER, "handoff", "show", handoff)["state"] == "answered"

    at.do(POLICE, "item", "recall", item, "--ground", "incorrect")
    late = at.ask(CIEAR, "item", "show", excerpt, "--reason", "answering")
    assert "took this item back" in late.error["message"]
    assert eventually(
        lambda: {r["state"] for r in at.do(POLICE, "item", "recalls")["recalls"]
                 if r["item"] in (item, excerpt)} == {"done"}
    )  # fmt: skip
    (mine,) = at.do(CIEAR, "item", "recalls", excerpt)["recalls"]
    assert mine["agency"] == "ciear-bxl" and mine["signature"]


def test_a_denied_request_says_why(
    world: World, terminal: Terminal, tmp_path: Path
) -> None:
    at = terminal
    _, item, served = given(at, tmp_path)
    handoff = request(at, item, served)
    taken = at.run("handoff", "receive", handoff, "--as", POLICE)
    assert "estafette item grant, estafette item deny" in " ".join(taken.out.split())

    at.do(
        POLICE, "item", "deny", handoff, "--word", "source_at_risk",
        "--reasons", "La source serait connue.",
    )  # fmt: skip

    shown = at.do(HANDLER, "handoff", "show", handoff)
    assert shown["state"] == "refused"
    (reasons,) = [i["item"] for i in shown["items"] if i["kind"] == "reasons"]
    opened = at.do(HANDLER, "item", "show", reasons, "--reason", "following_up")
    assert opened["body"] == "La source serait connue."


def test_a_corrected_item_takes_the_place_of_the_old(
    world: World, terminal: Terminal, tmp_path: Path
) -> None:
    at = terminal
    case, item, _ = given(at, tmp_path)

    done = at.do(
        POLICE, "item", "correct", item, "--ground", "incorrect", "--body", "Un autre."
    )

    assert done["item"] == item
    found = at.do(HANDLER, "case", "show", case)
    (fresh,) = [i["item"] for i in found["items"] if i["corrects"] == item]
    (line,) = found["taken_back"]
    assert (line["item"], line["state"], line["ground"]) == (
        *(item, "recalled", "incorrect"),
    )
    assert at.do(HANDLER, "item", "list", case)[0] == line
    assert at.do(HANDLER, "handoff", "show", line["handoff"])["taken_back"] == [line]
    for words in (("case", "show", case), ("item", "list", case)):
        assert "taken back by their originators" in at.run(*words, "--as", HANDLER).out
    opened = at.do(HANDLER, "item", "show", fresh, "--reason", "checking")
    assert "Un autre." in opened["body"]
    wrong = at.ask(
        HANDLER, "item", "correct", item, "--ground", "incorrect", "--body", "Non."
    )
    assert "`pz-midi`" in wrong.error["message"]


def test_what_is_corrected_is_words_or_a_document(terminal: Terminal) -> None:
    none = terminal.ask(POLICE, "item", "correct", "abcd1234", "--ground", "incorrect")

    assert "`--body` or `--file`" in none.error["message"]
