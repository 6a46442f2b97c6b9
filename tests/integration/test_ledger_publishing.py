"""Publishing the log from the command line, and proofs from the database."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from scitt_cose import merkle as foreign
from sqlalchemy import Engine, text

from activities.integrator import Integrator
from ledger.checkpoint import Checkpoint, parse, sign, verify
from ledger.merkle import root
from ledger.proofs import (
    consistency_proof,
    inclusion_proof,
    verify_consistency,
    verify_inclusion,
)
from ledger.signed_note import SignerKey
from ledger.tiles import tree_over
from runtime.keys import ledger_signer, ledger_verifier
from runtime.roles import Role
from storage.engine import connect, transaction
from storage.log import ledger
from tests.deeds.cast import Cast
from tests.pieces.staged import staging
from tests.running.postgres import migrated_database
from tests.running.terminal import Terminal
from tests.running.world import World, eventually

STAGE = text(staging("''", "1", ":n"))


@pytest.fixture(scope="module")
def grown():
    """A log of 1000 entries that the integrator took in uneven batches."""
    with migrated_database() as urls:
        record = connect(urls[Role.RECORD], pool=1)
        integrator_s = connect(urls[Role.LEDGER], pool=1)
        integrator = Integrator(integrator_s, SignerKey.generate("ledger.example"))
        for batch in (1, 255, 1, 511, 100, 132):
            with transaction(record) as connection:
                connection.execute(STAGE, {"n": batch})
            assert integrator.once() == batch
        yield integrator_s
        for engine in (record, integrator_s):
            engine.dispose()


def test_the_stored_tree_proves_every_entry_and_every_step(grown: Engine) -> None:
    with transaction(grown) as connection:
        leaves = [each.leaf for each in ledger.entries(connection)]
        tree = tree_over(partial(ledger.hashes, connection))
        whole = root(leaves)
        for index in (0, 255, 256, 767, 768, 999):
            proof = inclusion_proof(index, 1_000, tree)
            verify_inclusion(leaves[index], index, size=1_000, root=whole, proof=proof)
        for old in (1, 255, 256, 257, 768, 999):
            verify_consistency(
                *(old, 1_000),
                old_root=root(leaves[:old]),
                new_root=whole,
                proof=consistency_proof(old, 1_000, tree),
            )


def test_a_foreign_verifier_accepts_our_log(grown: Engine) -> None:
    """`scitt-cose` shares no line with ours, and makes root and hashes by itself."""
    with transaction(grown) as connection:
        bodies = [each.body.hex() for each in ledger.entries(connection)]
        tree = tree_over(partial(ledger.hashes, connection))
        notes = ledger.checkpoints(connection)
        heads = [parse(note) for note in notes]
        latest = heads[-1]
        assert foreign.merkle_root(bodies) == latest.root.hex()
        for index in range(0, latest.size, 5):
            steps = inclusion_proof(index, latest.size, tree)
            proof = [each.hex() for each in steps]
            shown = (latest.size, proof, latest.root.hex())
            assert foreign.verify_inclusion(bodies[index], index, *shown)
            assert not foreign.verify_inclusion("00", index, *shown)
        for head in heads:
            steps = consistency_proof(head.size, latest.size, tree)
            proof = [each.hex() for each in steps]
            roots, sizes = (
                (head.root.hex(), latest.root.hex()),
                (head.size, latest.size),
            )
            assert foreign.verify_consistency(*roots, *sizes, proof)
            other = (bytes(32).hex(), latest.root.hex())
            assert not foreign.verify_consistency(*other, *sizes, proof)


def test_publishing_again_adds_what_came_since(
    terminal: Terminal, world: World, cast: Cast, tmp_path: Path
) -> None:
    world.do(cast.open_case())
    assert eventually(lambda: world.one("select count(*) from ledger_checkpoint"))
    first = terminal.run("ledger", "publish", "--to", str(tmp_path), "--json").document
    world.do(cast.open_case())
    grown = "select max(size) > %s from ledger_checkpoint"
    assert eventually(lambda: world.one(grown, first["now"]))

    again = terminal.run("ledger", "publish", "--to", str(tmp_path), "--json").document

    assert again["before"] == first["now"] < again["now"]
    note = (tmp_path / "checkpoint").read_text()
    published = verify(note, ledger_verifier(world.settings))
    assert (published.size, published.root.hex()) == (again["now"], again["root"])


def test_what_was_published_is_verified_and_held_against_the_log(
    terminal: Terminal, world: World, cast: Cast, tmp_path: Path
) -> None:
    world.do(cast.open_case())
    assert eventually(lambda: world.one("select count(*) from ledger_checkpoint"))
    keys, place = tmp_path / "KEYS", tmp_path / "log"
    keys.write_text(terminal.run("ledger", "keys").out)
    done = terminal.run("ledger", "publish", "--to", str(place), "--json").document

    there = ("ledger", "verify", str(place), "--keys", str(keys))
    found = terminal.run(*there, "--json").document
    note = str(place / "checkpoint")
    held = terminal.run("ledger", "verify", "--against", note, "--json").document

    assert (found["size"], found["root"]) == (done["now"], done["root"])
    assert held["size"] >= done["now"] and held["cosignatures"] >= 0
    (tile, *_) = sorted((place / "tile" / "0").rglob("[0-9]*"))
    if tile.is_dir():
        (tile,) = tile.iterdir()
    tile.write_bytes(bytes(len(tile.read_bytes())))
    assert terminal.run(*there, "--json").error["error"] == "EntryAltered"


def test_a_kept_checkpoint_of_another_history_is_named(
    terminal: Terminal, world: World, cast: Cast, tmp_path: Path
) -> None:
    world.do(cast.open_case())
    assert eventually(lambda: world.one("select count(*) from ledger_checkpoint"))
    signer = ledger_signer(world.settings)
    kept = tmp_path / "kept"
    kept.write_text(sign(Checkpoint(signer.name, 1, bytes(32)), signer))

    answer = terminal.run("ledger", "verify", "--against", str(kept), "--json")

    assert (answer.code, answer.error["error"]) == (8, "EntryAltered")
    assert f"`{kept}` is of another history" in answer.error["message"]
    kept.write_text("nonsense")
    answer = terminal.run("ledger", "verify", "--against", str(kept), "--json")
    assert "is no checkpoint" in answer.error["message"]


def test_who_cosigned_is_shown(
    terminal: Terminal, world: World, cast: Cast, tmp_path: Path
) -> None:
    world.do(cast.open_case())

    def counting() -> Any:
        return terminal.run("ledger", "witnesses", "--json").document["counts"]

    assert eventually(counting)
    shown = terminal.run("ledger", "witnesses", "--json").document
    assert shown["needed"] == 2 <= len(shown["cosigned_by"])
    assert shown["contradictions"] == []
    assert {"pz-midi", "audit"} <= {each["agency"] for each in shown["witnesses"]}
    assert "cosigned by" in terminal.run("ledger", "witnesses").out


def test_a_contradiction_is_shown_with_both_checkpoints(
    terminal: Terminal, world: World
) -> None:
    contradicted = (
        "insert into contradiction values"
        " (gen_random_uuid(), 'audit', 'what audit saw', 'what the log says', now())"
    )
    with world.superuser() as connection:
        connection.execute(contradicted.encode())
    try:
        page = terminal.run("ledger", "witnesses").out
        document = terminal.run("ledger", "witnesses", "--json").document
    finally:
        with world.superuser() as connection:
            connection.execute("delete from contradiction")

    assert "ALARM" in page and "what audit saw" in page and "what the log says" in page
    (told,) = document["contradictions"]
    assert (told["agency"], told["seen"]) == ("audit", "what audit saw")


def test_no_entry_is_published(
    terminal: Terminal, world: World, cast: Cast, tmp_path: Path
) -> None:
    world.do(cast.open_case())
    assert eventually(lambda: world.one("select count(*) from ledger_checkpoint"))

    assert "published" in terminal.run("ledger", "publish", "--to", str(tmp_path)).out

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    (note,) = [path for path in files if path.name == "checkpoint"]
    leaves = {bytes(leaf) for (leaf,) in world.rows("select leaf from ledger_entry")}
    above = {bytes(each) for (each,) in world.rows("select hash from ledger_tile_hash")}
    for path in set(files) - {note}:
        held = path.read_bytes()
        hashes = {held[at : at + 32] for at in range(0, len(held), 32)}
        assert hashes <= leaves | above
