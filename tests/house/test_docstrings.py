"""What is public says what it is; what lives in a module stands at its top."""

import ast
from pathlib import Path

import pytest

from tests.house.tree import name_of, product, public, tree


@pytest.mark.parametrize("file", product(), ids=name_of)
def test_everything_public_is_documented(file: Path) -> None:
    silent = [node.name for node in public(file) if not ast.get_docstring(node)]

    assert ast.get_docstring(tree(file)), "the module"
    assert not silent


@pytest.mark.parametrize("file", product(), ids=name_of)
def test_the_first_line_of_each_docstring_is_one_whole_sentence(file: Path) -> None:
    texts = [ast.get_docstring(node) for node in (tree(file), *public(file))]
    firsts = [text.splitlines()[0] for text in texts if text]

    assert not [first for first in firsts if not first.endswith((".", "?", "!"))]
