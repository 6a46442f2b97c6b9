"""What rests on a fact that was taken back: proposals stop, decisions say so."""

import pytest

from acts.pages.readiness import decision_gaps
from models.errors import PiecesMissing, TransitionNotAllowed
from models.ids import CaseId
from tests.deeds.cast import DEIPP, HANDLER, Cast
from tests.deeds.control import Control, all_done
from tests.deeds.measures import adopt, propose_again, propose_measure, take_measure
from tests.oracles.evidence import refused
from tests.running.world import World, eventually

OUTCOME = "out.refuse"


def missing(cast: Cast, case: CaseId) -> list[str]:
    gaps = decision_gaps(cast.desk, cast.officer(HANDLER), case, OUTCOME)
    return [gap.missing for gap in gaps]


def test_a_proposal_on_a_fact_that_was_taken_back_is_not_adopted(
    world: World, cast: Cast, control: Control
) -> None:
    case = world.do(propose_measure(cast))
    fact = control.item(case, "fact")
    assert missing(cast, case) == []

    world.do(control.recall(fact, HANDLER))

    said = f"item `{str(fact)[:8]}` was taken back by its originator"
    assert missing(cast, case) == [said]
    error = refused(world, case, adopt(cast, case), PiecesMissing)
    assert said in error.message


def test_a_correction_may_be_cited_in_a_new_proposal(
    world: World, cast: Cast, control: Control
) -> None:
    case = world.do(propose_measure(cast))
    world.do(control.correct(control.item(case, "fact"), "Une plainte.", HANDLER))
    refused(world, case, adopt(cast, case), PiecesMissing)

    world.do(propose_again(cast, case))

    assert missing(cast, case) == []
    world.do(adopt(cast, case))


def test_without_its_advice_a_proposal_is_not_adopted_either(
    world: World, cast: Cast, control: Control
) -> None:
    case = world.do(propose_measure(cast))

    given = control.item(case, "advice")
    world.do(control.recall(given, DEIPP))
    assert eventually(lambda: all_done(world, given))

    assert missing(cast, case) == ["no advice stands"]
    refused(world, case, adopt(cast, case), PiecesMissing)


def test_a_corrected_advice_stands(world: World, cast: Cast, control: Control) -> None:
    case = world.do(propose_measure(cast))

    world.do(control.correct(control.item(case, "advice"), "Risque faible.", DEIPP))

    assert missing(cast, case) == []
    world.do(adopt(cast, case))


def test_a_decision_that_stands_says_what_was_taken_back_since(
    world: World, cast: Cast, control: Control
) -> None:
    """119ter §12: the college withdraws when the facts no longer hold."""
    case = world.do(take_measure(cast))
    fact = control.item(case, "fact")
    assert missing(cast, case) == []

    world.do(control.recall(fact, HANDLER))

    assert missing(cast, case) == [
        f"item `{str(fact)[:8]}` was taken back by its originator"
    ]


def test_an_item_is_taken_back_after_the_process_of_its_case_has_ended(
    world: World, cast: Cast, control: Control
) -> None:
    """The duty lasts as long as the data: the process begins again for it, and ends."""
    case = world.do(propose_measure(cast))
    advice = control.item(case, "advice")
    world.do(cast.close(case))
    handle = world.client.get_workflow_handle(f"case-{case}")
    world.do(handle.result())

    done = world.do(control.recall(advice, DEIPP))

    assert done.taken_up
    assert world.one("select state from item where id = %s", advice) == "recalled"
    again = world.client.get_workflow_handle(f"case-{case}")
    world.do(again.result())
    with pytest.raises(TransitionNotAllowed, match="already"):
        world.do(control.recall(advice, DEIPP))
    third = world.client.get_workflow_handle(f"case-{case}")
    world.do(third.result())  # a refusal leaves no process behind
