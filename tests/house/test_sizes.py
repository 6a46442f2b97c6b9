"""Nothing grows so large that it must be scrolled to be understood."""

import ast

import pytest

from tests.house.tree import Function, ending, functions, name_of, product

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
MOST_PARAMETERS = 5
DEEPEST = 3

READ_BY_PEOPLE = ending(".py", ".yaml", ".html", ".css", ".sql", ".cedar", ".sh")
_BLOCKS = (
    *(ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.With, ast.AsyncWith),
    ast.Match,
)


def length(function: Function) -> int:
    """Lines of a function without decorators and docstring."""
    assert function.end_lineno is not None
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is None or first.end_lineno is None:
        return lines
    return lines - (first.end_lineno - first.lineno + 1)


def parameters(function: Function) -> int:
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    if named and named[0].arg in ("self", "cls"):
        named = named[1:]
    return len(named) + sum(each is not None for each in (given.vararg, given.kwarg))


def depth(node: ast.AST) -> int:
    """Blocks within blocks; an `elif` stands beside its `if`, not inside it."""
    deepest = 0
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        beside = isinstance(node, ast.If) and node.orelse == [child]
        opens = isinstance(child, _BLOCKS) and not (beside and type(child) is ast.If)
        deepest = max(deepest, depth(child) + opens)
    return deepest


def over(limit: int, measure: object) -> list[str]:
    assert callable(measure)
    return [
        f"{name_of(file)}:{function.lineno} {function.name}: {measure(function)}"
        for file in product()
        for function in functions(file)
        if measure(function) > limit
    ]


def test_there_is_something_to_measure() -> None:
    assert len(product()) > 50
    assert {file.suffix for file in READ_BY_PEOPLE} >= {".py", ".yaml", ".sql"}


def test_no_file_is_longer_than_a_few_screens() -> None:
    lines = {
        name_of(file): len(file.read_text(encoding="utf-8").splitlines())
        for file in READ_BY_PEOPLE
    }

    assert not {name: long for name, long in lines.items() if long > LONGEST_FILE}


def test_no_function_is_longer_than_a_screen() -> None:
    long = over(LONGEST_FUNCTION, length)
    assert not long, "\n".join(long)


def test_no_test_function_is_longer_than_a_screen() -> None:
    long = [
        f"{name_of(file)}:{function.lineno} {function.name}: {length(function)}"
        for file in ending(".py")
        if file not in product()
        for function in functions(file)
        if length(function) > LONGEST_FUNCTION
    ]

    assert not long, "\n".join(long)


def test_no_function_takes_more_than_can_be_remembered() -> None:
    many = over(MOST_PARAMETERS, parameters)
    assert not many, "\n".join(many)


def test_no_function_nests_deeper_than_three_blocks() -> None:
    deep = over(DEEPEST, depth)
    assert not deep, "\n".join(deep)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("if a:\n  pass\nelif b:\n  pass\nelse:\n  pass", 1),
        ("if a:\n  pass\nelse:\n  if b:\n    pass\n  c()", 2),
        ("for a in b:\n  with c:\n    if d:\n      pass", 3),
        ("try:\n  if a:\n    pass\nexcept E:\n  pass", 2),
        ("def inner():\n  if a:\n    pass", 0),
        ("x = [a if b else c for d in e]", 0),
    ],
)
def test_depth_is_counted_as_it_is_read(source: str, expected: int) -> None:
    assert depth(ast.parse(source)) == expected


def test_length_leaves_out_the_docstring() -> None:
    source = 'def f(a, *, b):\n  """One.\n\n  Two.\n  """\n  return a'
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)

    assert length(function) == 2
    assert parameters(function) == 2
