"""A published directory: what is in it, interrupted, continued and contradicted."""

import os
from pathlib import Path

import pytest

from ledger.checkpoint import Checkpoint, sign
from ledger.merkle import leaf_hash, root
from ledger.proofs import inclusion_proof, verify_inclusion
from ledger.signed_note import SignerKey
from ledger.tiles import Run, Tile, tree_over
from models.errors import Conflict, EntryAltered, NotConfigured
from storage.log.publication import CHECKPOINT, Published, publish
from tests.pieces.power import PowerCut, interrupted
from tests.pieces.trees import tiles_of

SIGNER = SignerKey.generate("ledger.example/estafette")
LEAVES = [leaf_hash(number.to_bytes(4, "big")) for number in range(1_100)]
TILES = tiles_of(LEAVES)


def note_of(leaves, signer=SIGNER):
    return sign(Checkpoint(signer.name, len(leaves), root(leaves)), signer)


def bring(place, leaves, read=None):
    """Publish a log of these leaves."""
    return publish(place, note_of(leaves), SIGNER.verifier, read or tiles_of(leaves))


def content(place: Path) -> dict[str, bytes]:
    files = (path for path in place.rglob("*") if path.is_file())
    return {str(path.relative_to(place)): path.read_bytes() for path in files}


def tree_in(place: Path):
    """Read a tree back, as whoever fetches it over HTTP would."""

    def read(runs: list[Run]):
        return [hashes_in(place, run) for run in runs]

    return tree_over(read)


def hashes_in(place: Path, run: Run) -> list[bytes]:
    number, first = divmod(run.first, 256)
    name = place / Tile(run.level, number, 256).path
    parts = sorted(name.parent.glob(f"{name.name}.p/*"), key=lambda p: int(p.name))
    held = (name if name.exists() else parts[-1]).read_bytes()
    return [held[32 * n : 32 * n + 32] for n in range(first, first + run.length)]


def test_tiles_and_checkpoint_are_all_there_is(tmp_path):
    assert bring(tmp_path, LEAVES) == Published(0, 1_100, 6)

    written = content(tmp_path)
    full = [f"tile/0/00{number}" for number in range(4)]
    assert sorted(written) == sorted(
        [CHECKPOINT, *full, "tile/0/004.p/76", "tile/1/000.p/4"]
    )
    assert {len(written[name]) for name in full} == {8_192}
    assert b"".join(written[name] for name in full) == b"".join(LEAVES[:1_024])
    assert written[CHECKPOINT].decode() == note_of(LEAVES)


def test_whoever_fetches_the_tiles_can_prove_every_entry(tmp_path):
    bring(tmp_path, LEAVES)
    tree, whole = tree_in(tmp_path), root(LEAVES)

    for index in (0, 255, 256, 1_023, 1_024, 1_099):
        proof = inclusion_proof(index, 1_100, tree)
        verify_inclusion(LEAVES[index], index, size=1_100, root=whole, proof=proof)


def test_a_second_time_writes_what_is_new_and_keeps_the_rest(tmp_path):
    bring(tmp_path, LEAVES[:300])
    before = content(tmp_path)

    assert bring(tmp_path, LEAVES[:600]) == Published(300, 600, 3)
    after = content(tmp_path)
    assert before.items() - after.items() == {(CHECKPOINT, before[CHECKPOINT])}
    assert sorted(after.keys() - before.keys()) == [
        *("tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"),
    ]
    assert bring(tmp_path, LEAVES[:600]) == Published(600, 600, 0)


@pytest.mark.parametrize("step", range(14))
@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("done", [False, True], ids=["not done", "done"])
def test_an_interruption_leaves_the_earlier_log_and_the_next_time_mends_it(
    tmp_path, monkeypatch, step, call, done
):
    bring(tmp_path, LEAVES[:300])
    earlier = tree_in(tmp_path)
    with monkeypatch.context() as patch:
        left = [step]
        patch.setattr(
            *((os, "fsync") if call == "fsync" else (Path, "replace")),
            interrupted(os.fsync if call == "fsync" else Path.replace, left, done),
        )
        try:
            bring(tmp_path, LEAVES[:600])
        except PowerCut:
            pass

    note = (tmp_path / CHECKPOINT).read_text()
    if note == note_of(LEAVES[:300]):
        proof = inclusion_proof(7, 300, earlier)
        whole = root(LEAVES[:300])
        verify_inclusion(LEAVES[7], 7, size=300, root=whole, proof=proof)
    else:
        assert note == note_of(LEAVES[:600])
    bring(tmp_path, LEAVES[:600])
    whole_log = tmp_path / "whole"
    bring(whole_log, LEAVES[:600])
    wanted = {(name, held) for name, held in content(whole_log).items()}
    assert wanted <= set(content(tmp_path).items())


def test_a_rewound_log_is_not_published_over_a_longer_one(tmp_path):
    bring(tmp_path, LEAVES[:600])
    before = content(tmp_path)

    with pytest.raises(EntryAltered, match="`300` entries, and `600` were published"):
        bring(tmp_path, LEAVES[:300])
    assert content(tmp_path) == before


@pytest.mark.parametrize("length", [600, 700])
def test_a_rewritten_log_is_not_published_over_another(tmp_path, length):
    bring(tmp_path, LEAVES[:600])
    before = content(tmp_path)

    with pytest.raises(EntryAltered, match="are not the published ones"):
        bring(tmp_path, [*LEAVES[:5], leaf_hash(b"other"), *LEAVES[6:length]])
    assert content(tmp_path) == before


@pytest.mark.parametrize("place", [0, 299, 511, 512, 599])
def test_an_altered_leaf_is_found_before_it_is_published(tmp_path, place):
    altered = [*LEAVES[:place], leaf_hash(b"other"), *LEAVES[place + 1 : 600]]
    stored = tiles_of(LEAVES[:600])

    def read(runs):
        return [
            tiles_of(altered)([run])[0] if run.level == 0 else stored([run])[0]
            for run in runs
        ]

    with pytest.raises(EntryAltered):
        bring(tmp_path, LEAVES[:600], read)
    assert not (tmp_path / CHECKPOINT).exists()


def test_a_log_that_lacks_leaves_is_not_published(tmp_path):
    with pytest.raises(EntryAltered, match="lacks"):
        publish(tmp_path, note_of(LEAVES[:600]), SIGNER.verifier, tiles_of(LEAVES[:9]))


def test_the_checkpoint_of_another_ledger_stays_as_it_is(tmp_path):
    other = SignerKey.generate("ledger.example/another")
    (tmp_path / CHECKPOINT).write_text(note_of(LEAVES[:3], other))

    with pytest.raises(EntryAltered, match="not signed by"):
        bring(tmp_path, LEAVES[:600])
    assert (tmp_path / CHECKPOINT).read_text() == note_of(LEAVES[:3], other)


def test_one_process_publishes_at_a_time(tmp_path):
    def read(runs):
        with pytest.raises(Conflict):
            bring(tmp_path, LEAVES[:10])
        return TILES(runs)

    bring(tmp_path, LEAVES, read)


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(NotConfigured, match="file"):
        bring(tmp_path / "file" / "below", LEAVES[:3])
