"""What a preview shows is what the other agency has afterwards, for random drafts."""

from datetime import date, timedelta

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acts import advice, handoffs
from acts.handoffs import Question, Reply
from acts.items.reading import read_item
from acts.looking_up import find_handoff
from acts.pages.one_handoff import show_handoff
from acts.previewing import (
    SeenItem,
    preview_answer,
    preview_question,
    preview_request,
)
from models.errors import InvalidInput, NotPermitted, OutsidePack, PiecesMissing
from models.handling import Handling, HandlingCode, Nature, Regime
from models.ids import AgencyId, CaseId, HandoffId
from tests.deeds.cast import (
    ADVICE_WANTED,
    DEIPP,
    HANDLER,
    MAYOR,
    POLICE,
    REGISTRAR,
    Cast,
    handoff_of,
)
from tests.oracles.evidence import items_of, procedure_of
from tests.running.terminal import Terminal
from tests.running.world import World

PARTNERS = {
    "pz-midi": ("src.2", POLICE),
    "ciear-bxl": ("src.6", "ciear-bxl/analyst"),
}
words = st.text(
    st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60
).filter(str.strip)
few = settings(
    max_examples=12,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def case(world: World, cast: Cast) -> CaseId:
    opened = world.do(cast.open_case())
    world.do(cast.add_fact(opened))
    return opened


@st.composite
def handlings(draw: st.DrawFn, today: date) -> Handling:
    first = today - timedelta(days=8 * 365)
    collected = draw(st.one_of(st.none(), st.dates(first, today)))
    return Handling(
        basis="NLC 119quater §1",
        regime=draw(st.sampled_from(Regime)),
        code=draw(st.sampled_from(HandlingCode)),
        nature=draw(st.sampled_from(Nature)),
        validated=draw(st.booleans()),
        disclosable=draw(st.booleans()),
        judicial_hold=draw(st.booleans()),
        collected_on=collected,
        processed_on=draw(st.dates(collected or first, today)),
        expires_on=draw(st.sampled_from([None, today, today + timedelta(days=30)])),
    )


def seen_by(
    world: World, cast: Cast, who: str, kind: str, handoff: HandoffId
) -> tuple[SeenItem, ...]:
    """Return what an officer has of a handoff: every item of a kind, opened."""
    reader = cast.reader(who)
    page = show_handoff(cast.desk, reader, handoff)
    return tuple(
        SeenItem.of(opened.known, opened.body)
        for opened in (
            read_item(cast.desk, reader, each.item)
            for each in page.items
            if each.kind == kind
        )
    )


@few
@given(st.sampled_from(sorted(PARTNERS)), words, words)
def test_a_question_arrives_as_it_was_previewed(
    world: World, cast: Cast, case: CaseId, to: str, asked: str, context: str
) -> None:
    source, analyst = PARTNERS[to]
    question = Question(to=AgencyId(to), source=source, question=asked, context=context)

    shown = preview_question(cast.desk, cast.reader(HANDLER), case, question)
    handoff = handoff_of(world.do(cast.put(case, question)))
    world.do(cast.receive(handoff, who=analyst))

    assert shown.leaves
    assert seen_by(world, cast, analyst, "question", handoff) == shown.seen
    found = find_handoff(cast.desk, cast.officer(analyst), handoff)
    told = shown.question
    assert told and told.model_dump() == {
        name: getattr(found, name) for name in type(told).model_fields
    }


@few
@given(st.data())
def test_an_answer_arrives_as_it_was_previewed_or_not_at_all(
    world: World, cast: Cast, case: CaseId, data: st.DataObject
) -> None:
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))
    replies = tuple(
        Reply(body=data.draw(words), handling=data.draw(handlings(cast.today)))
        for _ in range(data.draw(st.integers(1, 2)))
    )

    shown = preview_answer(cast.desk, cast.reader(POLICE), handoff, replies)
    deed = handoffs.answer(cast.desk, cast.officer(POLICE), handoff, replies)
    if shown.leaves:
        world.do(deed)
    else:
        with pytest.raises(NotPermitted) as caught:
            world.do(deed)
        foreseen = [list(r.policies) for r in shown.rulings if not r.allowed]
        assert caught.value.details["policies"] in foreseen

    assert sorted_items(seen_items(world, cast, handoff)) == sorted_items(shown.seen)


def seen_items(world: World, cast: Cast, handoff: HandoffId) -> tuple[SeenItem, ...]:
    return seen_by(world, cast, HANDLER, "answer", handoff)


def sorted_items(items: tuple[SeenItem, ...]) -> list[str]:
    return sorted(each.model_dump_json() for each in items)


def test_a_register_query_is_previewed_by_its_number(
    world: World, cast: Cast, case: CaseId
) -> None:
    question = Question(
        to=AgencyId("deipp"), source="src.1", question="Hit?", context="Nécessaire."
    )
    reader = cast.reader(HANDLER)

    shown = preview_question(cast.desk, reader, case, question)
    done = world.do(handoffs.query_register(cast.desk, reader, case, question))
    handoff = handoff_of(done)
    world.do(cast.receive(handoff, who=REGISTRAR))

    assert seen_by(world, cast, REGISTRAR, "register_query", handoff) == shown.seen


def test_a_request_for_advice_arrives_as_it_was_previewed(
    world: World, cast: Cast
) -> None:
    case = world.do(cast.open_case())
    world.do(cast.add_fact(case))
    register = world.do(cast.query_register(case))
    world.do(cast.receive(register, who=REGISTRAR))
    world.do(cast.answer(register, who=REGISTRAR, hit=False))
    reader, request = cast.reader(MAYOR), ADVICE_WANTED

    shown = preview_request(cast.desk, reader, case, request)
    said_otherwise = request.model_copy(update={"register_hit": True})
    with pytest.raises(InvalidInput):
        preview_request(cast.desk, reader, case, said_otherwise)
    done = world.do(advice.request(cast.desk, reader, case, request))
    handoff = handoff_of(done)
    world.do(cast.receive(handoff, who=DEIPP))

    assert shown.leaves
    assert seen_by(world, cast, DEIPP, "advice_request", handoff) == shown.seen
    (seen,) = shown.seen
    said = orjson.loads(seen.body)
    assert said["inquiry"] == request.inquiry_done
    assert (said["register"], said["motivation"]) == ("no hit", request.motivation)


def test_what_stays_is_named_and_is_not_in_what_goes(
    world: World, cast: Cast, case: CaseId
) -> None:
    question = Question(to=AgencyId("pz-midi"), source="src.2", question="Quoi?")

    shown = preview_question(cast.desk, cast.reader(HANDLER), case, question)

    (seen,) = shown.seen
    stays = {each.field for each in shown.withheld}
    assert "enterprise_name" in stays and "Lavage Exemple" not in seen.body.decode()
    assert "persons.name" not in stays
    assert orjson.loads(seen.body)["about"]["persons"][0]["id.name"] == "Exemple"
    assert all("NLC" in each.article for each in shown.withheld)


def test_a_preview_sends_nothing(world: World, cast: Cast, case: CaseId) -> None:
    before = procedure_of(world, case)
    items = len(items_of(world, "question", case))

    question = Question(to=AgencyId("pz-midi"), source="src.2", question="Quoi?")
    preview_question(cast.desk, cast.reader(HANDLER), case, question)

    assert procedure_of(world, case) == before
    assert len(items_of(world, "question", case)) == items


def test_what_the_route_does_not_hold_is_refused_in_the_preview_already(
    cast: Cast, case: CaseId
) -> None:
    question = Question(to=AgencyId("spf-finances"), source="svc.4", question="Quoi?")

    with pytest.raises((OutsidePack, PiecesMissing)) as caught:
        preview_question(cast.desk, cast.reader(HANDLER), case, question)

    assert caught.value.help


def test_an_answer_that_may_not_go_shows_nothing_and_says_why(
    world: World, cast: Cast, case: CaseId, terminal: Terminal
) -> None:
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))
    words = ("handoff", "preview-answer", handoff, "--text", "Confidence.")

    refused = terminal.do(POLICE, *words, "--regime", "intelligence")
    allowed = terminal.do(POLICE, *words, "--regime", "police")
    page = terminal.run(*map(str, words), "--regime", "intelligence", "--as", POLICE)

    assert not refused["leaves"] and refused["sees"] == []
    (ruling,) = refused["rulings"]
    assert (
        "intelligence-stays" in ruling["policies"] and "art. 45" in ruling["articles"]
    )
    assert ruling["reasons"] and "Confidence." not in page.out
    assert allowed["leaves"] and orjson.loads(allowed["sees"][0]["body"])["answer"]
    asked = ("handoff", "preview", case, "--to", "pz-midi", "--question", "Quoi?")
    assert terminal.do(HANDLER, *asked)["question"]["asked"] == "pz-midi"
