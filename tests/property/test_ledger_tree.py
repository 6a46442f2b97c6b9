"""Properties of tree and proofs, against the definition as RFC 6962 prints it."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.merkle import CompactRange, leaf_hash, root
from ledger.proofs import (
    consistency_proof,
    consistency_ranges,
    inclusion_proof,
    inclusion_ranges,
    range_subtrees,
    verify_consistency,
    verify_inclusion,
)
from models.errors import EntryAltered
from tests.pieces.trees import tree_of

LEAVES = [leaf_hash(number.to_bytes(4, "big")) for number in range(130)]
SIZES = st.integers(1, len(LEAVES))


def defined_root(leaves):
    """RFC 6962 section 2.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = defined_root(leaves[:split]), defined_root(leaves[split:])
    return sha256(b"\x01" + left + right).digest()


@st.composite
def leaf_of_a_tree(draw):
    size = draw(SIZES)
    return draw(st.integers(0, size - 1)), size


@st.composite
def two_sizes(draw):
    new = draw(SIZES)
    return draw(st.integers(1, new)), new


def altered(proof, place, bit):
    """Flip one bit somewhere in a proof."""
    number = place % len(proof)
    changed = bytearray(proof[number])
    changed[bit // 8] ^= 1 << bit % 8
    return [*proof[:number], bytes(changed), *proof[number + 1 :]]


@given(SIZES)
def test_the_root_is_the_one_rfc_6962_defines(size):
    assert root(LEAVES[:size]) == defined_root(LEAVES[:size])


@given(st.lists(st.integers(0, 9), max_size=14))
def test_batches_of_any_size_build_the_same_tree(batches):
    tree, done = CompactRange(), 0
    for length in batches:
        tree.extend(LEAVES[done : done + length])
        done += length
        tree = CompactRange(tree.size, tree.hashes)

    assert (tree.size, tree.root()) == (done, root(LEAVES[:done]))


@given(leaf_of_a_tree())
def test_every_leaf_has_a_proof_that_holds(leaf_and_size):
    index, size = leaf_and_size
    proof = inclusion_proof(index, size, tree_of(LEAVES))

    verify_inclusion(
        LEAVES[index], index, size=size, root=root(LEAVES[:size]), proof=proof
    )


@given(leaf_of_a_tree(), st.integers(0, 129), st.integers(0, 255))
def test_an_inclusion_proof_holds_for_no_other_place_leaf_or_bit(case, place, bit):
    index, size = case
    whole, proof = root(LEAVES[:size]), inclusion_proof(index, size, tree_of(LEAVES))
    tries = [(LEAVES[index], place, proof)] if place != index else []
    tries += [(LEAVES[place], index, proof)] if place != index else []
    tries += [(LEAVES[index], index, altered(proof, place, bit))] if proof else []
    tries += [(LEAVES[index], index, [*proof, whole])]
    tries += [(LEAVES[index], index, proof[:-1])] if proof else []

    for leaf, claimed, shown in tries:
        with pytest.raises(EntryAltered):
            verify_inclusion(leaf, claimed, size=size, root=whole, proof=shown)


@given(two_sizes())
def test_every_tree_is_proved_to_continue_each_earlier_one(sizes):
    old, new = sizes
    proof = consistency_proof(old, new, tree_of(LEAVES))

    verify_consistency(
        old,
        new,
        old_root=root(LEAVES[:old]),
        new_root=root(LEAVES[:new]),
        proof=proof,
    )


@given(two_sizes(), st.data())
def test_a_rewritten_past_has_no_consistency_proof(sizes, data):
    old, new = sizes
    number = data.draw(st.integers(0, old - 1))
    rewritten = [*LEAVES[:number], leaf_hash(b"another entry"), *LEAVES[number + 1 :]]

    with pytest.raises(EntryAltered):
        verify_consistency(
            old,
            new,
            old_root=root(LEAVES[:old]),
            new_root=root(rewritten[:new]),
            proof=consistency_proof(old, new, tree_of(rewritten)),
        )


@given(two_sizes(), st.integers(0, 20), st.integers(0, 255))
def test_a_consistency_proof_holds_with_no_bit_changed_or_hash_more(sizes, place, bit):
    old, new = sizes
    roots = {"old_root": root(LEAVES[:old]), "new_root": root(LEAVES[:new])}
    proof = consistency_proof(old, new, tree_of(LEAVES))
    tries = [[*proof, roots["new_root"]]]
    tries += [altered(proof, place, bit), proof[:-1]] if proof else []

    for shown in tries:
        with pytest.raises(EntryAltered):
            verify_consistency(old, new, proof=shown, **roots)


@given(two_sizes())
def test_the_subtrees_of_each_proof_range_are_full_and_meet(sizes):
    old, new = sizes

    for start, end in inclusion_ranges(old - 1, new) + consistency_ranges(old, new):
        place = start
        for level, number in range_subtrees((start, end)):
            assert number << level == place
            place += 1 << level
        assert place == end
