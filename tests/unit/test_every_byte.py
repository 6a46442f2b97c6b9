"""What is changed at any byte of a small log, or of its published tiles, is found."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.checkpoint import Checkpoint, sign
from ledger.merkle import leaf_hash, root
from ledger.published import verify_published
from ledger.signed_note import SignerKey
from ledger.tiles import tiles_between
from ledger.verify import StoredEntry, verify_entries
from models.errors import EntryAltered, InvalidInput
from storage.log.publication import CHECKPOINT, publish
from storage.log.published import check
from tests.pieces.bundles import BODIES
from tests.pieces.trees import tiles_of

KEY = SignerKey.generate("ledger.example")
ROWS = [StoredEntry(seq, body, leaf_hash(body)) for seq, body in enumerate(BODIES)]
LEAVES = [leaf_hash(number.to_bytes(4, "big")) for number in range(300)]


def note_of(leaves: list[bytes]) -> str:
    return sign(Checkpoint(KEY.name, len(leaves), root(leaves)), KEY)


def changed(held: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what becomes of bytes when one is flipped, dropped, doubled or the last."""
    for place in range(len(held)):
        before, byte, after = held[:place], held[place : place + 1], held[place + 1 :]
        yield f"{place} flipped", before + bytes([byte[0] ^ 1]) + after
        yield f"{place} dropped", before + after
        yield f"{place} doubled", before + byte + byte + after
        yield f"cut at {place}", before


NOTE = note_of([row.leaf for row in ROWS])


def unnoticed(rows: list[StoredEntry], note: str = NOTE) -> bool:
    try:
        held = verify_entries(rows, [note], KEY.verifier)
        return held.entries == held.size
    except EntryAltered:
        return False


def test_the_small_log_holds() -> None:
    assert unnoticed(ROWS)


@pytest.mark.parametrize("number", range(len(ROWS)))
@pytest.mark.parametrize("careful", [False, True], ids=["body", "body and leaf"])
def test_no_byte_of_an_entry_can_be_changed(number: int, careful: bool) -> None:
    for what, body in changed(ROWS[number].body):
        if body == ROWS[number].body:
            continue  # a byte that was doubled or dropped in a row of the same is there
        leaf = leaf_hash(body) if careful else ROWS[number].leaf
        rows = [*ROWS[:number], StoredEntry(number, body, leaf), *ROWS[number + 1 :]]
        assert not unnoticed(rows), what


def test_no_byte_of_a_leaf_can_be_changed() -> None:
    for number, row in enumerate(ROWS):
        for what, leaf in changed(row.leaf):
            rows = [*ROWS[:number], row._replace(leaf=leaf), *ROWS[number + 1 :]]
            assert not unnoticed(rows), (number, what)


def test_no_byte_of_a_checkpoint_can_be_changed() -> None:
    for what, held in changed(NOTE.encode()):
        note = held.decode("utf-8", "replace")
        assert note == NOTE or not unnoticed(ROWS, note), what


def test_no_entry_can_be_dropped_doubled_or_moved() -> None:
    for number in range(len(ROWS)):
        rest = [*ROWS[:number], *ROWS[number + 1 :]]
        for place in range(len(ROWS)):
            moved = [*rest[:place], ROWS[number], *rest[place:]]
            renumbered = [row._replace(seq=seq) for seq, row in enumerate(moved)]
            assert moved == ROWS or not unnoticed(moved)
            assert moved == ROWS or not unnoticed(renumbered)
        doubled = [*ROWS[:number], ROWS[number], *ROWS[number:]]
        for rows in (rest, doubled):
            renumbered = [row._replace(seq=seq) for seq, row in enumerate(rows)]
            assert not unnoticed(rows) and not unnoticed(renumbered)


PUBLISHED = note_of(LEAVES)


@pytest.fixture(scope="module")
def published() -> dict[str, bytes]:
    """The tiles of 300 entries: two of leaves, and one above."""
    read = tiles_of(LEAVES)
    return {
        tile.path: b"".join(read([tile.run])[0])
        for tile in tiles_between(0, len(LEAVES))
    }


def test_no_byte_of_a_published_tile_can_be_changed(
    published: dict[str, bytes],
) -> None:
    verify_published(PUBLISHED, KEY.verifier, lambda tile: published[tile.path])

    for path, held in published.items():
        for place in range(len(held)):
            flipped = bytearray(held)
            flipped[place] ^= 1
            tiles = {**published, path: bytes(flipped)}
            with pytest.raises(EntryAltered):
                verify_published(PUBLISHED, KEY.verifier, lambda t: tiles[t.path])  # noqa: B023


TILES = {
    "cut": (lambda held: held[:-1], "does not hold"),
    "a hash too few": (lambda held: held[:-32], "does not hold"),
    "a hash too many": (lambda held: held + held[-32:], "does not hold"),
    "two hashes swapped": (
        lambda held: held[32:64] + held[:32] + held[64:],
        "is not what the tiles below it hash to|have another root",
    ),
    "gone": (lambda held: None, "is missing"),
}


@pytest.mark.parametrize("path", ["tile/0/000", "tile/0/001.p/44"])
@pytest.mark.parametrize(("change", "said"), TILES.values(), ids=TILES)
def test_a_tile_that_was_tampered_with_is_named(
    published: dict[str, bytes], path: str, change, said: str
) -> None:
    tiles = {**published, path: change(published[path])}

    with pytest.raises(EntryAltered, match=said):
        verify_published(PUBLISHED, KEY.verifier, lambda tile: tiles[tile.path])


def bring(place: Path, size: int) -> None:
    leaves = LEAVES[:size]
    publish(place, note_of(leaves), KEY.verifier, tiles_of(leaves))


def test_a_published_directory_holds_with_the_tiles_of_earlier_checkpoints(
    tmp_path: Path,
) -> None:
    for size in (7, 200, 257, 300):
        bring(tmp_path, size)
        assert check(tmp_path, KEY.verifier)[1].size == size

    (tmp_path / "tile" / "0" / "002.p").mkdir()  # as an interruption leaves it
    (tmp_path / "tile/0/002.p/9").write_bytes(bytes(9 * 32))
    (tmp_path / "tile/0/001.p/99.unfinished").write_bytes(b"x")
    assert check(tmp_path, KEY.verifier)[1].size == 300


@pytest.mark.parametrize("path", ["tile/0/000.p/7", "tile/0/001.p/1"])
def test_a_tile_of_an_earlier_checkpoint_that_was_altered_is_named(
    tmp_path: Path, path: str
) -> None:
    for size in (7, 200, 257, 300):
        bring(tmp_path, size)
    part = tmp_path / path
    part.write_bytes(bytes(32) + part.read_bytes()[32:])

    with pytest.raises(EntryAltered, match=f"`{path}`, of an earlier checkpoint"):
        check(tmp_path, KEY.verifier)


def test_a_rewound_directory_shows_a_checkpoint_that_others_know_is_old(
    tmp_path: Path,
) -> None:
    """Nothing in the directory tells; the log itself refuses to publish over it."""
    bring(tmp_path, 300)
    (tmp_path / CHECKPOINT).write_text(note_of(LEAVES[:200]))
    (tmp_path / "tile/0/000.p").mkdir()
    (tmp_path / "tile/0/000.p/200").write_bytes(b"".join(LEAVES[:200]))

    assert check(tmp_path, KEY.verifier)[1].size == 200


def test_a_directory_without_a_checkpoint_is_no_log(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="has no checkpoint"):
        check(tmp_path, KEY.verifier)
