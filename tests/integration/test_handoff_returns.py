"""A question that comes back: it is completed, and those concerned are told."""

import pytest

from acts import advice, decisions, handoffs
from acts.handoffs import Question
from acts.items.reading import read_item
from acts.pages import lists
from acts.pages.askable import questions_of
from acts.pages.one_handoff import show_handoff
from acts.previewing import preview_question
from models.agencies import ReadReason
from models.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    OutsidePack,
    TransitionNotAllowed,
)
from models.ids import AgencyId, CaseId, HandoffId
from models.items import ItemKind
from models.law.sources import SourceKind
from tests.deeds.cast import DEIPP, HANDLER, MAYOR, POLICE, REGISTRAR, Cast
from tests.deeds.measures import COLLEGE, decision_of, take_measure
from tests.oracles.evidence import disagreements, entries, refused, standing
from tests.running.world import World

LACKS, COMPLETION = "Période manquante.", "Entre 2023 et 2025."


@pytest.fixture
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


async def give_back(cast: Cast, handoff: HandoffId, who: str = POLICE) -> None:
    await cast.receive(handoff, who=who)
    await handoffs.return_(cast.desk, cast.officer(who), handoff, LACKS)


async def returned(cast: Cast, case: CaseId) -> HandoffId:
    handoff = await cast.ask(case)
    await give_back(cast, handoff)
    return handoff


async def request_advice(cast: Cast, case: CaseId) -> HandoffId:
    await cast.add_fact(case)
    register = await cast.query_register(case)
    await cast.receive(register, who=REGISTRAR)
    await cast.answer(register, who=REGISTRAR, hit=False)
    asked = await cast.request_advice(case)
    await cast.receive(asked, who=DEIPP)
    return asked


def complete(cast: Cast, handoff: HandoffId, who: str = HANDLER):
    return handoffs.complete(cast.desk, cast.officer(who), handoff, COMPLETION)


def test_a_returned_question_is_completed_offered_again_and_answered(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(returned(cast, case))
    due = world.one("select due_on from handoff where id = %s", handoff)

    world.do(complete(cast, handoff))

    assert standing(world, handoff) == "offered"
    assert world.one("select due_on from handoff where id = %s", handoff) == due
    world.do(cast.receive(handoff))
    reader = cast.reader(POLICE, ReadReason.ANSWERING)
    opened = [
        read_item(cast.desk, reader, item.item).body
        for item in show_handoff(cast.desk, reader, handoff).items
        if item.kind is ItemKind.QUESTION
    ]
    assert len(opened) == 2 and COMPLETION.encode() in opened
    world.do(cast.answer(handoff))
    assert standing(world, handoff) == "answered"
    kinds = [e["kind"] for e in entries(world) if e.get("handoff") == str(handoff)]
    assert "handoff.complete" in kinds
    assert disagreements(world, case) == []


def test_the_agreed_term_runs_on_while_a_question_is_returned(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(returned(cast, case))
    world.do(complete(cast, handoff))

    terms = "select clock, state from deadline where handoff_id = %s"
    assert world.rows(terms, handoff) == [("police_answer", "running")]


def test_a_query_of_the_register_is_completed_too(
    world: World, cast: Cast, case: CaseId
) -> None:
    async def query() -> HandoffId:
        await cast.add_fact(case)
        register = await cast.query_register(case)
        await give_back(cast, register, who=REGISTRAR)
        return register

    handoff = world.do(query())
    world.do(complete(cast, handoff))

    assert standing(world, handoff) == "offered"


def test_only_a_returned_question_is_completed_and_only_by_its_asker(
    world: World, cast: Cast, case: CaseId
) -> None:
    fresh, back = world.do(cast.ask(case)), world.do(returned(cast, case))

    early = refused(world, case, complete(cast, fresh), TransitionNotAllowed)
    refused(world, case, complete(cast, back, who=POLICE), NotFound)

    assert "`returned`" in early.help


def test_a_request_for_advice_is_refused_returned_and_completed_its_own_way(
    world: World, cast: Cast, case: CaseId
) -> None:
    """L24 20 al.3-4: inadmissible the first time may be completed, within a term."""

    asked, adviser = world.do(request_advice(cast, case)), cast.officer(DEIPP)
    for deed in (
        handoffs.refuse(cast.desk, adviser, asked, "L24 20", LACKS),
        handoffs.return_(cast.desk, adviser, asked, LACKS),
    ):
        error = refused(world, case, deed, TransitionNotAllowed)
        assert "`estafette advice reject`" in error.help

    world.do(advice.reject(cast.desk, adviser, asked, LACKS))
    error = refused(world, case, complete(cast, asked), TransitionNotAllowed)
    assert "`estafette advice complete`" in error.help


def told(cast: Cast, who: str, handoff: HandoffId | None = None) -> list[str]:
    found = lists.notices(cast.desk, cast.reader(who))
    return [notice.kind for notice in found if notice.handoff == handoff]


def test_the_asker_is_told_that_a_question_came_back_and_not_what_with(
    world: World, cast: Cast, case: CaseId
) -> None:
    answered, refusal, back = (world.do(cast.ask(case)) for _ in range(3))
    world.do(cast.receive(answered))
    world.do(cast.answer(answered, "Secretissime."))
    world.do(cast.receive(refusal))
    police = cast.officer(POLICE)
    world.do(handoffs.refuse(cast.desk, police, refusal, "NLC 119ter §16", LACKS))
    world.do(give_back(cast, back))

    assert told(cast, HANDLER, answered) == ["answered"]
    assert told(cast, HANDLER, refusal) == ["refused"]
    assert told(cast, HANDLER, back) == ["returned"]
    assert told(cast, POLICE, answered) == ["offered"]
    with world.seat(cast.officer("anderlecht/second")) as seat:
        query = b"select count(*) from notice where case_id = %s"
        assert seat.execute(query, [case]).fetchone() == (0,), "not named for it"
    rows = world.rows("select clock || detail from notice where case_id = %s", case)
    assert set(rows) == {("",)}


def test_the_municipality_is_told_of_an_advice_rejected_and_delivered(
    world: World, cast: Cast, case: CaseId
) -> None:
    asked, adviser = world.do(request_advice(cast, case)), cast.officer(DEIPP)
    mayor = cast.officer(MAYOR)
    world.do(advice.reject(cast.desk, adviser, asked, LACKS))
    assert told(cast, HANDLER, asked) == ["returned"]

    world.do(advice.complete(cast.desk, mayor, asked, COMPLETION))
    world.do(cast.receive(asked, who=DEIPP))
    world.do(advice.admit(cast.desk, adviser, asked))
    world.do(advice.deliver(cast.desk, adviser, asked, "Risque sérieux."))

    assert told(cast, HANDLER, asked) == ["answered", "returned"]


def test_an_adviser_finds_its_own_questions_and_is_told_to_name_the_request(
    world: World, cast: Cast, case: CaseId
) -> None:
    request, adviser = world.do(request_advice(cast, case)), cast.officer(DEIPP)
    world.do(advice.admit(cast.desk, adviser, request))

    with pytest.raises(NotPermitted) as error:
        world.do(cast.ask(case, "spf-finances", "svc.4", who=DEIPP))
    with pytest.raises(NotFound):
        world.do(cast.ask(case, "spf-finances", "svc.4", who="ciear-bxl/analyst"))
    assert f"--parent {str(request)[:8]}" in error.value.help

    tax = world.do(cast.ask(case, "spf-finances", "svc.4", parent=request, who=DEIPP))
    ours, lead = cast.reader(DEIPP), cast.reader(HANDLER)
    asked = [each.id for each in lists.asked_by_us(cast.desk, ours)]
    assert tax in asked and request not in asked
    (child,) = show_handoff(cast.desk, ours, request).children
    assert (child.id, child.state, child.due_on is None) == (tax, "offered", False)
    assert show_handoff(cast.desk, lead, request).children == ()
    assert tax not in [each.id for each in lists.asked_by_us(cast.desk, lead)]


def test_an_adviser_asks_the_requesting_municipality_for_more_and_no_other(
    world: World, cast: Cast, case: CaseId
) -> None:
    request, adviser = world.do(request_advice(cast, case)), cast.officer(DEIPP)
    world.do(advice.admit(cast.desk, adviser, request))

    found = questions_of(cast.desk, adviser, case, SourceKind.HANDOFF)
    (more,) = [each for each in found.open if each.source.code == "svc.add"]
    assert [each.id for each in more.agencies] == ["anderlecht"]
    elsewhere = cast.ask(case, "saint-gilles", "svc.add", parent=request, who=DEIPP)
    error = refused(world, case, elsewhere, OutsidePack)
    assert "did not ask your agency" in error.message
    question = Question(to=AgencyId("saint-gilles"), source="svc.add", question="Quoi?")
    with pytest.raises(OutsidePack):
        preview_question(cast.desk, cast.reader(DEIPP), case, question)
    world.do(cast.ask(case, "anderlecht", "svc.add", parent=request, who=DEIPP))


def test_the_adviser_is_not_asked_like_others_and_the_refusal_names_the_commands(
    world: World, cast: Cast, case: CaseId
) -> None:
    world.do(cast.add_fact(case))
    unnumbered = refused(world, case, cast.ask(case, "deipp", "src.2"), OutsidePack)
    numbered = refused(world, case, cast.ask(case, "deipp", "src.1"), InvalidInput)

    assert "`estafette register query`" in unnumbered.help
    assert "`estafette advice request`" in unnumbered.help
    assert "`estafette register query`" in numbered.help


def test_the_college_hears_of_a_proposal_and_the_handler_of_what_became_of_it(
    world: World, cast: Cast
) -> None:
    case = world.do(take_measure(cast))
    college, decision = cast.officer(COLLEGE), decision_of(cast, case)
    world.do(decisions.withdraw(cast.desk, college, case, decision, "Annulé."))

    for who, kinds in ((COLLEGE, ["proposal"]), (HANDLER, ["withdrawn", "adopted"])):
        found = lists.notices(cast.desk, cast.reader(who))
        of_case = [n.kind for n in found if (n.case, n.handoff) == (case, None)]
        assert of_case == kinds
