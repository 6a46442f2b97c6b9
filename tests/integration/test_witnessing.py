"""Witnesses over real tables: cosigned, counted; forked and rewound logs are caught."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger import checkpoint, cosignature
from ledger.cosignature import witness_key
from ledger.signed_note import SignerKey
from ledger.witness import Witness
from models.link import Report, Witnessed
from runtime.witness import FileMemory, cosigner
from storage.engine import transaction
from storage.log import ledger, witnessing
from tests.running.offices import AGENCIES, Offices, open_offices
from tests.running.watched_log import LOG, SIGNER, WATCH, Rig


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    with open_offices(tmp_path_factory.mktemp("offices")) as made:
        yield made


@pytest.fixture
def rig(offices: Offices, tmp_path: Path) -> Iterator[Rig]:
    made = Rig(offices, tmp_path / "witness")
    yield made
    made.close()


def test_every_witness_cosigns_what_continues_what_it_saw(rig: Rig) -> None:
    for count, size in ((3, 3), (300, 303), (1, 304)):
        assert rig.grow(count) == count
        rig.look()
        assert rig.cosigned() == dict.fromkeys(AGENCIES, size)

    with transaction(rig.ledger) as connection:
        note = ledger.latest_checkpoint(connection)
        assert note
        note = cosignature.add(note, witnessing.cosignatures(connection, 304))
        rows = witnessing.known(connection)
        assert witnessing.largest_of(connection, 3) == 304
        assert witnessing.largest_of(connection, 4) is None
    keys = [witness_key("ledger.example", row.agency_id, row.key) for row in rows]
    assert len(cosignature.cosigners(note, keys)) == 3
    assert rig.contradictions() == []


def test_a_witness_that_was_away_is_offered_the_way_from_what_it_saw(rig: Rig) -> None:
    rig.grow(3)
    rig.look("tax")
    for _ in range(3):
        rig.grow(200)
        rig.look("hub")

    rig.look("tax")

    assert rig.cosigned() == {"tax": 603, "hub": 603}


def test_an_answer_that_was_lost_is_given_again(rig: Rig) -> None:
    rig.grow(3)
    offered = rig.offices.orders("tax").work().checkpoint
    assert offered
    rig.witness("tax").consider(offered)
    rig.grow(3)

    rig.look("tax")  # refuses: the proof is from nothing, and it has seen 3
    assert rig.cosigned() == {} and rig.integrator.once() == 0
    rig.look("tax")

    assert rig.cosigned() == {"tax": 6}
    assert rig.contradictions() == []


def test_a_rewritten_log_stops_when_it_meets_what_witnesses_saw(rig: Rig) -> None:
    rig.grow(300)
    rig.look()
    rig.forget(*LOG)
    rig.restart()

    assert rig.grow(400, "other") == 0
    assert sorted(rig.contradictions()) == [(each, 300, 0) for each in sorted(AGENCIES)]


@pytest.mark.parametrize("length", [200, 300, 400])
def test_one_who_erases_what_is_known_of_witnesses_too_is_told_by_the_nodes(
    rig: Rig, length: int
) -> None:
    """Rewritten, signed anew with the ledger's own key, shorter, equal or longer."""
    rig.grow(300)
    rig.look()
    rig.forget(*LOG, *WATCH)
    rig.restart()
    assert rig.grow(length, "other") == length

    rig.look("tax")

    assert rig.cosigned()["tax"] == 300  # what it cosigned before, and nothing since
    assert rig.grow(1) == 0
    same = min(length, 300)
    assert rig.contradictions() == [("tax", 300, same)]


def test_a_log_that_was_rewound_and_says_so_is_refused(rig: Rig) -> None:
    rig.grow(300)
    rig.look()
    rig.grow(300)
    rig.look("tax")
    rig.as_owner(
        "delete from ledger_checkpoint where size > 300",
        "delete from ledger_entry where seq >= 300",
        "delete from ledger_tile_hash where place >= 1",
    )
    rig.restart()

    assert rig.grow(5) == 0
    assert rig.contradictions() == [("tax", 600, 300)]


def test_a_contradiction_stays_when_the_integrator_starts_again(rig: Rig) -> None:
    rig.grow(300)
    rig.look("tax")
    rig.forget(*LOG)
    rig.restart()
    assert rig.grow(1, "other") == 0
    before = rig.contradictions()

    rig.restart()

    assert rig.integrator.once() == 0
    assert rig.contradictions() == before != []


def test_a_witness_that_lies_stops_nothing(rig: Rig) -> None:
    rig.grow(3)
    work = rig.offices.orders("tax").work()
    assert work.checkpoint
    forged = checkpoint.sign(
        checkpoint.Checkpoint("ledger.example", 9, bytes(32)),
        SignerKey.generate("ledger.example"),
    )
    key = rig.offices.nodes["tax"].witness_key()
    said = Witnessed(offer=work.checkpoint.id, seen=forged, key=key, refused="a lie")

    rig.offices.orders("tax").report(Report(witnessed=said))

    assert rig.grow(3) == 3
    assert rig.contradictions() == []


@pytest.mark.parametrize("seen", ["", "nonsense", "nul\x00byte\n\n— x AAAAAAAA\n"])
def test_what_is_no_checkpoint_is_not_kept(rig: Rig, seen: str) -> None:
    rig.grow(3)
    offered = rig.offices.orders("tax").work().checkpoint
    assert offered
    said = Witnessed(offer=offered.id, seen=seen, key=bytes(32), cosignature="— x y")

    rig.offices.orders("tax").report(Report(witnessed=said))

    assert rig.cosigned() == {}
    assert rig.grow(3) == 3
    rig.look("tax")
    assert rig.cosigned() == {"tax": 6}


def test_the_key_that_a_witness_came_with_stays_its_key(rig: Rig) -> None:
    """Whoever took a node's certificate cannot cosign under a key of their own."""
    rig.grow(3)
    rig.look("tax")
    rig.grow(3)
    offered = rig.offices.orders("tax").work().checkpoint
    assert offered
    hub = cosigner(SIGNER.verifier, "tax", rig.offices.nodes["hub"])
    thief = Witness(SIGNER.verifier, hub, FileMemory(rig.place / "thief"))

    rig.offices.orders("tax").report(Report(witnessed=thief.consider(offered)))

    assert rig.cosigned() == {"tax": 3}


def test_an_answer_to_another_agencys_offer_is_passed_over(rig: Rig) -> None:
    rig.grow(3)
    offered = rig.offices.orders("hub").work().checkpoint
    assert offered
    said = rig.witness("tax").consider(offered)

    rig.offices.orders("tax").report(Report(witnessed=said))

    assert rig.cosigned() == {}
    rig.look("tax")
    assert rig.cosigned() == {"tax": 3}
