"""Tiles: their places, and that they are enough to prove anything."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.merkle import leaf_hash, root
from ledger.proofs import (
    consistency_proof,
    inclusion_proof,
    root_at,
    verify_consistency,
    verify_inclusion,
)
from ledger.tiles import Run, Tile, tiles_between, tree_over
from models.errors import EntryAltered, InvalidInput
from tests.pieces.trees import tiles_of

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "ledger_tiles.json").read_text()
)
# Large enough for a full tile of level 1 and the first hash of level 2.
LEAVES = [leaf_hash(number.to_bytes(4, "big")) for number in range(65_600)]
TILES = tiles_of(LEAVES)
TREE = tree_over(TILES)
SOME = (1, 2, 255, 256, 257, 511, 512, 700, 65_535, 65_536, 65_600)
ROOTS = {size: root(LEAVES[:size]) for size in SOME}
SIZES = st.sampled_from(SOME)


@pytest.mark.parametrize("given", VECTORS["paths"])
def test_a_tile_has_the_path_that_the_specification_gives(given):
    tile = Tile(given["level"], given["number"], given["width"])

    assert tile.path == given["path"]
    assert Tile.at(given["path"]) == tile


@pytest.mark.parametrize("path", VECTORS["no_paths"])
def test_another_spelling_is_no_path(path):
    with pytest.raises(InvalidInput):
        Tile.at(path)


def test_a_tree_of_70000_has_the_tiles_that_the_specification_counts():
    tiles = list(tiles_between(0, 70_000))
    full = [tile.level for tile in tiles if tile.width == 256]
    partial = [tile for tile in tiles if tile.width < 256]

    assert (full.count(0), full.count(1), len(full)) == (273, 1, 274)
    assert partial == [Tile(0, 273, 112), Tile(1, 1, 17), Tile(2, 0, 1)]


def test_a_tree_of_256_has_one_full_tile_and_its_hash():
    assert list(tiles_between(0, 256)) == [Tile(0, 0, 256), Tile(1, 0, 1)]


def test_tiles_hold_the_bytes_that_the_page_specifies():
    size = VECTORS["size"]
    found = {
        tile.path: sha256(b"".join(TILES([tile.run])[0])).hexdigest()
        for tile in tiles_between(0, size)
    }

    assert found == VECTORS["tiles"]
    assert root_at(size, TREE).hex() == VECTORS["root"]


def test_what_did_not_grow_needs_no_new_tile():
    assert list(tiles_between(70_000, 70_000)) == []
    assert list(tiles_between(0, 0)) == []


@given(st.lists(st.integers(0, 70_000), min_size=1, max_size=5).map(sorted))
def test_growing_in_steps_leaves_every_tile_of_the_whole(sizes):
    steps = zip([0, *sizes], sizes, strict=False)
    grown = {tile for old, new in steps for tile in tiles_between(old, new)}

    assert grown >= set(tiles_between(0, sizes[-1]))


@given(SIZES, st.data())
def test_tiles_prove_each_leaf_of_each_size(size, data):
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, size, TREE)

    whole = ROOTS[size]
    assert root_at(size, TREE) == whole
    verify_inclusion(LEAVES[index], index, size=size, root=whole, proof=proof)


@given(SIZES, SIZES)
def test_tiles_prove_that_each_size_continues_each_earlier_one(one, other):
    old, new = sorted((one, other))
    proof = consistency_proof(old, new, TREE)

    verify_consistency(old, new, old_root=ROOTS[old], new_root=ROOTS[new], proof=proof)


def test_each_hash_above_level_0_is_the_root_of_a_full_tile():
    for level, number in ((1, 0), (1, 255), (2, 0)):
        [[above], below] = TILES(
            [Run(level, number, 1), Tile(level - 1, number, 256).run]
        )
        assert above == root(below)


def test_a_tree_that_lacks_a_tile_says_so():
    with pytest.raises(EntryAltered, match="level `0` of the tree lacks .* `65600` on"):
        root_at(65_601, TREE)


def test_the_root_of_nothing_needs_no_tile():
    assert root_at(0, TREE) == root([])
