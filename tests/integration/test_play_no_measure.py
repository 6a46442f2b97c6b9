"""The reference case without a measure, and what is left of it on the same day."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from acts.items.reading import read_item
from acts.pages import lists
from commands.demo import endings
from commands.demo.play import Play
from commands.demo.scenes import decision
from models.errors import KeyUnknown, NotConfigured, NotFound
from models.ids import ItemId
from runtime.nodes import LocalNodes
from runtime.signing import SigningFiles
from tests.deeds.cast import HANDLER, MAYOR, Cast
from tests.oracles.evidence import disagreements, unproven_acts
from tests.pieces.bundles import stranger
from tests.pieces.certified import key_in
from tests.pieces.masters import back_up
from tests.running.playing import Copy, Played, copies_of, new_play, settle
from tests.running.terminal import Terminal
from tests.running.world import World, eventually
from vault.destruction import verify_receipt
from vault.master_key_files import FileMasterKeys
from vault.values import DestructionReceipt

OFFICERS = (HANDLER, MAYOR, "pz-midi/analyst", "deipp/registrar")


def openable(world: World, copies: list[Copy], keyrings: Path) -> int:
    """Count what copied keyrings open under the master keys that there are now."""
    nodes = LocalNodes(
        keyrings,
        FileMasterKeys(world.data.master_keys),
        SigningFiles(world.data.signing),
    )
    opened = 0
    for _, sealed, wrap, signer in copies:
        try:
            opened += bool(nodes[wrap.receiver].open(sealed, wrap, signer))
        except NotConfigured:
            continue
    return opened


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the keyrings were copied to, on the eve of the destruction."""
    return tmp_path_factory.mktemp("backup")


@pytest.fixture(scope="module")
def without_measure(world: World, cast: Cast, backup: Path) -> Iterator[Played]:
    with pytest.MonkeyPatch.context() as patch:
        played = Played(new_play(world, cast, patch), [])
        closing = decision.close_without_measure

        async def copy_and_close(play: Play) -> None:
            under_way = "select 1 from key_delivery where live"
            assert eventually(lambda: not world.rows(under_way))
            played.copies += copies_of(world, play.case)
            for keyring in world.data.keyrings.glob("*.keyring"):
                back_up(keyring, backup)
            # Before the destruction, a backup does open: else nothing is shown below.
            assert openable(world, played.copies, backup) == len(played.copies)
            await closing(play)

        patch.setattr(decision, "close_without_measure", copy_and_close)
        world.do(endings.play_no_measure(played.play))
    settle(world, played.play)
    yield played


def test_the_play_without_a_measure_ends_closed_in_record_and_process(
    world: World, without_measure: Played
) -> None:
    case = without_measure.play.case

    query = "select stage, outcome, closed_on is not null from case_file where id = %s"
    assert world.rows(query, case) == [("closed", "out.none", True)]
    assert disagreements(world, case) == []
    assert without_measure.play.acts == 12


@pytest.mark.parametrize(
    "words",
    [
        "queries the register as the very first step: refused",
        "comes after a result of",
        "asks SPF Finances directly: refused",
        "the tax administration is not in the commune's closed list",
        "L24 21 §1 al.1, 4°",
        "`estafette advice request`",
    ],
)
def test_every_refusal_of_the_play_is_shown(
    without_measure: Played, words: str
) -> None:
    assert without_measure.play.refusals == 2
    assert words in without_measure.shown


def test_underlying_data_are_due_and_destroyed_on_the_day_of_closing(
    world: World, without_measure: Played
) -> None:
    """NLC 119quinquies §2 al.5."""
    query = (
        "select distinct r.agency_id, r.state, r.due_on = c.closed_on,"
        " r.destroyed_on = c.closed_on from retention_due r"
        " join case_file c on c.id = r.case_id"
        " where r.case_id = %s and r.scope = 'underlying' order by 1"
    )

    destroyed = world.rows(query, without_measure.play.case)

    assert destroyed == [
        ("anderlecht", "destroyed", True, True),
        ("pz-midi", "destroyed", True, True),
    ]


def test_nothing_underlying_can_be_read_any_more(
    world: World, cast: Cast, without_measure: Played
) -> None:
    copies = without_measure.copies
    own = {item for item, _, wrap, _ in copies if wrap.receiver == "anderlecht"}

    assert len(own) >= 5
    for item in own:
        with pytest.raises(NotFound):
            read_item(cast.desk, cast.reader(HANDLER), item)
        assert world.rows("select 1 from item_key where item_id = %s"
                          " and agency_id = 'anderlecht'", item) == []  # fmt: skip
    police = "select count(*) from item_body b join item i on i.id = b.item_id where "
    assert world.one(police + "i.originator = 'pz-midi' and i.case_id = %s",
                     without_measure.play.case) == 0  # fmt: skip


def test_no_keyring_opens_a_copy_that_was_taken_before(
    cast: Cast, without_measure: Played
) -> None:
    """Neither the agency whose data fell due nor those that gave them to it."""
    underlying = [
        copy
        for copy in without_measure.copies
        if copy[2].receiver in ("anderlecht", "pz-midi")
    ]

    assert {wrap.giver for _, _, wrap, _ in underlying} > {"anderlecht"}
    for _, sealed, wrap, signer in underlying:
        with pytest.raises(KeyUnknown):
            cast.desk.node(wrap.receiver).open(sealed, wrap, signer)


def test_a_backup_of_database_and_keyrings_opens_nothing_that_was_destroyed(
    world: World, without_measure: Played, backup: Path
) -> None:
    """Restored beside all that the surviving nodes have, their master keys included."""
    underlying = [
        copy
        for copy in without_measure.copies
        if copy[2].receiver in ("anderlecht", "pz-midi")
    ]

    assert underlying
    assert openable(world, underlying, backup) == 0


def test_every_order_to_destroy_keys_was_carried_out_and_signed_for(
    world: World, cast: Cast, without_measure: Played
) -> None:
    """By the agency whose data fell due, and by those that had given them to it."""
    query = (
        "select agency_id, holder, state, receipt from node_order where case_id = %s"
    )

    orders = world.rows(query, without_measure.play.case)

    assert {agency for agency, *_ in orders} == {"anderlecht", "pz-midi", "deipp"}
    for agency, holder, state, said in orders:
        lists = {name: tuple(each) for name, each in said.items() if "_ids" in name}
        signature = bytes.fromhex(said["signature"])
        receipt = DestructionReceipt(**(said | lists | {"signature": signature}))
        verify_receipt(receipt, key_in(cast.agency(agency)))
        assert (state, receipt.holder, receipt.is_final) == ("done", holder, True)
        assert receipt.case_key_ids


def test_the_communal_file_can_still_be_read(
    cast: Cast, without_measure: Played
) -> None:
    """Five years from the end of the inquiry (NLC 119quinquies §2 al.3)."""
    known = without_measure.play.file().items
    card = next(i.item for i in known if i.kind == "subject_card")

    opened = read_item(cast.desk, cast.reader(MAYOR), ItemId(card))

    assert b"Lavage Express" in opened.body and opened.receipt


def test_those_who_answered_learn_the_outcome_and_nothing_else(
    cast: Cast, without_measure: Played
) -> None:
    play = without_measure.play
    inbox = lists.inbox(cast.desk, cast.reader("pz-midi/analyst"))

    (notice,) = [
        n for n in inbox.notices if n.case == play.case and n.kind == "feedback"
    ]

    assert (notice.detail, notice.clock, notice.due_on) == ("out.none", "", None)


def test_every_act_of_the_play_is_proven_once(
    world: World, without_measure: Played
) -> None:
    assert unproven_acts(world) == []


def test_each_erasure_has_a_certificate_that_names_nobody(
    terminal: Terminal, tmp_path: Path, without_measure: Played
) -> None:
    case, keys, auditor = without_measure.play.case, tmp_path / "KEYS", "audit/auditor"
    keys.write_text(terminal.run("ledger", "keys").out)
    listed = terminal.do(auditor, "ledger", "certificates", "--case", case)
    assert {each["agency"] for each in listed} >= {"anderlecht", "pz-midi"}

    for each in listed:
        out = tmp_path / each["entry"]
        terminal.do(auditor, "ledger", "certificate", each["entry"], "--out", out)
        held = terminal.run("ledger", "verify", out, "--keys", keys, "--json").document

        assert (held["verified"], held["items"]) == (True, len(each["items"]))
        assert held["subjects"] == each["erased"]["subjects"] > 0
        assert held["article"] == "NLC 119quinquies §2 al.5"
        assert each["agency"] in {kept["agency"] for kept in held["receipts"]}
        assert [who for who in OFFICERS if who in out.read_text()] == []


def test_a_bundle_made_afterwards_says_since_when_its_subjects_are_erased(
    terminal: Terminal, tmp_path: Path, without_measure: Played, cast: Cast
) -> None:
    case, keys, out = without_measure.play.case, tmp_path / "KEYS", tmp_path / "bundle"
    keys.write_text(terminal.run("ledger", "keys").out)
    terminal.do("audit/auditor", "ledger", "export", "--case", case, "--out", out)

    found = terminal.run("ledger", "verify", out, "--keys", keys, "--json").document

    theirs = stranger()
    assert theirs.verify(out, *theirs.read_keys(keys))[0] == found["entries"]
    assert sum(found["erased_on"].values()) > 5 and found["officers"] > 5
    assert terminal.run("ledger", "verify", "--json").document["subjects_erased"] > 5
    lines = terminal.do("audit/auditor", "audit", "trail", "--case", case)
    since = {each["subjects_erased_on"] for each in lines} - {None}
    assert since == set(found["erased_on"])
    assert {each["erased_on"] for each in lines} == {None}


@pytest.mark.parametrize("who", [HANDLER, "anderlecht/supervisor"])
def test_who_is_no_auditor_gets_no_certificate_and_no_list_of_them(
    terminal: Terminal, world: World, tmp_path: Path, without_measure: Played, who: str
) -> None:
    out, case = tmp_path / "erased.json", without_measure.play.case
    query = (
        "select entry_id from ledger_entry where kind = 'items.erased' and case_id = %s"
    )
    erasure = world.one(query, case)

    for words in (("certificates",), ("certificate", erasure, "--out", out)):
        refused = terminal.ask(who, "ledger", *words)
        assert refused.code not in (0, 1), refused.out
    assert not out.exists()


def test_a_certificate_goes_with_an_older_bundle_alone(
    terminal: Terminal, tmp_path: Path
) -> None:
    keys, odd = tmp_path / "KEYS", tmp_path / "odd"
    keys.write_text(terminal.run("ledger", "keys").out)
    odd.write_text('{"certificate":"estafette-erasure/1"}\n')

    alone = terminal.run("ledger", "verify", "--certificate", odd)
    with_another = ("ledger", "verify", odd, "--keys", keys, "--certificate", odd)

    assert "goes with a bundle" in alone.err
    assert "goes with a bundle" in terminal.run(*with_another).err
    assert terminal.run("ledger", "verify", odd, "--keys", keys).code == 8
