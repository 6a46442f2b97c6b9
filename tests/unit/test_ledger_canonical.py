"""What has one byte form, and what is refused because it has not."""

from enum import StrEnum

import pytest

from ledger.canonical import DEEPEST_NESTING, LARGEST_INTEGER, decode, encode
from models.errors import InvalidInput


class Word(StrEnum):
    OPEN = "open"


class Text(str):
    __slots__ = ()


def nested(depth):
    value = None
    for _ in range(depth):
        value = [value]
    return value


def test_keys_are_sorted_and_nothing_is_between_them():
    value = {"b": [1, True, None], "a": "é\n", "A": {}, "_": ""}

    assert encode(value) == '{"A":{},"_":"","a":"é\\n","b":[1,true,null]}'.encode()


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        LARGEST_INTEGER + 1,
        -LARGEST_INTEGER - 1,
        b"bytes",
        ("tuple",),
        {"set"},
        Word.OPEN,
        Text("subclass"),
        {1: "number as key"},
        {"é": "key beyond ascii"},
        {Word.OPEN: "enumeration as key"},
        "\ud800",
        {"deep": [{"deeper": 0.5}]},
        nested(DEEPEST_NESTING + 1),
    ],
    ids=repr,
)
def test_what_has_no_single_form_is_refused(value):
    with pytest.raises(InvalidInput):
        encode(value)


def test_a_value_that_holds_itself_is_refused():
    loop: list = []
    loop.append(loop)

    with pytest.raises(InvalidInput):
        encode(loop)


@pytest.mark.parametrize(
    "value",
    [LARGEST_INTEGER, -LARGEST_INTEGER, 0, True, None, "", {}, nested(DEEPEST_NESTING)],
    ids=repr,
)
def test_what_lies_within_the_limits_comes_back(value):
    assert decode(encode(value)) == value


def test_no_path_is_spelled_while_nothing_is_refused(monkeypatch):
    """Spelled at every step, a long key over a long list took hours."""
    monkeypatch.setattr("ledger.canonical._Step.__str__", None)

    assert encode({"a": [{"b": [1]}]})


def test_the_refusal_says_where():
    with pytest.raises(InvalidInput, match=r"\$\.rulings\[1\]\.weight"):
        encode({"rulings": [{}, {"weight": 0.5}]})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b' {"a":1}',
        b'{"a": 1}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":1e2}',
        b'{"a":"\\u0041"}',
        b'{"a":9007199254740993}',
        b'{"a":1}\n',
        b'"\xff"',
        b"[" * 2000,
    ],
)
def test_bytes_that_are_not_the_canonical_form_are_refused(body):
    with pytest.raises(InvalidInput):
        decode(body)
