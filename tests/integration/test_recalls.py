"""An originator takes an item back or corrects it: at once, with receipts."""

from datetime import date

import pytest

from acts.pages import lists
from acts.pages.one_handoff import HandoffPage, show_handoff
from models.errors import (
    KeyUnknown,
    NotPermitted,
)
from models.ids import CaseId, HandoffId, ItemId
from models.retention import OrderState
from runtime.roles import Role
from storage import cases
from storage.engine import transaction
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.control import (
    CIEAR,
    PART,
    PROSECUTOR,
    SECRET,
    Control,
    Kept,
    all_done,
    known_to,
    notices,
)
from tests.oracles.evidence import disagreements, entries, unproven_acts
from tests.pieces.certified import key_in, signer_of
from tests.running.world import World, eventually
from vault.destruction import verify_recall
from vault.values import RecallReceipt, Sealed, Wrap

SECOND = "pz-midi/second"
TRUE = "Le témoin parlait d'un autre établissement."


def copies(world: World, item: ItemId, agency: str) -> tuple[Sealed, Wrap]:
    """Keep what an item and its key look like at a holder, as a backup would."""
    (row,) = world.rows(
        "select i.header, b.ciphertext, i.commitment, i.signature, k.giver,"
        " k.case_key_id, k.wrapped from item i join item_body b on b.item_id = i.id"
        " join item_key k on k.item_id = i.id where i.id = %s and k.agency_id = %s",
        item,
        agency,
    )
    header, ciphertext, commitment, signature, giver, case_key, wrapped = row
    sealed = Sealed(
        bytes(header), bytes(ciphertext), bytes(commitment), bytes(signature)
    )
    return sealed, Wrap(str(item), giver, agency, case_key, bytes(wrapped))


def page(cast: Cast, who: str, handoff: HandoffId) -> HandoffPage:
    """Return a question as somebody sees it."""
    return show_handoff(cast.desk, cast.reader(who), handoff)


def item_lines(cast: Cast, who: str, case: CaseId) -> list[object]:
    """Return the first page of a list of items."""
    found = lists.list_items(cast.desk, cast.reader(who), case)
    return [*found.taken_back, *found.items]


def test_from_the_commit_on_nobody_but_the_originator_reads_it(
    world: World, cast: Cast, control: Control, spread: Kept
) -> None:
    for who in (HANDLER, CIEAR):
        assert SECRET.encode() in control.read(spread.item, who).body

    world.do(control.recall(spread.item))

    for who in (HANDLER, CIEAR):
        with pytest.raises(NotPermitted, match="took this item back"):
            control.read(spread.item, who)
    assert SECRET.encode() in control.read(spread.item, POLICE).body
    keys = world.rows("select agency_id from item_key where item_id = %s", spread.item)
    assert keys == [("pz-midi",)]
    # What may not be read is in no list; what was taken back, in its own.
    assert spread.item not in {item.item for item in cast.file(spread.case).items}
    kept = (cast.file(spread.case), page(cast, CIEAR, spread.served))
    for found in kept:
        (line,) = found.taken_back
        assert (line.item, line.originator) == (spread.item, "pz-midi")
        assert (line.ground, line.taken_back_on) == ("incorrect", cast.today)
        assert line.model_dump().keys().isdisjoint({"handling", "body", "audience"})
    assert page(cast, POLICE, spread.police).taken_back == ()
    assert item_lines(cast, HANDLER, spread.case)[0] == kept[0].taken_back[0]
    assert [line.agency for line in control.lines(HANDLER, spread.item)] == [
        "anderlecht"
    ]


def test_each_holder_gives_it_back_and_signs_for_it(
    world: World, cast: Cast, control: Control, spread: Kept
) -> None:
    done = world.do(control.recall(spread.item))

    assert eventually(lambda: all_done(world, spread.item))
    lines = control.lines(POLICE, spread.item)
    assert [(line.agency, line.state) for line in lines] == [
        ("anderlecht", OrderState.DONE), ("ciear-bxl", OrderState.DONE),
    ]  # fmt: skip
    for agency, stored in world.rows(
        "select agency_id, receipt from node_order where item_id = %s", spread.item
    ):
        said = stored | {"signature": bytes.fromhex(stored["signature"])}
        receipt = RecallReceipt(**said)
        verify_recall(receipt, key_in(cast.agency(agency)))
        assert (receipt.item_id, receipt.is_final) == (str(spread.item), True)
    terms = world.rows(
        "select agency_id, clock, state from deadline where item_id = %s order by 1",
        spread.item,
    )
    assert terms == [
        ("anderlecht", "recall_receipt", "met"), ("ciear-bxl", "recall_receipt", "met"),
    ]  # fmt: skip
    # The process lets go of its timers too: no receipt is an act.
    assert eventually(lambda: disagreements(world, spread.case) == [])
    about = [e for e in entries(world) if str(spread.item) in e.get("items", ())]
    (act,) = [e for e in about if e.get("act") == str(done.act)]
    assert (act["kind"], act["operation"]) == ("item.recall", "erasure")
    assert act["recipients"] == ["anderlecht", "ciear-bxl"]
    receipts = [e["agency"] for e in about if e["kind"] == "item.given_back"]
    assert sorted(receipts) == ["anderlecht", "ciear-bxl"]
    assert unproven_acts(world) == []


def test_the_list_says_what_is_due_first_once_an_item_was_given_back(
    world: World, cast: Cast, control: Control, spread: Kept
) -> None:
    world.do(control.recall(spread.item))
    assert eventually(lambda: all_done(world, spread.item))

    line, file = cast.cases(HANDLER)[spread.case], cast.file(spread.case)
    runs = [d for d in file.deadlines if d.state == "running"]
    own = [d for d in runs if d.agency == file.case.agency]
    assert (line.next_clock, line.next_due) == (own[0].clock, own[0].due_on)
    assert line.next_clock == "inquiry"


def test_that_an_item_is_taken_back_stands_in_no_list_of_who_may_not_know_it(
    world: World, cast: Cast, spread: Kept
) -> None:
    """A superior sees the case, and none of its items."""
    item, case = spread.item, spread.case
    with world.superuser() as connection:
        connection.execute(
            "insert into deadline (id, case_id, item_id, agency_id, clock, state,"
            " started_on, due_on, ends_at, extended, counting) values"
            " (gen_random_uuid(), %s, %s, 'anderlecht', 'recall_receipt', 'running',"
            " '2026-03-02', '2026-03-02', now(), 0, '{}')",
            [case, item],
        )
    with transaction(world.engine(Role.RECORD, pool=1)) as record:
        cases.note_due(record, case)

    superior, handler = (
        cast.cases(who)[case] for who in ("anderlecht/supervisor", HANDLER)
    )
    first = date(2026, 3, 2)
    assert (handler.next_clock, handler.next_due) == ("recall_receipt", first)
    assert superior.next_clock == "inquiry"
    assert superior.next_due and superior.next_due > first
    assert world.one("select next_clock from case_file where id = %s", case) is None


def test_a_kept_copy_opens_nothing_at_the_holders_node_any_more(
    world: World, cast: Cast, control: Control, spread: Kept
) -> None:
    control.read(spread.item, HANDLER)  # else the key may still be on its way
    sealed, wrap = copies(world, spread.item, "anderlecht")
    node, signer = cast.desk.node("anderlecht"), signer_of(cast.desk.node("pz-midi"))
    assert SECRET.encode() in node.open(sealed, wrap, signer)
    other = control.item(spread.case, "opening_facts")

    world.do(control.recall(spread.item))
    assert eventually(lambda: all_done(world, spread.item))

    with pytest.raises(KeyUnknown, match="taken back"):
        node.open(sealed, wrap, signer)
    assert b"rants" in control.read(other, HANDLER).body


def test_holders_are_told_and_learn_nothing_of_each_other(
    world: World, cast: Cast, control: Control, spread: Kept
) -> None:
    """LVP 32 §3: who received it is told; who else did is not theirs to know."""
    world.do(control.recall(spread.item))
    assert eventually(lambda: all_done(world, spread.item))

    (here,) = [n for n in notices(cast, HANDLER, spread.police) if n.kind == "recalled"]
    (there,) = [n for n in notices(cast, CIEAR, spread.served) if n.kind == "recalled"]
    for notice in (here, there):
        assert notice.detail == f"{str(spread.item)[:8]} incorrect"
    for who, seen in (
        (POLICE, {"anderlecht", "ciear-bxl"}),
        (SECOND, set()),
        (HANDLER, {"anderlecht"}),
        (CIEAR, {"ciear-bxl"}),
        (PROSECUTOR, set()),
    ):
        assert {line.agency for line in control.lines(who, spread.item)} == seen, who
        with world.seat(cast.officer(who)) as seat:
            for query in (
                b"select agency_id from node_order where item_id = %s",
                b"select agency_id from deadline where item_id = %s",
            ):
                found = {a for (a,) in seat.execute(query, [spread.item]).fetchall()}
                assert found == seen, (who, query)
    everything = cast.file(spread.case).model_dump_json()
    assert "ciear-bxl" in everything  # it was asked, which the file says
    lines = [x for x in cast.file(spread.case).story if x.kind == "item.given_back"]
    assert {line.agency for line in lines} == {"anderlecht"}


def test_excerpts_go_with_the_whole(
    world: World, cast: Cast, control: Control, kept: Kept
) -> None:
    world.do(control.grant(world.do(control.requested(kept)), body=PART))
    found = known_to(cast, kept.served, CIEAR).values()
    (excerpt,) = [item.item for item in found if item.excerpt_of == kept.item]

    world.do(control.recall(kept.item))

    with pytest.raises(NotPermitted, match="took this item back"):
        control.read(excerpt, CIEAR)
    assert eventually(lambda: all_done(world, excerpt))
    assert [line.agency for line in control.lines(POLICE, excerpt)] == ["ciear-bxl"]


def test_a_correction_goes_to_the_same_holders_in_the_place_of_the_old(
    world: World, cast: Cast, control: Control, spread: Kept
) -> None:
    done = world.do(control.correct(spread.item, TRUE))

    for who, handoff in ((HANDLER, spread.police), (CIEAR, spread.served)):
        found = known_to(cast, handoff, who).values()
        (fresh,) = [item for item in found if item.corrects == spread.item]
        opened = control.read(fresh.item, who)
        assert TRUE.encode() in opened.body and opened.body.startswith(b"{")
        assert (fresh.source, fresh.handling.code) == ("src.2", "H2")
        with pytest.raises(NotPermitted):
            control.read(spread.item, who)
        told = [n.kind for n in notices(cast, who, handoff)]
        assert told.count("corrected") == 1
    assert eventually(lambda: all_done(world, spread.item))
    (entry,) = [e for e in entries(world) if e.get("act") == str(done.act)]
    assert (entry["kind"], entry["operation"]) == ("item.correct", "alteration")
    assert set(entry["items"]) == {str(spread.item), str(fresh.item)}
    assert {note["allowed"] for note in entry["rulings"]} == {True}


def test_a_correction_can_be_corrected_and_taken_back(
    world: World, control: Control, kept: Kept
) -> None:
    world.do(control.correct(kept.item, "Un autre."))
    first = control.item(kept.case)
    world.do(control.correct(first, "Encore un autre."))
    second = control.item(kept.case)

    world.do(control.recall(second))

    assert len({kept.item, first, second}) == 3
    with pytest.raises(NotPermitted):
        control.read(second, HANDLER)
