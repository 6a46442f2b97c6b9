"""The command line against an installation elsewhere, signed in by the device flow."""

import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from acts.items.reading import read_item
from models.ids import CaseId, HandoffId, ItemId
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.oracles.evidence import items_of
from tests.pieces.documents import pdf
from tests.running.provider import approve, running_provider
from tests.running.site import Site, served
from tests.running.terminal import Terminal
from tests.running.world import World
from web.signin.provider import Provider

SignIn = Callable[[str], object]


@pytest.fixture(scope="module")
def behind(world: World) -> Iterator[Site]:
    with ExitStack() as stack:

        def provider(address: str) -> Provider:
            back = f"{address}/sign-in/return"
            return Provider(stack.enter_context(running_provider(back)))

        yield stack.enter_context(served(world, provider))


@pytest.fixture
def sign_in(
    behind: Site, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> SignIn:
    """Let an officer sign in with a browser, while the command line waits."""
    monkeypatch.setenv("ESTAFETTE_URL", behind.address)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    def begin(officer: str, *words: str, **more: str) -> object:
        def browser(said: str) -> None:
            address = re.search(r"http\S+", said)
            assert address
            approve(address[0], officer, **more)

        monkeypatch.setattr("commands.session.tell", browser)
        return terminal.run("session", "begin", "--json", *words).document

    return begin


def both(
    terminal: Terminal, patch: pytest.MonkeyPatch, who: str, *words: object
) -> tuple[object, object]:
    """Return what a command writes elsewhere, and what it writes here."""
    there = terminal.run(*words, "--json")
    url = os.environ["ESTAFETTE_URL"]
    patch.delenv("ESTAFETTE_URL")
    here = terminal.ask(who, *words)
    patch.setenv("ESTAFETTE_URL", url)
    return there, here


@pytest.mark.parametrize(
    "words",
    [
        ("case", "list", "--limit", "3"),
        ("case", "show", "{case}"),
        ("case", "show", "{never}"),
        ("case", "show", "no id"),
        ("case", "story", "{case}"),
        ("case", "list", "--names", "--limit", "3"),
        ("case", "people", "{case}"),
        ("case", "find", "--number", "0308.357.159", "--limit", "200"),
        ("case", "search", "plaintes", "--reason", "asking", "--case", "{case}"),
        ("item", "list", "{case}"),
        ("item", "recalls"),
        ("handoff", "inbox", "--names"),
        ("handoff", "inbox", "--asked-by-us"),
        ("handoff", "show", "{asked}"),
        ("handoff", "show", "{never}"),
        ("handoff", "notices"),
        ("case", "exists", "{case}"),
        ("case", "exists", "{never}"),
        ("audit", "finding", "list"),
        ("audit", "finding", "show", "{never}"),
        ("handoff", "ask", "{case}", "--to", "nobody", "--question", "Quoi?"),
        ("handoff", "ask", "{case}", "--to", "onss", "--question", "Quoi?"),
        ("handoff", "preview", "{case}", "--to", "pz-midi", "--question", "Quoi?"),
        ("decision", "gaps", "{case}", "--outcome", "out.refuse"),
        ("decision", "adopt", "{case}", "--text", "Refus."),
        ("item", "add", "{case}", "--source", "src.99", "--text", "Fait."),
        ("handoff", "recall", "{never}"),
        ("advice", "admit", "{asked}"),
    ],
    ids=" ".join,
)
def test_elsewhere_a_command_writes_what_it_writes_here(
    sign_in: SignIn,
    terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    case: CaseId,
    asked: HandoffId,
    words: tuple[str, ...],
) -> None:
    sign_in(HANDLER)
    ids = {"case": str(case)[:8], "asked": asked, "never": "00001234"}

    there, here = both(
        terminal, monkeypatch, HANDLER, *(word.format_map(ids) for word in words)
    )

    assert there == here


def test_an_item_is_read_and_acts_are_done_elsewhere(
    world: World, cast: Cast, sign_in: SignIn, terminal: Terminal, item: ItemId
) -> None:
    case = world.do(cast.open_case())
    handoff = world.do(cast.ask(case))
    sign_in(MAYOR)

    opened = terminal.run("item", "show", item, "--reason", "asking", "--json").document
    extended = terminal.run(
        "case", "extend", case, "--reasons", "Encore.", "--json"
    ).document
    assert opened["body"] and opened["receipt"]
    assert extended["taken_up"] and extended["next"]

    sign_in(POLICE)
    received = terminal.run("handoff", "receive", str(handoff)[:8], "--json").document
    assert received["kind"] == "handoff.receive"
    refused = terminal.run(
        *("handoff", "refuse", handoff, "--article", "NLC 119ter §6"),
        *("--reasons", "Non.", "--json"),
    )
    assert refused.code == 0, refused.err


def test_a_document_goes_elsewhere_and_comes_back_byte_for_byte(
    sign_in: SignIn, terminal: Terminal, case: CaseId, tmp_path: Path
) -> None:
    sent, back = tmp_path / "note.pdf", tmp_path / "back.pdf"
    sent.write_bytes(pdf("Plainte"))
    sign_in(HANDLER)
    add = ("item", "add", case, "--source", "src.3", "--json", "--file")

    added = terminal.run(*add, sent).document
    terminal.run(
        *("item", "show", added["item"], "--reason", "checking", "--save", back)
    )
    false = tmp_path / "photo.png"
    false.write_bytes(sent.read_bytes())
    refused = terminal.run(*add, false)

    assert back.read_bytes() == sent.read_bytes()
    assert (refused.code, refused.error["error"]) == (2, "InvalidInput")
    assert refused.error["help"]


def answer(handoff: HandoffId, *given: Path) -> tuple[object, ...]:
    words = ("--text", "Voir le rapport.", "--disclosable", "--regime", "police")
    files = [said for each in given for said in ("--file", each)]
    return ("handoff", "answer", handoff, *words, *files)


def test_a_document_goes_with_an_answer_here_and_elsewhere(
    world: World,
    cast: Cast,
    sign_in: SignIn,
    terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    case = world.do(cast.open_case())
    asked = [world.do(cast.ask(case)) for _ in range(2)]
    for handoff in asked:
        world.do(cast.receive(handoff))
    report, false = tmp_path / "rapport.pdf", tmp_path / "photo.png"
    for file in (report, false):
        file.write_bytes(pdf("Rapport"))
    sign_in(POLICE)

    refused = terminal.run(*answer(asked[0], report, false), "--json")
    assert (refused.code, refused.error["error"]) == (2, "InvalidInput")
    assert refused.error["message"].startswith(f"`{false}`: ")
    large = tmp_path / "scan.pdf"
    large.write_bytes(bytes(15_000_000))
    refused = terminal.run(*answer(asked[0], large, large), "--json")
    assert "larger than 20 MB in all" in refused.error["message"]
    assert "shares this room" in refused.error["help"]
    assert terminal.run(*answer(asked[0], report), "--json").code == 0
    monkeypatch.delenv("ESTAFETTE_URL")
    here = terminal.ask(POLICE, *answer(asked[1], report, false))
    assert here.error["message"].startswith(f"`{false}`: ")
    terminal.do(POLICE, *answer(asked[1], report))

    kept = [each.item for each in items_of(world, "document", case)]
    assert len(kept) == 2
    for item in kept:
        opened = read_item(cast.desk, cast.reader(HANDLER), item)
        assert opened.body == report.read_bytes()
        assert opened.known.handling.disclosable


def test_the_token_is_for_this_account_alone(
    sign_in: SignIn, terminal: Terminal, tmp_path: Path
) -> None:
    sign_in(HANDLER)
    kept = tmp_path / "estafette" / "session.json"

    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert terminal.run("session", "end").code == 0
    assert not kept.exists()
    left = terminal.run("case", "list", "--json")
    assert left.code == 4
    assert "session begin" in left.error["help"]


def test_a_sensitive_act_asks_for_a_stronger_sign_in(
    sign_in: SignIn, terminal: Terminal, case: CaseId
) -> None:
    close = ("case", "close", case, "--reasons", "Rien.", "--json")
    sign_in(HANDLER)
    weak = terminal.run(*close)
    sign_in(HANDLER, "--strength", "urn:estafette:strong")
    strong = terminal.run(*close)

    assert weak.error["error"] == "NotProven"
    assert strong.error["error"] == "NotPermitted"  # proven, but no mayor


def test_nobody_acts_there_under_the_name_of_somebody_else(
    sign_in: SignIn, terminal: Terminal, case: CaseId
) -> None:
    sign_in(HANDLER)
    words = ("case", "story", str(case))

    refused = terminal.run(*words, "--as", MAYOR)

    assert refused.code == 4
    assert MAYOR in refused.err and "session begin" in refused.err
    assert terminal.run(*words, "--as", HANDLER).code == 0


def test_a_command_that_does_not_work_elsewhere_says_so(
    sign_in: SignIn, terminal: Terminal
) -> None:
    sign_in(HANDLER)

    refused = terminal.run("officer", "covers", "--as", HANDLER, "--json")

    assert refused.code == 10
    assert "ESTAFETTE_URL" in refused.error["help"]


def test_no_token_travels_in_clear(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESTAFETTE_URL", "http://estafette.example")

    assert terminal.run("case", "list", "--json").code == 2
    assert terminal.run("session", "begin", "--json").code == 2
