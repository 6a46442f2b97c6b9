"""The reference case, played to both its endings, and what is left afterwards."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from rich.console import Console

from acts import overview
from acts.reading import read_item
from commands.demo import play
from commands.demo.scenes import decision
from commands.demo.stage import Stage
from models.errors import KeyUnknown, NotFound
from models.ids import ItemId, workflow_id
from tests.cast import HANDLER, MAYOR, Cast
from tests.evidence import disagreements, unproven_acts
from tests.world import DAY_SECONDS, World, eventually
from vault.values import Sealed, Wrap

_COMPLETED: Any = "activity_task_completed_event_attributes"
Copy = tuple[ItemId, Sealed, Wrap, bytes]


@dataclass
class Played:
    """A played case, what was shown, and a thief's copy made before it was closed."""

    stage: Stage
    copies: list[Copy]

    @property
    def shown(self) -> str:
        """Return everything that the play printed, on one line."""
        assert isinstance(self.stage.console.file, io.StringIO)
        return " ".join(self.stage.console.file.getvalue().split())


@pytest.fixture(scope="module")
def without_measure(world: World, cast: Cast) -> Iterator[Played]:
    with pytest.MonkeyPatch.context() as patch:
        played = Played(new_stage(world, cast, patch), [])
        closing = decision.close_without_measure

        async def copy_and_close(stage: Stage) -> None:
            played.copies += copies_of(world, stage.case)
            await closing(stage)

        patch.setattr(decision, "close_without_measure", copy_and_close)
        world.do(play.play_no_measure(played.stage))
    settle(world, played.stage)
    yield played


@pytest.fixture(scope="module")
def with_measure(world: World, cast: Cast) -> Iterator[Played]:
    with pytest.MonkeyPatch.context() as patch:
        stage = new_stage(world, cast, patch)
        world.do(play.play_measure(stage))
    settle(world, stage)
    yield Played(stage, [])


def new_stage(world: World, cast: Cast, patch: pytest.MonkeyPatch) -> Stage:
    patch.setattr(decision, "_NODES_NEED", 0.0)  # we look again until it is so
    return Stage(
        desk=world.desk,
        clock=world.clock,
        day_seconds=DAY_SECONDS,
        officers=cast.officers,
        agencies=cast.agencies,
        console=Console(file=io.StringIO(), width=200),
    )


def settle(world: World, stage: Stage) -> None:
    """Wait until everything that fell due is destroyed and every node has done so."""
    today = stage.desk.clock.now().date()
    due = (
        "select count(*) from retention_due"
        " where case_id = %s and state = 'waiting' and due_on <= %s"
    )
    still = "select count(*) from node_order where case_id = %s and state = 'open'"
    eventually(
        lambda: world.one(due, stage.case, today) == world.one(still, stage.case) == 0
    )


def copies_of(world: World, case: object) -> list[Copy]:
    """Return everything that somebody with the whole database could take away."""
    rows = world.rows(
        "select i.id, i.header, b.ciphertext, i.commitment, i.signature,"
        " k.giver, k.agency_id, k.case_key_id, k.wrapped, a.signing_key"
        " from item i join item_body b on b.item_id = i.id"
        " join item_key k on k.item_id = i.id join agency a on a.id = i.originator"
        " where i.case_id = %s and k.scope <> 'file'",
        case,
    )
    return [
        (ItemId(row[0]), Sealed(*row[1:5]), Wrap(str(row[0]), *row[5:9]), row[9])
        for row in rows
    ]


def test_the_play_without_a_measure_ends_closed_in_record_and_process(
    world: World, without_measure: Played
) -> None:
    case = without_measure.stage.case

    query = "select stage, outcome, closed_on is not null from case_file where id = %s"
    assert world.rows(query, case) == [("closed", "out.none", True)]
    assert disagreements(world, case) == []
    assert without_measure.stage.acts == 12


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
    assert without_measure.stage.refusals == 2
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

    destroyed = world.rows(query, without_measure.stage.case)

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
                     without_measure.stage.case) == 0  # fmt: skip


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


def test_every_order_to_destroy_keys_was_carried_out_and_signed_for(
    world: World, without_measure: Played
) -> None:
    query = (
        "select agency_id, state, length(receipt->>'signature') > 100,"
        " (receipt->>'keys')::int from node_order where case_id = %s"
    )

    orders = world.rows(query, without_measure.stage.case)

    assert {order[:3] for order in orders} == {
        ("anderlecht", "done", True),
        ("pz-midi", "done", True),
        ("deipp", "done", True),
    }
    assert all(keys >= 1 for *_, keys in orders)


def test_the_communal_file_can_still_be_read(
    cast: Cast, without_measure: Played
) -> None:
    """Five years from the end of the inquiry (NLC 119quinquies §2 al.3)."""
    known = without_measure.stage.file().items
    card = next(i.item for i in known if i.kind == "subject_card")

    opened = read_item(cast.desk, cast.reader(MAYOR), ItemId(card))

    assert b"Lavage Express" in opened.body and opened.receipt


def test_those_who_answered_learn_the_outcome_and_nothing_else(
    cast: Cast, without_measure: Played
) -> None:
    stage = without_measure.stage
    inbox = overview.inbox(cast.desk, cast.officer("pz-midi/analyst"))

    (notice,) = [
        n for n in inbox.notices if n.case == stage.case and n.kind == "feedback"
    ]

    assert (notice.detail, notice.clock, notice.due_on) == ("out.none", "", None)


def test_the_play_with_a_measure_ends_closed_in_record_and_process(
    world: World, with_measure: Played
) -> None:
    stage = with_measure.stage

    query = "select stage, outcome from case_file where id = %s"
    assert world.rows(query, stage.case) == [("closed", "out.refuse")]
    query = "select state, notified_on is not null, filed_on is not null from decision"
    assert world.rows(query + " where case_id = %s", stage.case) == [
        ("notified", True, True)
    ]
    assert disagreements(world, stage.case) == []
    assert (stage.acts, stage.refusals) == (40, 5)


@pytest.mark.parametrize(
    "words",
    [
        "asks SPF Finances directly: refused",
        "extends it once more: refused the `inquiry` term cannot be extended",
        "proposes a refusal before any hearing: refused",
        "adopts the decision alone: refused `decision.adopt` is done by college",
    ],
)
def test_every_refusal_of_the_longer_play_is_shown(
    with_measure: Played, words: str
) -> None:
    assert words in with_measure.shown


def test_the_process_destroys_on_the_day_the_appeal_term_ends(
    world: World, with_measure: Played
) -> None:
    """NLC 119quinquies §2 al.4: without waiting for the next daily round."""
    case = with_measure.stage.case
    ended = world.one(
        "select due_on + 1 from deadline where case_id = %s and clock = 'annulment'",
        case,
    )

    days = world.rows(
        "select distinct due_on, state from retention_due"
        " where case_id = %s and scope = 'underlying'",
        case,
    )

    assert days == [(ended, "destroyed")]
    history = world.do(
        world.client.get_workflow_handle(workflow_id(case)).fetch_history()
    )
    done = [e for e in history.events if e.HasField(_COMPLETED)]
    assert len(done) == 1


def test_five_years_later_nothing_of_the_file_is_left(
    world: World, with_measure: Played
) -> None:
    case = with_measure.stage.case

    left = world.rows(
        "select i.kind, k.agency_id, k.scope from item_key k"
        " join item i on i.id = k.item_id where i.case_id = %s",
        case,
    )
    waiting = "select count(*) from retention_due where case_id = %s and state = "
    bodies = "select count(*) from item_body b join item i on i.id = b.item_id where "

    assert left == []
    assert world.one(waiting + "'waiting'", case) == 0
    assert world.one(bodies + "i.case_id = %s", case) == 0


def test_those_who_refused_are_not_told_how_it_ended(
    world: World, with_measure: Played
) -> None:
    query = (
        "select distinct agency_id from notice"
        " where case_id = %s and kind = 'feedback' and detail = 'out.refuse' order by 1"
    )

    told = [agency for (agency,) in world.rows(query, with_measure.stage.case)]

    assert told == ["ciear-bxl", "deipp", "onss", "pz-midi", "spf-finances"]


def test_every_act_of_both_plays_is_proven_once(
    world: World, without_measure: Played, with_measure: Played
) -> None:
    assert unproven_acts(world) == []
