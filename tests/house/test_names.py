"""A name says what a thing is, never that nobody found a word for it."""

import ast
import re
from pathlib import Path

from tests.house.tree import kept, name_of, product, tree
from tests.pieces.turns import LONGEST

EMPTY = {
    *("manager", "helper", "helpers", "base", "impl", "util", "utils", "common"),
    *("misc", "stuff", "core", "abstract", "wrapper", "processor"),
}


def words(name: str) -> set[str]:
    """The words of a name in either style, in lower case."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+", name)}


def names_in(file: Path) -> list[str]:
    classes = [n.name for n in ast.walk(tree(file)) if isinstance(n, ast.ClassDef)]
    return [*name_of(file).removesuffix(".py").split("/"), *classes]


def test_no_module_or_class_has_an_empty_name() -> None:
    assert not [
        f"{name_of(file)}: {name}"
        for file in product()
        for name in names_in(file)
        if words(name) & EMPTY
    ]


def test_words_are_found_in_both_styles() -> None:
    assert words("CaseManager") == {"case", "manager"}
    assert words("date_utils") == {"date", "utils"}
    assert not words("DataBaseline") & {"base"}


def test_the_files_that_begin_are_there() -> None:
    assert set(LONGEST) <= {file.name for file in kept()}
