"""What a bundle says of erased parts holds by both verifiers, or is found to lie."""

import pytest

from ledger.bundle_verify import verify_bundle
from ledger.erased import PAGE, Claim, Erasure, Part, root_of, tree_of, verify_claim
from ledger.merkle import leaf_hash, root
from ledger.proofs import inclusion_proof, verify_inclusion
from models.errors import EntryAltered
from tests.pieces import bundles as b
from tests.pieces import erased_bundles as e
from tests.pieces.verifiers import BothVerifiers


@pytest.fixture
def by_both(tmp_path):
    return BothVerifiers(tmp_path)


def test_erased_parts_say_when_and_the_rest_still_says_all(by_both):
    lines = e.bundle()

    found = verify_bundle(lines, b.KEYS)

    assert by_both(lines) is None
    assert found.erased == {e.DAY: 2 * len(e.NAMES)}
    assert (found.opened, found.subjects, found.rulings, found.pages) == (1, 1, 1, 1)
    assert b.OFFICER not in b"".join(lines[:3]).decode()


OTHER = e.erased(3, "officer")
NEVER = e.erasing_body(erased={"officers": 1, "root": e.PARTS[0].hash.hex()})
LIES = {
    "another day": e.gone(2, erased={"officer": e.erased(2, "officer", erased_on="x")}),
    "by another entry": e.gone(2, erased={"officer": e.erased(2, "officer", by=4)}),
    "at another place": e.gone(2, erased={"officer": e.erased(2, "officer", place=7)}),
    "without a proof": e.gone(2, erased={"officer": e.erased(2, "officer", proof=())}),
    "the proof of another entry": e.gone(2, erased={"officer": OTHER}),
    "the proof of another part": e.gone(2, erased={"officer": e.erased(2, PAGE)}),
    "a part that it has not": e.gone(2, erased={"named": e.erased(2, "officer")}),
    "an entry that was not erased": e.named(4, erased={"officer": OTHER}),
    "an item that it is not about": e.named(
        4, opened={f"subject {b.CASE}": e.named(4).opened[e.ABOUT]}
    ),
    "another seal": e.named(
        4, opened={e.ABOUT: e.named(4).opened["officer"]}
    ),
}  # fmt: skip


@pytest.mark.parametrize("line", LIES.values(), ids=LIES)
def test_what_was_not_erased_so_is_found(by_both, line):
    assert by_both(e.bundle(line))


HEADS = {
    "no erasure": e.header(erasures=()),
    "an erasure that is not in the tree": e.header(
        erasures=(e.erasing(body=NEVER.decode()),)
    ),
    "an erasure at another number": e.header(erasures=(e.erasing(seq=6),)),
    "an entry that erased nothing": e.header(
        erasures=(e.erasing(seq=4, body=e.BODIES[4].decode(), proof=e.named(4).proof),)
    ),
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_a_header_that_bears_no_erasure_out_is_found(by_both, head):
    assert by_both(e.bundle(head=head))


def test_the_tree_of_parts_gives_the_proofs_of_its_root():
    for size in range(1, len(e.PARTS) + 1):
        parts, tree = e.PARTS[:size], tree_of(e.PARTS[:size])
        for place, part in enumerate(parts):
            proof = inclusion_proof(place, size, tree)
            top = bytes.fromhex(root_of(parts))
            verify_inclusion(part.hash, place, size=size, root=top, proof=proof)


def test_a_part_is_hashed_as_the_page_of_the_format_says():
    part = Part(b"\x01" * 32, "officer")

    assert part.hash == leaf_hash(b"\x01" * 32 + b"officer")
    assert root_of([part]) == root([part.hash]).hex()


def test_tombstones_without_their_entry_and_an_entry_without_them_are_found():
    said = Erasure(e.DAY, len(e.PARTS), root_of(e.PARTS))
    claim = Claim(e.PARTS, range(len(e.PARTS)), frozenset({e.DAY}))

    verify_claim("x", claim, said)
    for wrong in ((claim, None), (None, said), (claim, said._replace(size=1))):
        with pytest.raises(EntryAltered):
            verify_claim("x", *wrong)
