"""What becomes of a question is signed by both agencies, and of that nothing inside."""

import json

import psycopg
import pytest

from acts.pages.one_handoff import show_handoff
from models.ids import CaseId, HandoffId
from runtime.receipts import ReceiptFiles
from tests.deeds import guarding
from tests.deeds.cast import DEIPP, HANDLER, POLICE, Cast
from tests.oracles.evidence import both_signed
from tests.running.terminal import Terminal
from tests.running.world import World, eventually


@pytest.fixture
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


def changes(cast: Cast, who: str, handoff: HandoffId) -> list[str]:
    """Return what somebody sees became of a question, and that both sides signed it."""
    assert eventually(lambda: both_signed(cast.world, handoff))
    shown = show_handoff(cast.desk, cast.reader(who), handoff).changes
    assert all(each.unsigned == () for each in shown)
    return [each.change.value for each in shown]


def receipts(world: World, handoff: HandoffId) -> list[tuple[str, str]]:
    """Return which agency says that it was handed the leaf of which change."""
    return world.rows(
        "select agency_id, change from handoff_twin where handoff_id = %s"
        " and word::jsonb->>'receipt' = 'true' order by step",
        handoff,
    )


def test_both_sides_sign_a_question_from_offer_to_answer(
    world: World, cast: Cast, case: CaseId, terminal: Terminal
) -> None:
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))
    world.do(cast.accept(handoff))
    world.do(cast.answer(handoff))
    told = ["offered", "received", "accepted", "answered"]

    assert changes(cast, HANDLER, handoff) == changes(cast, POLICE, handoff) == told
    acted = ["anderlecht", *["pz-midi"] * 3]
    assert receipts(world, handoff) == list(zip(acted, told, strict=True))
    page = terminal.run("handoff", "show", str(handoff), "--as", HANDLER)
    assert page.out.count("both sides signed") == 4


def test_a_side_that_is_missing_is_listed_with_who_owes_it_and_why(
    world: World, cast: Cast, case: CaseId, terminal: Terminal
) -> None:
    handoff = world.do(cast.ask(case))
    assert eventually(lambda: both_signed(world, handoff))
    with world.superuser() as connection:
        connection.execute(
            "update handoff_twin set word = null, told_at = null, refused = 'no file'"
            " where handoff_id = %s and side = 'receiver'",
            [handoff],
        )

    listed = terminal.run("ledger", "twins", "--json")
    page = terminal.run("handoff", "show", str(handoff), "--as", HANDLER)
    found = json.loads(listed.out)["missing"]
    (missing,) = [each for each in found if each["handoff"] == str(handoff)]
    assert (missing["agency"], missing["change"]) == ("pz-midi", "offered")
    assert (missing["refused"], listed.code) == ("no file", 8)
    assert "both sides signed" not in page.out and "pz-midi" in page.out

    with world.superuser() as connection:
        connection.execute("update handoff_twin set refused = ''")
    assert eventually(lambda: both_signed(world, handoff))


def test_both_nodes_look_for_each_change_in_the_log(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case))
    assert eventually(lambda: both_signed(world, handoff))
    leaf = world.one("select leaf from handoff_twin where handoff_id = %s", handoff)
    files = ReceiptFiles(lambda _: world.settings.node_files)

    for agency in ("anderlecht", "pz-midi"):
        book = files.of(agency)
        assert book.has(leaf)
        open_ = lambda b=book: [each.leaf for each in b.unsettled(0, 10_000)]  # noqa: E731
        assert eventually(lambda open_=open_: leaf not in open_())


def test_of_what_stays_inside_nobody_signs_anything(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(guarding.ask(cast, case))
    world.do(guarding.is_declined(cast, handoff))
    world.do(guarding.prepare(cast, handoff))
    owed = "select count(*) from handoff_twin where handoff_id = %s"
    assert world.one(owed, handoff) == 2

    world.do(guarding.confirm(cast, handoff))

    assert changes(cast, HANDLER, handoff) == ["offered", "answered"]


def test_what_ends_with_its_case_is_signed_without_saying_why(
    world: World, cast: Cast, case: CaseId
) -> None:
    """The asked agency acts on nothing, and its node is handed a hash."""
    handoff = world.do(cast.ask(case))
    world.do(cast.close(case))

    assert changes(cast, POLICE, handoff) == ["offered", "recalled"]


def test_only_the_parties_see_what_became_of_a_question(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case))
    count = "select count(*) from handoff_twin where handoff_id = %s"

    for who, seen in ((HANDLER, 2), (POLICE, 2), (DEIPP, 0)):
        with world.seat(cast.officer(who)) as seat:
            assert seat.execute(count, [handoff]).fetchone() == (seen,)


HIDDEN = (
    "select word from handoff_twin",
    "select leaf from handoff_twin",
    "select acted from handoff_twin",
    "select refused from handoff_twin",
    "select since from handoff_twin",
)


@pytest.mark.parametrize("query", HIDDEN)
def test_by_whose_act_a_question_ended_is_not_the_parties_to_read(
    world: World, cast: Cast, query: str
) -> None:
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        world.seat(cast.officer(POLICE)) as seat,
    ):
        seat.execute(query.encode())
