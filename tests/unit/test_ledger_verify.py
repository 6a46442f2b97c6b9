"""The offline verifier finds every way to doctor a ledger that a checkpoint covers."""

import tracemalloc

import pytest

from ledger.checkpoint import Checkpoint, sign
from ledger.merkle import EMPTY_ROOT, leaf_hash, root
from ledger.signed_note import SignerKey
from ledger.verify import BATCH, StoredEntry, Verification, verify_entries
from models.errors import EntryAltered

ORIGIN = "ledger.example/estafette"
KEY = SignerKey.generate(ORIGIN)


def entry(seq, body):
    return StoredEntry(seq, body, leaf_hash(body))


def entries(count):
    return [entry(seq, b"entry %d" % seq) for seq in range(count)]


def checkpoint_over(rows, signer=KEY):
    whole = root(row.leaf for row in rows)
    return sign(Checkpoint(ORIGIN, len(rows), whole), signer)


def checkpoints(rows, *sizes):
    return [checkpoint_over(rows[:size]) for size in sizes]


def assert_found(rows, notes, *words):
    """Check that verification fails and that its message names what differs."""
    with pytest.raises(EntryAltered) as found:
        verify_entries(rows, notes, KEY.verifier)
    for word in words:
        assert word in found.value.message


def test_an_honest_ledger_holds():
    rows = entries(20)
    notes = checkpoints(rows, 0, 1, 7, 7, 20)

    found = verify_entries(rows, notes, KEY.verifier)

    assert found == Verification(20, root(row.leaf for row in rows), 20, 5)


def test_entries_after_the_latest_checkpoint_are_counted_beyond_its_size():
    rows = entries(9)

    found = verify_entries(rows, checkpoints(rows, 4), KEY.verifier)

    assert (found.size, found.entries) == (4, 9)
    assert found.root == root(row.leaf for row in rows[:4])


def test_without_a_checkpoint_nothing_is_covered():
    found = verify_entries(entries(3), [], KEY.verifier)

    assert (found.size, found.root, found.entries) == (0, EMPTY_ROOT, 3)


def test_an_empty_ledger_holds():
    assert verify_entries([], [], KEY.verifier).entries == 0


@pytest.mark.parametrize("number", [0, 3, 9])
def test_changed_bytes_are_found_and_named(number):
    rows = entries(10)
    rows[number] = rows[number]._replace(body=b"doctored")

    assert_found(rows, [], f"entry `{number}` was altered", rows[number].leaf.hex())


@pytest.mark.parametrize("number", [0, 3, 9])
def test_a_changed_leaf_is_found(number):
    rows = entries(10)
    rows[number] = rows[number]._replace(leaf=leaf_hash(b"other"))

    assert_found(rows, [], f"entry `{number}` was altered")


@pytest.mark.parametrize("number", [0, 3, 9])
def test_an_entry_rewritten_with_its_leaf_contradicts_the_checkpoint(number):
    rows = entries(10)
    notes = checkpoints(rows, 10)
    rows[number] = entry(number, b"rewritten with care")

    assert_found(rows, notes, "checkpoint `0` of size `10`", "root")


def test_a_removed_entry_leaves_a_gap():
    rows = entries(10)

    assert_found(rows[:4] + rows[5:], [], "entry `4` is missing", "found `5`")


def test_a_removed_entry_is_found_though_the_rest_was_renumbered():
    rows = entries(10)
    notes = checkpoints(rows, 10)
    kept = [row for row in rows if row.seq != 4]
    renumbered = [row._replace(seq=seq) for seq, row in enumerate(kept)]

    assert_found(renumbered, notes, "covers `10` entries", "only `9`")


def test_a_cut_tail_is_found_by_the_checkpoint_that_covered_it():
    rows = entries(10)
    notes = checkpoints(rows, 8, 10)

    assert_found(rows[:8], notes, "checkpoint `1`", "only `8` are there")


def test_a_repeated_entry_is_found():
    rows = entries(5)

    assert_found(rows[:3] + rows[2:], [], "entry `3` is missing: found `2`")


def test_swapped_entries_are_found():
    rows = entries(5)
    rows[1], rows[2] = rows[2], rows[1]

    assert_found(rows, [], "entry `1` is missing")


def test_swapped_and_renumbered_entries_are_found():
    rows = entries(5)
    notes = checkpoints(rows, 5)
    rows[1], rows[2] = rows[2]._replace(seq=1), rows[1]._replace(seq=2)

    assert_found(rows, notes, "checkpoint `0`", "root")


def test_an_inserted_entry_is_found():
    rows = entries(6)
    notes = checkpoints(rows, 6)
    inserted = [*rows[:2], entry(2, b"inserted")]
    inserted += [row._replace(seq=row.seq + 1) for row in rows[2:]]

    assert_found(inserted, notes, "checkpoint `0`", "root")


def test_a_ledger_that_does_not_start_at_zero_is_refused():
    assert_found(entries(5)[1:], [], "entry `0` is missing")


def test_an_earlier_checkpoint_convicts_though_the_latest_fits_the_new_history():
    rows = entries(10)
    earlier = checkpoints(rows, 5)
    rows[2] = entry(2, b"rewritten with care")

    assert_found(rows, earlier + checkpoints(rows, 10), "checkpoint `0` of size `5`")


def test_two_checkpoints_of_one_size_must_have_one_root():
    rows, other = entries(4), [entry(seq, b"other %d" % seq) for seq in range(4)]

    assert_found(rows, checkpoints(rows, 4) + checkpoints(other, 4), "checkpoint `1`")


def test_a_checkpoint_by_a_stranger_is_refused():
    rows = entries(3)
    forged = checkpoint_over(rows, SignerKey.generate(ORIGIN))

    assert_found(rows, [*checkpoints(rows, 2), forged], "checkpoint `1`", "not signed")


def test_checkpoints_that_shrink_are_refused():
    rows = entries(5)

    assert_found(rows, checkpoints(rows, 5, 3), "checkpoint `1` shrinks")


def test_what_lies_across_batches_is_checked_alike():
    rows = entries(BATCH * 2 + 3)
    notes = checkpoints(rows, BATCH - 1, BATCH, BATCH * 2 + 1)

    found = verify_entries(rows, notes, KEY.verifier)

    assert found.entries - found.size == 2

    rows[BATCH + 5] = rows[BATCH + 5]._replace(body=b"doctored")
    assert_found(rows, notes, f"entry `{BATCH + 5}` was altered")


def test_memory_does_not_grow_with_the_ledger():
    def peak(count):
        stream = (entry(seq, b"x" * 400) for seq in range(count))
        tracemalloc.start()
        verify_entries(stream, [], KEY.verifier)
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    assert peak(BATCH * 8) < peak(BATCH * 2) * 1.2
