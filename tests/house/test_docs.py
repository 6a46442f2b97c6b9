"""What the documents say is true: commands, anchors, records, words, samples."""

import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest
import typer

from cli import Nouns
from commands.terminal.files import read_form
from models.agencies import AgencyKind, OfficerFunction
from models.decisions import DecisionState
from models.handoffs import HandoffState, HandoffStep
from models.items import ItemKind, ItemState
from models.subjects import read_subject_card
from tests.house.tree import PRODUCT, ROOT, ending, name_of

DOCUMENTS = {name_of(file): file.read_text(encoding="utf-8") for file in ending(".md")}
README = DOCUMENTS["README.md"]
ARCHITECTURE = DOCUMENTS["ARCHITECTURE.md"]
GLOSSARY = DOCUMENTS["docs/glossary.md"]
RECORDS = [name for name in DOCUMENTS if re.fullmatch(r"docs/decisions/\d{4}-.+", name)]
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
SESSION = re.findall(r"^\$ (estafette .+)$", README, re.MULTILINE)
BY_HAND = [
    # The reasons are a file that the reader writes; ours has its form.
    line.replace(" /tmp/refusal.yaml", " docs/examples/refusal.yaml")
    for line in re.findall(
        r"^(estafette .+)$",
        DOCUMENTS["docs/how-to/take-a-case-through.md"],
        re.MULTILINE,
    )
]
MENTIONED = sorted(
    {
        (name, *found)
        for name, text in DOCUMENTS.items()
        for found in re.findall(r"estafette ([a-z]+) ([a-z]+(?:-[a-z]+)*)", text)
        if found[0] in Nouns.nouns
    }
)
WORDS = [
    word.value
    for kind in (
        *(HandoffState, HandoffStep, ItemKind, ItemState, DecisionState),
        *(AgencyKind, OfficerFunction),
    )
    for word in kind
]
PAGE = 60


def commands_of(noun: str):
    app = import_module(Nouns.nouns[noun][0]).app
    return typer.main.get_group(app).commands


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in headings
    }


def target(document: str, link: str) -> str:
    path = (ROOT / document).parent / link if link else ROOT / document
    return name_of(path.resolve())


def sections(text: str) -> dict[str, str]:
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("line", [*SESSION, *BY_HAND])
def test_the_command_line_understands_each_line_of_readme_and_how_to(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    _, noun, verb, *rest = shlex.split(line)

    commands_of(noun)[verb].make_context(verb, rest)


@pytest.mark.parametrize(
    ("officer", "regime"), [("pz-midi/analyst", "police"), ("magistrate", "judicial")]
)
def test_an_answer_shown_is_under_the_law_of_whoever_gives_it(
    officer: str, regime: str
) -> None:
    """A DPO tells the person by it."""
    shown = [
        line
        for text in DOCUMENTS.values()
        for line in text.splitlines()
        if "estafette handoff answer " in line and line.endswith(officer)
    ]

    assert shown
    assert not [line for line in shown if f"--regime {regime}" not in line]


def test_the_readme_shows_a_session() -> None:
    assert len(SESSION) > 10
    assert len({line.split()[1] for line in SESSION}) > 5
    assert len({line.split()[1] for line in BY_HAND}) > 8


@pytest.mark.parametrize(("name", "noun", "verb"), MENTIONED)
def test_each_command_that_a_document_mentions_exists(
    name: str, noun: str, verb: str
) -> None:
    assert verb in commands_of(noun), name


def test_each_anchor_of_a_link_is_a_heading() -> None:
    links = [
        (name, link, anchor)
        for name, text in DOCUMENTS.items()
        for link, anchor in re.findall(r"\]\(([^)#\s:]*)#([^)]+)\)", text)
    ]

    assert links
    assert not [
        f"{name}: {link}#{anchor}"
        for name, link, anchor in links
        if anchor not in anchors(DOCUMENTS[target(name, link)])
    ]


def test_the_readme_lists_each_folder() -> None:
    listed = set(re.findall(r"`([a-z]+)/`", sections(README)["Folders"]))
    there = {folder for folder in PRODUCT if (ROOT / folder).is_dir()}

    assert listed == there | {"tests", "bench", "deploy", "docs"}


def test_the_example_is_a_subject_card_that_may_be_used() -> None:
    fields = read_form(ROOT / "docs" / "examples" / "car-wash.yaml")

    assert read_subject_card(fields).persons


def test_each_promise_names_the_test_that_attacks_it() -> None:
    rows = re.findall(r"^\| (\d) \|.*\|(.*)\|$", ARCHITECTURE, re.MULTILINE)

    assert [number for number, _ in rows] == [str(n) for n in range(1, 9)]
    assert not [number for number, tests in rows if "](tests/" not in tests]


@pytest.mark.parametrize("word", sorted(set(WORDS)))
def test_the_glossary_has_each_word_in_four_languages(word: str) -> None:
    rows = re.findall(rf"^\| `{word}` \|(.+)\|$", GLOSSARY, re.MULTILINE)

    assert len(rows) == WORDS.count(word)
    for row in rows:
        cells = [cell.strip() for cell in row.split("|")]
        assert len(cells) == 4
        assert all(cells)


@pytest.mark.parametrize("name", RECORDS)
def test_a_decision_record_is_one_page_and_weighs_its_options(name: str) -> None:
    text = DOCUMENTS[name]
    found = sections(text)

    assert list(found) == [
        "Context",
        "Options",
        "Decision",
        "We would notice we were wrong",
    ]
    assert len(text.splitlines()) < PAGE
    assert found["Options"].count("\n- **") > 1
    assert "+ " in found["Options"]
    assert "− " in found["Options"]
    assert "\n- " in found["We would notice we were wrong"]


@pytest.mark.parametrize("name", RECORDS)
def test_a_decision_record_is_in_the_index_under_its_title(name: str) -> None:
    title = DOCUMENTS[name].partition("\n")[0].removeprefix("# ")
    number, _, words = title.partition(": ")

    file = Path(name).name
    assert file.startswith(f"{number}-")
    row = f"| [{number}]({file}) | {words} |"
    assert row in DOCUMENTS["docs/decisions/README.md"].splitlines()


def test_the_sample_of_style_is_code_of_ours() -> None:
    samples = re.findall(
        r"^```python\n(.+?)^```$",
        DOCUMENTS["CONTRIBUTING.md"],
        re.MULTILINE | re.DOTALL,
    )

    assert samples
    code = [file.read_text(encoding="utf-8") for file in ending(".py")]
    assert all(any(sample in text for text in code) for sample in samples)


def test_prose_has_one_sentence_a_line() -> None:
    ends = re.compile(r"[a-z0-9)`*]\. [A-Z`*]")
    found = [
        f"{name}: {line}"
        for name, text in DOCUMENTS.items()
        for line in FENCE.sub("", text).splitlines()
        if line[:1].isalpha() and ends.search(line)
    ]

    assert not found
