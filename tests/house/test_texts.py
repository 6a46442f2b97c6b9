"""What no file of ours may say: where it was made, what is left, how it was shown."""

import ast
import re
from pathlib import Path

from tests.house.tree import ROOT, called, ending, kept, name_of, product, tree

# Split, so that this file may be judged too.
PLACES = tuple(
    "".join(parts)
    for parts in (
        *(("pypi", ".org"), ("python", "hosted"), ("registry.", "npmjs")),
        *(("deb.", "debian"), ("/work", "/"), ("/root", "/"), ("proxy.", "golang")),
    )
)
UNTRACKED = re.compile("|".join(("TO" + r"DO(?!\(#\d+\))", "FIX" + "ME", "X" + "XX")))


def text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_tells_where_it_was_made() -> None:
    found = [
        f"{name_of(file)}: {place}"
        for file in kept()
        for place in PLACES
        if place in text_of(file)
    ]

    assert not found


def test_what_is_left_to_do_has_a_number() -> None:
    # Recorded histories hold random letters, which spell anything sooner or later.
    written = [file for file in kept() if "histories" not in file.parts]
    found = [name_of(file) for file in written if UNTRACKED.search(text_of(file))]

    assert not found


def test_an_unnumbered_mark_is_seen() -> None:
    assert UNTRACKED.search("# TO" + "DO: later")
    assert not UNTRACKED.search("# TO" + "DO(#12): later")


def test_nothing_is_shown_except_through_console_and_log() -> None:
    shown = {"print", "pprint", "breakpoint"}

    assert not [name_of(file) for file in product() if called(file) & shown]


def test_decision_records_are_numbered_without_a_gap() -> None:
    folder = ROOT / "docs" / "decisions"
    names = sorted(file.name for file in folder.glob("*.md"))
    numbers = [int(name.partition("-")[0]) for name in names if name != "README.md"]

    assert numbers
    assert numbers == list(range(1, len(numbers) + 1))


def test_each_link_between_documents_leads_somewhere() -> None:
    links = [
        (file, link)
        for file in ending(".md")
        for link in re.findall(r"\]\(([^)#\s:]+)(?:#[^)]*)?\)", text_of(file))
    ]

    assert not [
        f"{name_of(file)}: {link}"
        for file, link in links
        if not (file.parent / link).exists()
    ]


def test_a_hint_to_show_a_pack_names_the_pack() -> None:
    bare = re.compile(r"estafette pack show`")
    told = [*product(), *ending(".md")]

    assert not [name_of(file) for file in told if bare.search(text_of(file))]


def test_acts_take_articles_from_the_pack() -> None:
    files = [file for file in product() if name_of(file).startswith("acts/")]

    assert files
    assert not [
        f"{name_of(file)}:{node.lineno}"
        for file in files
        for node in ast.walk(tree(file))
        if isinstance(node, ast.keyword) and node.arg == "basis"
        if isinstance(node.value, ast.Constant)
    ]
