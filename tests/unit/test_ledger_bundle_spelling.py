"""A sealed bundle has one spelling, and neither verifier breaks down over another."""

import hashlib
import json

import pytest

from ledger.bundle import FORMAT, sealed_bytes
from tests.pieces import bundles as b
from tests.pieces.verifiers import BothVerifiers

ABOUT = {"case": b.CASE}


def sealed(*lines):
    """Return lines as they are, under an end that their maker sealed."""
    raws = [line if isinstance(line, bytes) else written(line) for line in lines]
    digest = hashlib.sha256(b"".join(raws)).hexdigest()
    seal = b.seal(sealed_bytes(digest)).hex()
    end = {"agency": "audit", "digest": digest, "end": len(raws) - 1, "signature": seal}
    return [*raws, written(end)]


def written(value):
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode() + b"\n"


def head(**changes):
    return b.header().model_dump(mode="json", exclude_defaults=True) | changes


def line(**changes):
    return b.line(2).model_dump(mode="json", exclude_defaults=True) | changes


def earlier(**changes):
    return head()["earlier"][0] | changes


def without(value, name):
    return {each: value[each] for each in value if each != name}


@pytest.fixture
def by_both(tmp_path):
    return BothVerifiers(tmp_path)


def test_the_one_spelling_holds(by_both):
    assert by_both(sealed(head(), line())) is None


DEEP = b"[" * 100_000 + b"]" * 100_000
OTHERWISE = {
    "no entries": [head()],
    "an empty field in the header": [head(withheld=[]), line()],
    "an empty field about": [head(about=ABOUT | {"item": ""}), line()],
    "a header that was made at no time": [without(head(), "made_at"), line()],
    "a time that is a number": [head(made_at=1), line()],
    "something withheld that is no list": [head(withheld="names"), line()],
    "something withheld that is no text": [head(withheld=[1]), line()],
    "a timestamp that is a number": [head(earlier=[earlier(timestamp=1)]), line()],
    "an earlier checkpoint with an empty proof": [
        head(earlier=[earlier(proof=[])]),
        line(),
    ],
    "a number that is a truth": [head(), line(seq=True)],
    "a number below zero": [head(), line(seq=-1)],
    "a salt that is a list": [head(), line(page={"document": {}, "salt": []})],
    "a document that is a list": [head(), line(page={"document": [], "salt": "5a"})],
    "openings in a list": [head(), line(opened=["officer"])],
    "no records": [head(), line(twins={})],
    "a record of a third side": [head(), line(twins={"witness": {}})],
    "a record of which all is missing": [head(), line(twins={"sender": {}})],
    "an unknown field in the header": [head(note="x"), line()],
    "an unknown field about": [head(about=ABOUT | {"note": "x"}), line()],
    "an unknown field in a line": [head(), line(note="x")],
    "an empty page": [head(), line(page={})],
    "an opening without a salt": [head(), line(opened={"officer": {"value": "x/y"}})],
    "an erasure without a day": [
        head(),
        line(erased={"officer": {"erased_on": "", "by": 3, "place": 0}}),
    ],
    "a number as text": [head(), line(seq="2")],
    "hashes in capitals": [head(), line(proof=[s.upper() for s in line()["proof"]])],
    "hashes with spaces": [head(), line(proof=[f" {s}" for s in line()["proof"]])],
    "a body that is no text": [head(), line(body=1)],
    "a list for a line": [head(), [1]],
    "a list for a header": [[1], line()],
    "a number beyond what is read alike": [
        head(),
        line(page={"document": {"a": 2**60}}),
    ],
    "a float": [head(), line(page={"document": {"a": 1.5}})],
    "a digit too many": [head(), b'{"seq":' + b"9" * 5_000 + b"}\n"],
    "nested without end": [head(), DEEP + b"\n"],
    "a header nested without end": [DEEP + b"\n", line()],
    "a key twice": [head(), b'{"seq":2,' + written(line())[1:]],
    "half a character": [head(), b'{"body":"\\ud800","seq":2}\n'],
    "bytes that are no text": [head(), b'{"body":"\xff","seq":2}\n'],
    "a line that is too long": [head(), line(body="x" * 4_000_000)],
    "a proof of many steps": [head(), line(proof=["00" * 32] * 50_000)],
    "another format": [head(bundle=FORMAT + "0"), line()],
}


@pytest.mark.parametrize("lines", OTHERWISE.values(), ids=OTHERWISE)
def test_what_is_spelled_otherwise_is_refused_by_both(by_both, lines):
    assert by_both(sealed(*lines))
