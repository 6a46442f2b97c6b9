"""Reasons and results that the law wants said: refused where they say nothing."""

from uuid import UUID

import pytest

from acts import advice, handoffs, hearings
from acts.advice import AdviceRequest
from acts.handoffs import Question
from acts.hearings import Minutes
from models.errors import InvalidInput
from models.ids import AgencyId, CaseId
from models.proceedings import Attendance
from tests.deeds.cast import HANDLER, MAYOR, REGISTRAR, Cast
from tests.oracles.evidence import refused
from tests.running.terminal import Terminal
from tests.running.world import World

EMPTY = "  \n"
ASKED = AdviceRequest(
    to=AgencyId("deipp"),
    source="src.8",
    inquiry_done="Bases communales.",
    register_hit=False,
    motivation="Une mesure paraît nécessaire.",
)


@pytest.fixture(scope="module")
def case(world: World, cast: Cast) -> CaseId:
    """A case whose register was not asked yet."""
    opened = world.do(cast.open_case())
    world.do(cast.add_fact(opened))
    return opened


def request(cast: Cast, case: CaseId, **changed: object):
    asked = ASKED.model_copy(update=changed)
    return advice.request(cast.desk, cast.reader(MAYOR), case, asked)


def test_the_register_is_not_asked_without_a_motivation(
    world: World, cast: Cast, case: CaseId
) -> None:
    """L24 12: the query is motivated."""
    asked = Question(
        to=AgencyId("deipp"), source="src.1", question="Hit?", context=EMPTY
    )
    deed = handoffs.query_register(cast.desk, cast.reader(HANDLER), case, asked)

    error = refused(world, case, deed, InvalidInput)

    assert error.message == "`motivation` is empty"


@pytest.mark.parametrize(
    "field, name", [("inquiry_done", "inquiry"), ("motivation", "motivation")]
)
def test_an_advice_is_not_requested_without_reasons(
    world: World, cast: Cast, case: CaseId, field: str, name: str
) -> None:
    """L24 20 al.1: the request says what was done, and why."""
    error = refused(world, case, request(cast, case, **{field: EMPTY}), InvalidInput)

    assert error.message == f"`{name}` is empty"


@pytest.mark.parametrize("hit, said", [(True, "a hit"), (False, "no hit")])
def test_a_request_for_advice_repeats_what_the_register_answered(
    world: World, cast: Cast, hit: bool, said: str
) -> None:
    """L24 20 al.1, 3°."""
    case = world.do(cast.open_case())
    world.do(cast.add_fact(case))
    register = world.do(cast.query_register(case))
    world.do(cast.receive(register, who=REGISTRAR))
    world.do(cast.answer(register, "Réponse.", who=REGISTRAR, hit=hit))

    error = refused(
        world, case, request(cast, case, register_hit=not hit), InvalidInput
    )

    assert f"the register answered {said}" in error.message
    assert f"`--register {'hit' if hit else 'no-hit'}`" in error.help
    assert world.do(request(cast, case, register_hit=hit)).taken_up


def test_an_argument_in_which_nothing_is_said_gets_no_number(
    world: World, cast: Cast
) -> None:
    case = world.do(cast.open_case())
    world.do(cast.come_to_hearing(case))
    (hearing,) = cast.file(case).hearings
    minutes = Minutes(
        hearing=UUID(str(hearing.id)),
        attendance=Attendance.HEARD,
        text="Entendue.",
        arguments=("Bail récent.", EMPTY),
    )
    deed = hearings.record(cast.desk, cast.officer(HANDLER), case, minutes)

    error = refused(world, case, deed, InvalidInput)

    assert error.message == "`argument` is empty"


def test_what_is_empty_is_named_as_it_was_typed(
    case: CaseId, terminal: Terminal
) -> None:
    record = ("hearing", "record", case, "--attendance", "heard", "--minutes", "Oui.")
    ask = ("register", "query", case, "--to", "deipp")

    for who, words, option in (
        (HANDLER, (*ask, "--motivation", ""), "--motivation"),
        (HANDLER, (*record, "--argument", " "), "--argument"),
        (MAYOR, ("case", "close", case, "--reasons", ""), "--reasons"),
    ):
        answer = terminal.ask(who, *words)
        assert (answer.code, answer.error["message"]) == (2, f"`{option}` is empty")
