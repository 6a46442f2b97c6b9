"""Whoever verifies is told how many witnesses saw it; both verifiers agree."""

from pathlib import Path

import pytest

from acts.audit.keys import PublicKeys
from commands.ledger.counting import Witnessed
from commands.ledger.keys import read_keys
from ledger.bundle_verify import verify_bundle
from ledger.signed_note import SignerKey
from models.errors import InvalidInput
from tests.pieces import bundles as b
from tests.pieces.verifiers import write_keys

STRANGER = b.stranger()
VECTORS = Path(__file__).parents[1] / "vectors"


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return write_keys(tmp_path, b.WITNESS_KEYS)


def seen(lines: list[bytes], keys: Path) -> tuple[PublicKeys, Witnessed, set[str]]:
    """Verify with both; return what each says of witnesses."""
    given = read_keys(keys)
    found = verify_bundle(lines, given)
    path = keys.with_name("bundle")
    path.write_bytes(b"".join(lines))
    _, names, _ = STRANGER.verify(path, *STRANGER.read_keys(keys))
    told = {name.rpartition("/")[2] for name in names}
    return given, Witnessed(found.cosigned, len(given.witnesses), found.last), told


def test_witnesses_are_counted_by_the_checkpoint_that_they_saw(keys: Path) -> None:
    (before,) = b.header().earlier
    first = before.model_copy(
        update={"checkpoint": b.cosigned(before.checkpoint, "pz-midi", "tax", "town")}
    )
    latest = b.cosigned(b.checkpoint(7), "tax", "town")

    given, ours, theirs = seen(
        b.bundle(head=b.header(checkpoint=latest, earlier=(first,))), keys
    )

    assert len(given.witnesses) == 3
    assert [words for _, words in ours.rows] == [
        "3 of 3 saw the first 3 entries, not all of these: pz-midi, tax, town",
        "2 of 3 saw the first 7 entries, so all of these: tax, town",
    ]
    assert theirs == {"tax", "town"}


def test_a_cosignature_that_is_wrong_counts_for_nothing_and_spoils_nothing(
    keys: Path,
) -> None:
    """Of another checkpoint, and by a witness whose key is not in the file."""
    other = b.cosigned(b.checkpoint(3), "tax").splitlines()[-1]
    latest = b.cosigned(b.checkpoint(7), "pz-midi", "town") + other + "\n"
    named = [line for line in keys.read_text().splitlines() if "/town+" not in line]
    keys.write_text("\n".join(named) + "\n")

    _, ours, theirs = seen(b.bundle(head=b.header(checkpoint=latest)), keys)

    assert ours.document["cosigned"] == [
        {"size": 7, "by": ["pz-midi"], "covers_all": True}
    ]
    assert theirs == {"pz-midi"}


def test_of_two_notes_of_one_size_the_witnesses_are_counted_together(
    keys: Path,
) -> None:
    """As somebody joins them who was handed the checkpoint by two others."""
    (plain,) = b.header().earlier
    earlier = [
        plain.model_copy(update={"checkpoint": b.cosigned(plain.checkpoint, *each)})
        for each in (["town"], ["pz-midi", "tax"], [])
    ]

    for notes in (earlier, earlier[::-1]):
        head = b.header(
            checkpoint=b.cosigned(b.checkpoint(7), "tax"), earlier=tuple(notes)
        )
        _, ours, theirs = seen(b.bundle(b.line(2), head=head), keys)
        assert ours.cosigned == {3: ["pz-midi", "tax", "town"], 7: ["tax"]}
        assert theirs == {"pz-midi", "tax", "town"}


def test_a_wrong_cosignature_takes_nothing_from_the_right_one_beside_it(
    keys: Path,
) -> None:
    other = b.cosigned(b.checkpoint(3), "tax").splitlines()[-1]
    latest = b.cosigned(b.checkpoint(7), "tax") + other + "\n"

    _, ours, theirs = seen(b.bundle(head=b.header(checkpoint=latest)), keys)

    assert ours.cosigned == {7: ["tax"]}
    assert theirs == {"tax"}


def test_it_is_said_when_nobody_saw_it_and_when_nobody_is_counted(keys: Path) -> None:
    assert seen(b.bundle(), keys)[1].rows == [
        ("witnesses", "none of the 3 in KEYS saw any of this")
    ]
    assert Witnessed({}, 0).rows == [
        ("witnesses", "not counted: KEYS has no key of a witness")
    ]


def test_a_witness_of_another_ledger_and_a_second_ledger_are_no_keys(
    keys: Path,
) -> None:
    other = SignerKey.generate("another/ledger").verifier
    whole = keys.read_text()

    keys.write_text(whole + other.vkey + "\n")
    with pytest.raises(InvalidInput, match="several ledgers"):
        read_keys(keys)
    keys.write_text(whole.replace(b.KEY.verifier.vkey, other.vkey))
    with pytest.raises(InvalidInput, match="is no witness of `another/ledger`"):
        read_keys(keys)


def test_the_cosigned_bundle_of_the_formats_page_holds() -> None:
    """It was written once; whatever reads bundles later must still read it."""
    path, named = (
        VECTORS / f"bundle_cosigned.{ending}" for ending in ("jsonl", "keys")
    )
    given = read_keys(named)

    with path.open("rb") as file:
        found = verify_bundle(file, given)

    assert found.cosigned == {3: ["pz-midi", "tax", "town"], 7: ["tax", "town"]}
    names = {f"{given.ledger.name}/witness/{each}" for each in ("tax", "town")}
    assert STRANGER.verify(path, *STRANGER.read_keys(named)) == (3, names, {})
