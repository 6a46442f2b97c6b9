"""What the procedure forbids: refused with the reason, and nothing changes."""

import asyncio
from uuid import uuid4

import pytest

from acts import cases, decisions, people
from acts.decisions import Proposal
from acts.pages import readiness
from acts.performing import perform
from models.errors import (
    ExtensionExhausted,
    InvalidInput,
    NotFound,
    NotPermitted,
    PiecesMissing,
    TransitionNotAllowed,
)
from models.ids import CaseId, HandoffId, OfficerId, workflow_id
from models.messages.handoffs import ReceiveHandoff
from models.motivation import Motivation
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.oracles.evidence import entries, procedure_of, refused, state_of
from tests.running.world import PATIENCE, World, eventually

COLLEAGUE = "pz-midi/second"


@pytest.fixture(scope="module")
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


def test_a_question_is_not_answered_before_it_is_received(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case))

    error = refused(world, case, cast.answer(handoff), TransitionNotAllowed)

    assert "has not been received yet" in error.message


def test_a_question_is_answered_once(world: World, cast: Cast, case: CaseId) -> None:
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))
    world.do(cast.answer(handoff, "Rien."))

    error = refused(world, case, cast.answer(handoff, "Si."), TransitionNotAllowed)

    assert "was already answered" in error.message


def test_an_answer_in_which_nothing_is_said_spends_nothing(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))

    with pytest.raises(InvalidInput, match="`answer` is empty"):
        world.do(cast.answer(handoff, "  \n"))

    assert world.do(cast.answer(handoff, "Rien.")).taken_up


def test_a_recalled_question_is_not_answered(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))
    world.do(cast.recall(handoff))

    error = refused(world, case, cast.answer(handoff), TransitionNotAllowed)

    assert "took it back" in error.message


def test_who_did_not_receive_a_question_does_not_answer_it(
    world: World, cast: Cast, case: CaseId
) -> None:
    """Need to know is by name, not by function alone (NLC 119ter §3)."""
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))

    error = refused(world, case, cast.answer(handoff, who=COLLEAGUE), NotPermitted)

    assert "in another's hands" in error.message
    assert "`estafette handoff designate`" in error.help


def test_who_is_not_designated_finds_no_such_case(
    world: World, cast: Cast, case: CaseId
) -> None:
    outsider = cast.officer("anderlecht/second")
    deed = cases.close(cast.desk, outsider, case, "Rien.")

    error = refused(world, case, deed, NotFound)

    assert str(case)[:8] in error.message


def test_the_wrong_function_is_told_which_one_it_takes(
    world: World, cast: Cast, case: CaseId
) -> None:
    deed = cases.extend(cast.desk, cast.officer(HANDLER), case, "Avis attendu.")

    error = refused(world, case, deed, NotPermitted)

    assert "mayor" in error.message and "NLC 119ter §4" in error.message


def test_the_handoff_of_another_agency_is_as_absent_as_one_that_never_was(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff, nothing = world.do(cast.ask(case)), HandoffId(uuid4())

    hidden = refused(
        world, case, cast.receive(handoff, who="ciear-bxl/analyst"), NotFound
    )
    absent = refused(
        world, case, cast.receive(nothing, who="ciear-bxl/analyst"), NotFound
    )

    told = hidden.message.replace(str(handoff)[:8], str(nothing)[:8])
    assert (told, hidden.help) == (absent.message, absent.help)
    assert hidden.details == absent.details


def test_the_asker_does_not_answer_its_own_question(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case))

    error = refused(world, case, cast.receive(handoff, who=HANDLER), NotFound)

    assert str(handoff)[:8] in error.message


def test_the_inquiry_is_extended_once(world: World, cast: Cast) -> None:
    case = world.do(cast.open_case())
    world.do(cast.extend(case))

    error = refused(world, case, cast.extend(case), ExtensionExhausted)

    assert "`inquiry`" in error.message and "NLC 119ter §4" in error.help


def test_a_decision_with_pieces_missing_names_every_one_of_them(
    world: World, cast: Cast
) -> None:
    """NLC 119ter §7-10, §13: advice, hearing, facts with sources, weighing, link."""
    case = world.do(cast.open_case())
    world.do(cast.come_to_hearing(case))
    proposal = Proposal(outcome="out.refuse", motivation=Motivation(summary="Refus."))
    mayor = cast.officer(MAYOR)
    listed = readiness.decision_gaps(cast.desk, mayor, case, "out.refuse")

    deed = decisions.propose(cast.desk, mayor, case, proposal)
    error = refused(world, case, deed, PiecesMissing)

    lacks = " ".join(error.details["gaps"])
    for missing in ("advice", "hearing", "fact", "weighing", "link"):
        assert missing in lacks and missing in error.message
    assert "register" not in lacks  # it was queried and has answered
    assert "`estafette decision gaps`" in error.help
    # The list before writing anything also asks for the motivation itself.
    assert len(listed) == len(error.details["gaps"]) + 1


@pytest.fixture(scope="module")
def closed(world: World, cast: Cast) -> CaseId:
    """A case without a measure, whose process is over and whose keys are gone."""
    case = world.do(cast.open_case())
    world.do(cast.add_fact(case))
    world.do(cast.close(case))
    handle = world.client.get_workflow_handle(workflow_id(case))
    world.do(asyncio.wait_for(handle.result(), PATIENCE))
    still = "select count(*) from node_order where case_id = %s and state = 'open'"
    assert eventually(lambda: world.one(still, case) == 0)
    return case


def test_a_closed_case_takes_nothing_that_would_be_underlying_data(
    world: World, cast: Cast, closed: CaseId
) -> None:
    """NLC 119quinquies §2: it was destroyed, so its keys are gone for good."""
    error = refused(world, closed, cast.add_fact(closed), TransitionNotAllowed)

    assert "`fact`" in error.message and "destroyed" in error.message


def test_an_act_on_a_case_whose_process_is_over_is_refused_for_good(
    world: World, cast: Cast, closed: CaseId
) -> None:
    """The officer hears it at once; the relay closes what was stored."""
    second = OfficerId("anderlecht/second")
    before = procedure_of(world, closed)

    with pytest.raises(TransitionNotAllowed, match="is over") as caught:
        deed = people.designate(
            cast.desk, cast.officer(MAYOR), closed, second, until=None
        )
        world.do(deed)
    assert caught.value.help
    (act,) = world.grow_old("case.designate", closed)
    eventually(lambda: state_of(world, act) == "refused")

    assert state_of(world, act) == "refused"
    assert procedure_of(world, closed) == before
    proofs = [e["kind"] for e in entries(world) if e.get("act") == str(act)]
    assert proofs == ["act.refused"]


def test_an_answer_in_the_name_of_another_case_is_not_found(
    world: World, cast: Cast, case: CaseId
) -> None:
    """A message that speaks of one case and is filed under another."""
    other = world.do(cast.open_case())
    handoff = world.do(cast.ask(other))
    world.do(cast.ask(case))
    message = ReceiveHandoff(handoff=handoff)

    error = refused(
        world, case, perform(cast.desk, cast.officer(POLICE), case, message), NotFound
    )

    assert str(handoff)[:8] in error.message
