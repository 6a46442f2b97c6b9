"""A certificate of an erasure holds by itself, and marks what older bundles tell."""

import base64
import json
from pathlib import Path

import pytest

from commands.ledger import bundles
from commands.ledger.keys import read_keys
from ledger.bundle_verify import verify_bundle
from ledger.canonical import decode, encode
from ledger.certificate import told_since, verify_certificate, write
from ledger.erased import Part, root_of
from ledger.merkle import leaf_hash
from ledger.signed_note import SignerKey
from models.errors import EntryAltered
from tests.pieces import bundles as b
from tests.pieces import erased_bundles as e

VECTORS = Path(__file__).parents[1] / "vectors"
OTHER = SignerKey.generate("estafette/ledger")


def test_a_certificate_says_what_was_erased_and_names_nobody():
    raw = write(e.certificate())

    found = verify_certificate(raw, b.KEYS.ledger)

    assert (found.day, found.parts) == (e.DAY, frozenset(e.PARTS))
    assert [each.agency for each in found.receipts] == ["anderlecht"]
    assert b.OFFICER not in raw.decode() and e.SEAL not in raw.decode()


def test_an_erasure_of_no_parts_has_a_certificate_too():
    body = e.erasing_body()
    bare = {name: each for name, each in decode(body).items() if name != "erased"}
    leaves = [*e.LEAVES[:7], leaf_hash(encode(bare))]
    made = e.certificate(
        checkpoint=b.checkpoint(8, leaves=leaves),
        entry=encode(bare).decode(),
        parts=(),
    )

    assert verify_certificate(write(made), b.KEYS.ledger).parts == frozenset()
    with pytest.raises(EntryAltered, match="not those"):
        more = made.model_copy(update={"parts": e.certificate().parts[:1]})
        verify_certificate(write(more), b.KEYS.ledger)


WHOLE = e.certificate().parts
LIES = {
    "a part too few": e.certificate(parts=WHOLE[:-1]),
    "a part too many": e.certificate(parts=(*WHOLE, (WHOLE[-1][0], "ruling x"))),
    "a part twice": e.certificate(parts=(*WHOLE[:-1], WHOLE[-2])),
    "another order": e.certificate(parts=WHOLE[::-1]),
    "another part": e.certificate(parts=((WHOLE[0][0], "named"), *WHOLE[1:])),
    "another number": e.certificate(seq=6),
    "another day": e.certificate(
        entry=e.erasing_body(at="2030-01-01T00:00:00Z").decode()
    ),
    "an entry that is no erasure": e.certificate(
        entry=e.BODIES[4].decode(), seq=4, proof=e.named(4).proof
    ),
    "a checkpoint by another key": e.certificate(
        checkpoint=b.checkpoint(8, OTHER, e.LEAVES)
    ),
    "a checkpoint before it": e.certificate(
        checkpoint=b.checkpoint(7, leaves=e.LEAVES), proof=()
    ),
}


@pytest.mark.parametrize("made", LIES.values(), ids=LIES)
def test_a_certificate_that_lies_is_found(made):
    with pytest.raises(EntryAltered):
        verify_certificate(write(made), b.KEYS.ledger)


@pytest.mark.parametrize("change", [b"\n", b" ", b"{}"])
def test_a_certificate_has_one_spelling(change):
    with pytest.raises(EntryAltered):
        verify_certificate(write(e.certificate()) + change, b.KEYS.ledger)


@pytest.mark.parametrize("rubbish", [b"", b"\n", b"{}\n", b"\xff\n", b"[1.5]\n"])
def test_rubbish_is_no_certificate(rubbish):
    with pytest.raises(EntryAltered, match="no certificate"):
        verify_certificate(rubbish, b.KEYS.ledger)


def test_an_older_bundle_holds_and_counts_as_erased_what_a_certificate_covers():
    """It left before: nobody can take back what it tells, but it is said."""
    lines = e.bundle(*map(e.named, (2, 4)), head=e.header(erasures=()))
    since = dict.fromkeys(verify_certificate(*_made()).parts, e.DAY)

    alone = verify_bundle(lines, b.KEYS)

    assert alone.opened == 2 and not alone.erased
    assert told_since(lines, since) == {e.DAY: len(e.NAMES)}
    assert not told_since(e.bundle(), since)


def test_it_is_said_that_a_file_holds_nothing_of_a_certificate(tmp_path, capsys):
    """Silence would read as if nothing of it had been erased."""
    keys, certified, file = (tmp_path / each for each in ("KEYS", "gone", "file"))
    seal = base64.b64encode(b.KEYS.agencies["audit"][0]).decode()
    keys.write_text(f"{b.KEYS.ledger.vkey}\nagency audit {seal}\n")
    certified.write_bytes(write(e.certificate()))
    held = {True: e.bundle(e.named(2), e.named(4)), False: e.bundle(e.named(4))}

    for still, lines in held.items():
        file.write_bytes(b"".join(lines))
        bundles.verify_file(file, keys, [certified], as_json=True)
        said = json.loads(capsys.readouterr().out)
        assert said["erased_since_on"] == {e.DAY: still * len(e.NAMES)}
        bundles.verify_file(file, keys, [certified], as_json=False)
        assert ("0 parts of that certificate" in capsys.readouterr().out) != still


def _made():
    return write(e.certificate()), b.KEYS.ledger


def test_the_certificate_and_the_bundle_of_the_formats_page_hold():
    """They were written once; whatever reads them later must still read them."""
    keys = read_keys(VECTORS / "erasure.keys")
    raw = (VECTORS / "erasure.certificate").read_bytes()

    certified = verify_certificate(raw, keys.ledger)
    with (VECTORS / "erasure.jsonl").open("rb") as file:
        found = verify_bundle(file, keys)

    assert root_of([*certified.parts]) == root_of(e.PARTS)
    assert found.erased == {certified.day: len(certified.parts)}
    theirs = b.stranger()
    known = theirs.read_keys(VECTORS / "erasure.keys")
    assert theirs.verify(VECTORS / "erasure.jsonl", *known)[0] == found.entries == 3
    assert Part(e.LEAVES[2], "officer") in certified.parts
