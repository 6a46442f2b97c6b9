"""What is public says what it is; what lives in a module stands at its top."""

import ast
from collections.abc import Iterator

from tests.house.tree import name_of, product, public, tree


def documented() -> Iterator[tuple[str, str | None]]:
    """Every module and public thing with its docstring."""
    for file in product():
        yield name_of(file), ast.get_docstring(tree(file))
        for node in public(file):
            yield f"{name_of(file)}: {node.name}", ast.get_docstring(node)


def test_everything_public_is_documented() -> None:
    assert not [name for name, text in documented() if not text]


def test_the_first_line_of_each_docstring_is_one_whole_sentence() -> None:
    firsts = [(name, text.splitlines()[0]) for name, text in documented() if text]

    assert len(firsts) > 100
    assert not [each for each in firsts if not each[1].endswith((".", "?", "!"))]
