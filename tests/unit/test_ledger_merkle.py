"""The tree and its proofs against the published Certificate Transparency vectors."""

import json
from pathlib import Path

import pytest

from ledger.merkle import EMPTY_ROOT, CompactRange, fold, leaf_hash, node_hash, root
from ledger.proofs import (
    consistency_proof,
    inclusion_proof,
    range_subtrees,
    verify_consistency,
    verify_inclusion,
)
from models.errors import EntryAltered, InvalidInput
from tests.pieces.trees import tree_of

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "ledger_merkle.json").read_text()
)
LEAVES = [leaf_hash(bytes.fromhex(entry)) for entry in VECTORS["entries"]]
TREE = tree_of(LEAVES)
ROOTS = [bytes.fromhex(text) for text in VECTORS["roots"]]


def unhex(proof):
    return [bytes.fromhex(text) for text in proof]


def test_every_size_has_the_published_root():
    assert [root(LEAVES[:size]) for size in range(9)] == ROOTS


def test_the_empty_tree_hashes_to_sha256_of_nothing():
    assert CompactRange().root() == EMPTY_ROOT == ROOTS[0]


@pytest.mark.parametrize("case", VECTORS["inclusion"])
def test_inclusion_proofs_are_the_published_ones(case):
    proof = inclusion_proof(case["index"], case["size"], TREE)

    assert proof == unhex(case["proof"])
    verify_inclusion(
        LEAVES[case["index"]],
        case["index"],
        size=case["size"],
        root=ROOTS[case["size"]],
        proof=proof,
    )


@pytest.mark.parametrize("case", VECTORS["consistency"])
def test_consistency_proofs_are_the_published_ones(case):
    old, new = case["old"], case["new"]
    proof = consistency_proof(old, new, TREE)

    assert proof == unhex(case["proof"])
    verify_consistency(old, new, old_root=ROOTS[old], new_root=ROOTS[new], proof=proof)


def test_a_tree_resumes_from_its_stored_state():
    tree = CompactRange()
    tree.extend(LEAVES[:5])

    resumed = CompactRange(tree.size, tree.hashes)
    resumed.extend(LEAVES[5:])

    assert (resumed.size, resumed.root()) == (8, ROOTS[8])


@pytest.mark.parametrize(("size", "count"), [(-1, 0), (0, 1), (3, 1), (8, 2)])
def test_a_state_with_too_few_or_too_many_hashes_is_refused(size, count):
    with pytest.raises(InvalidInput):
        CompactRange(size, LEAVES[:count])


def test_an_extension_hands_out_each_subtree_it_filled():
    tree = CompactRange()
    first, second = tree.extend(LEAVES[:3]), tree.append(LEAVES[3])

    pair = node_hash(LEAVES[2], LEAVES[3])
    assert first == [(1, 0, [node_hash(LEAVES[0], LEAVES[1])])]
    assert second == [(1, 1, [pair]), (2, 0, [ROOTS[4]])]


def test_stored_subtrees_are_enough_for_every_range_of_a_proof():
    stored = {(0, place): leaf for place, leaf in enumerate(LEAVES[:7])}
    for level, first, hashes in CompactRange().extend(LEAVES[:7]):
        stored |= {(level, first + step): each for step, each in enumerate(hashes)}

    for start, end in ((0, 4), (4, 6), (4, 7), (6, 7), (0, 7)):
        held = [stored[node] for node in range_subtrees((start, end))]
        assert fold(held) == root(LEAVES[start:end])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 4)])
def test_no_inclusion_proof_is_made_for_a_leaf_that_is_not_there(index, size):
    with pytest.raises(InvalidInput):
        inclusion_proof(index, size, TREE)


@pytest.mark.parametrize(("old", "new"), [(0, 4), (5, 4)])
def test_no_consistency_proof_is_made_between_impossible_sizes(old, new):
    with pytest.raises(InvalidInput):
        consistency_proof(old, new, TREE)


def test_a_leaf_beyond_the_tree_is_never_included():
    with pytest.raises(EntryAltered):
        verify_inclusion(LEAVES[0], 1, size=1, root=LEAVES[0], proof=[])


def test_a_tree_that_shrank_is_not_consistent():
    with pytest.raises(EntryAltered):
        verify_consistency(5, 4, old_root=ROOTS[5], new_root=ROOTS[4], proof=[])


@pytest.mark.parametrize("new", [0, 4])
def test_nothing_is_proved_about_a_tree_without_entries(new):
    with pytest.raises(EntryAltered):
        verify_consistency(0, new, old_root=EMPTY_ROOT, new_root=ROOTS[new], proof=[])


def test_a_proof_where_none_is_needed_is_refused():
    with pytest.raises(EntryAltered):
        verify_consistency(4, 4, old_root=ROOTS[4], new_root=ROOTS[4], proof=[ROOTS[4]])


def test_two_trees_of_one_size_with_two_roots_are_a_fork():
    with pytest.raises(EntryAltered):
        verify_consistency(4, 4, old_root=ROOTS[4], new_root=ROOTS[5], proof=[])


def test_the_second_leaf_cannot_pass_as_the_only_one():
    """Without a look at the length, its sibling would bring it up to the root."""
    with pytest.raises(EntryAltered, match="too long"):
        verify_inclusion(LEAVES[1], 0, size=1, root=ROOTS[2], proof=[LEAVES[0]])


def test_the_root_of_a_small_tree_cannot_pass_as_that_of_a_large_one():
    with pytest.raises(EntryAltered):
        verify_inclusion(LEAVES[0], 0, size=4, root=ROOTS[2], proof=[LEAVES[1]])
    with pytest.raises(EntryAltered):
        verify_consistency(
            1, 4, old_root=ROOTS[1], new_root=ROOTS[2], proof=[LEAVES[1]]
        )
