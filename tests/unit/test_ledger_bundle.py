"""Two verifiers that share no line find whatever is wrong with a bundle."""

from dataclasses import replace
from pathlib import Path

import pytest

from commands.ledger.keys import read_keys
from ledger.bundle import About, Earlier, OpenedDocument, Opening, Shown
from ledger.bundle_verify import verify_bundle
from ledger.merkle import leaf_hash
from ledger.signed_note import SignerKey
from models.errors import EntryAltered
from tests.pieces import bundles as b
from tests.pieces.verifiers import BothVerifiers

STRANGER = b.stranger()


@pytest.fixture
def by_both(tmp_path):
    return BothVerifiers(tmp_path)


def test_an_honest_bundle_holds(by_both):
    lines = b.bundle()

    assert by_both(lines) is None

    found = verify_bundle(lines, b.KEYS)
    assert (found.entries, found.withheld, found.opened) == (3, 0, 3)
    assert (found.rulings, found.pages, found.sealed_by) == (3, 3, "audit")


def test_an_entry_may_stand_as_its_leaf_alone(by_both):
    plain = b.line(3)
    bare = {"body": "", "opened": {}, "rulings": {}, "page": None}
    hidden = plain.model_copy(update=bare | {"leaf": leaf_hash(b.BODIES[3]).hex()})

    assert by_both(b.bundle(b.line(2), hidden)) is None


def test_any_byte_that_is_changed_is_found(by_both):
    whole = b"".join(b.bundle(b.line(2)))

    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1
        assert by_both([bytes(changed)]), f"byte {place} changed unnoticed"


@pytest.mark.parametrize("kept", range(1, 5))
def test_a_bundle_that_breaks_off_is_found(by_both, kept):
    assert by_both(b.bundle()[:kept])


def test_a_line_after_the_end_is_found(by_both):
    lines = b.bundle()

    assert by_both([*lines, lines[-1]])


def test_a_line_that_is_dropped_or_doubled_or_moved_is_found(by_both):
    head, *entries, end = b.bundle()

    assert by_both([head, *entries[1:], end])
    assert by_both([head, entries[0], *entries, end])
    assert by_both([head, *reversed(entries), end])


FORGED = b.body(2, kind="item.released")
OTHER = SignerKey.generate("estafette/ledger")

# What the maker itself may try, who can seal whatever it likes.
TRIED = {
    "another body": [b.line(2, body=FORGED.decode())],
    "another number": [b.line(2, seq=4)],
    "a number beyond the checkpoint": [b.line(2, seq=7)],
    "a proof that is too short": [b.line(2, proof=())],
    "a proof that is too long": [b.line(2, proof=(*b.line(2).proof, "00" * 32))],
    "out of order": [b.line(6), b.line(2)],
    "twice the same": [b.line(2), b.line(2)],
    "another officer": [
        b.line(2, opened={"officer": Opening(value="pz-midi/analyst", salt=b.SALT)})
    ],
    "another salt": [
        b.line(2, opened={"officer": Opening(value=b.OFFICER, salt="00" * 32)})
    ],
    "an officer nobody spoke of": [
        b.line(2, opened={"named": Opening(value=b.OFFICER, salt=b.SALT)})
    ],
    "an opening of something else": [
        b.line(2, opened={"kind": Opening(value="list.shown", salt=b.SALT)})
    ],
    "another ruling": [
        b.line(2, rulings={b.RULING: OpenedDocument(document={}, salt=b.SALT)})
    ],
    "a ruling nobody cites": [
        b.line(2, rulings={b.ITEM: OpenedDocument(document=b.DOCUMENT, salt=b.SALT)})
    ],
    "a withheld entry with a page": [
        b.line(2, body="", leaf=b.LEAVES[2].hex(), opened={}, rulings={})
    ],
    "a shown entry with a leaf": [b.line(2, leaf=b.LEAVES[2].hex())],
    "a leaf and a step that are cut elsewhere": [Shown(seq=6, leaf="00" * 31)],
    "another page": [
        b.line(2, page=OpenedDocument(document={"items": []}, salt=b.SALT))
    ],
}


@pytest.mark.parametrize("tried", TRIED.values(), ids=TRIED)
def test_what_its_own_maker_forges_is_found(by_both, tried):
    assert by_both(b.bundle(*tried))


HEADS = {
    "a checkpoint by another key": b.header(checkpoint=b.checkpoint(7, OTHER)),
    "a checkpoint of another tree": b.header(
        checkpoint=b.checkpoint(7, leaves=b.LEAVES[::-1])
    ),
    "a checkpoint that is too small": b.header(checkpoint=b.checkpoint(3), earlier=()),
    "an earlier one that forked": b.header(
        earlier=(
            Earlier(
                checkpoint=b.checkpoint(3, leaves=b.LEAVES[::-1]),
                proof=b.header().earlier[0].proof,
            ),
        )
    ),
    "an earlier one by another key": b.header(
        earlier=(
            Earlier(
                checkpoint=b.checkpoint(3, OTHER), proof=b.header().earlier[0].proof
            ),
        )
    ),
    "another case": b.header(about=About(case=b.ITEM)),
    "another item": b.header(about=About(item=b.CASE)),
    "another officer": b.header(about=About(officer="pz-midi/analyst")),
    "an officer who stands nowhere": b.header(about=About(officer="x/y")),
    "another day": b.header(about=About(since="2026-03-04")),
    "an earlier day": b.header(about=About(until="2026-03-04")),
    "another format": b.header(bundle="estafette-bundle/2"),
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_a_forged_header_is_found(by_both, head):
    assert by_both(b.bundle(head=head))


@pytest.mark.parametrize(
    "about",
    [About(item=b.ITEM), About(officer=b.OFFICER), About(since="2026-03-01")],
    ids=["item", "officer", "day"],
)
def test_a_bundle_may_be_about_other_things_than_a_case(by_both, about):
    assert by_both(b.bundle(head=b.header(about=about))) is None


def test_a_timestamp_that_is_no_base64_is_refused():
    odd = b.header().earlier[0].model_copy(update={"timestamp": "é"})
    lines = b.bundle(head=b.header(earlier=(odd,)))

    with pytest.raises(EntryAltered, match="not base64"):
        verify_bundle(lines, replace(b.KEYS, authorities=("one",)))


def test_a_bundle_sealed_by_somebody_unknown_is_refused():
    lines = b.bundle()

    with pytest.raises(EntryAltered, match="no key of `audit` is known"):
        verify_bundle(lines, replace(b.KEYS, agencies={}))


def alone(raw: bytes) -> list[bytes]:
    """Return the bundle of a ledger of one entry, whatever that is."""
    note = b.checkpoint(1, leaves=[leaf_hash(raw)])
    only = Shown(seq=0, body=raw.decode())
    return b.bundle(only, head=b.header(checkpoint=note, earlier=()))


NO_ENTRIES = {
    "a fraction": b.body(0, detail="x").replace(b'"x"', b"1.5"),
    "a fraction of nothing": b.body(0, detail="x").replace(b'"x"', b"1.0"),
    "a large number": b.body(0, detail="x").replace(b'"x"', b"9007199254740993"),
    "spaces": b.body(0) + b" ",
    "a list": b"[]",
    "a day that is a list": b.body(0, at=["2026-03-01"]),
    "an agency that is a list": b.body(0, agency=["anderlecht"]),
    "no kind": b.body(0, kind=None),
    "no id": b.body(0, id=1),
}


@pytest.mark.parametrize("raw", NO_ENTRIES.values(), ids=NO_ENTRIES)
def test_what_the_ledger_itself_took_for_an_entry_is_none(by_both, raw):
    """Its key signed that; neither verifier holds it for one, or breaks down."""
    assert by_both(alone(b.body(0))) is None
    assert by_both(alone(raw))


@pytest.mark.parametrize("rubbish", [b"", b"\n", b"{}\n", b"\xff\n", b"[1.5]\n"])
def test_rubbish_is_refused(by_both, rubbish):
    assert by_both([rubbish])


def test_the_bundle_of_the_formats_page_holds(tmp_path):
    """It was written once; whatever reads bundles later must still read it."""
    vectors = Path(__file__).parents[1] / "vectors"
    keys = read_keys(vectors / "bundle.keys")

    with (vectors / "bundle.jsonl").open("rb") as file:
        found = verify_bundle(file, keys)

    theirs = STRANGER.read_keys(vectors / "bundle.keys")
    said = STRANGER.verify(vectors / "bundle.jsonl", *theirs)
    assert said == (found.entries, set(), {}) == (3, set(), {})
