"""What cannot be right as typed: refused with what is wrong, and nothing changes."""

from datetime import time, timedelta

import pytest

from acts import cases, handoffs, people
from acts.handoffs import Question, Reply
from acts.previewing import preview_answer
from models.errors import InvalidInput, NotFound, OutsidePack
from models.ids import AgencyId, CaseId, OfficerId
from models.people import ExclusionGround
from storage.engine import transaction
from storage.people import directory
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.oracles.evidence import refused
from tests.running.world import World


@pytest.fixture(scope="module")
def case(world: World, cast: Cast) -> CaseId:
    """A case in the hearing stage, so that hearings can be invited to."""
    opened = world.do(cast.open_case())
    world.do(cast.come_to_hearing(opened))
    return opened


@pytest.mark.parametrize(
    ("field", "number"),
    [
        ("enterprise_number", "0308.357.158"),
        ("establishment_number", "2.147.812.702"),
        ("national_number", "85.07.30-033.29"),
    ],
)
def test_a_number_with_wrong_check_digits_is_named_but_not_repeated(
    world: World, cast: Cast, field: str, number: str
) -> None:
    person = {"role": "pers.0", "name": "Exemple", "first_name": "Camille"}
    subject = (
        {"persons": [person | {field: number}]}
        if field == "national_number"
        else {field: number}
    )
    intents = world.one("select count(*) from intent")

    with pytest.raises(InvalidInput, match=f"`.*{field}`.*check digits") as caught:
        world.do(cast.open_case(**subject))

    assert number not in caught.value.message and caught.value.help
    assert world.one("select count(*) from intent") == intents


@pytest.mark.parametrize(
    "changed", [{"role": "boss"}, {"birth_date": "2199-01-01"}], ids=["role", "birth"]
)
def test_a_person_who_cannot_be_is_refused_before_anything_is_stored(
    world: World, cast: Cast, changed: dict[str, str]
) -> None:
    person = {"name": "Exemple", "first_name": "Camille"} | changed
    intents = world.one("select count(*) from intent")

    with pytest.raises(InvalidInput, match=f"`persons.0.{min(changed)}`"):
        world.do(cast.open_case(persons=[person]))

    assert world.one("select count(*) from intent") == intents


def test_an_officer_nobody_knows_cannot_be_designated(
    world: World, cast: Cast, case: CaseId
) -> None:
    named = OfficerId("anderlecht/nobody")
    deed = people.designate(cast.desk, cast.officer(MAYOR), case, named, None)

    error = refused(world, case, deed, NotFound)

    assert "`anderlecht/nobody`" in error.message


def test_an_officer_of_another_agency_cannot_be_designated(
    world: World, cast: Cast, case: CaseId
) -> None:
    named = OfficerId("pz-midi/analyst")
    deed = people.designate(cast.desk, cast.officer(MAYOR), case, named, None)

    error = refused(world, case, deed, NotFound)

    # Outside their agency officers have no names: an unknown one reads the same.
    assert error.message == "there is no officer `pz-midi/analyst` in `anderlecht`"


@pytest.mark.parametrize("typed", ["camille.exemple", "Exemple", "Camille Exemple"])
def test_the_name_of_a_person_typed_for_an_officer_is_stored_nowhere(
    world: World, cast: Cast, case: CaseId, typed: str
) -> None:
    deed = people.designate(
        cast.desk, cast.officer(MAYOR), case, OfficerId(typed), None
    )
    with pytest.raises((NotFound, InvalidInput)):
        world.do(deed)

    found = "select count(*) from intent i where i::text ilike %s"
    assert world.one(found, f"%{typed}%") == 0


def test_an_officer_nobody_knows_cannot_act(cast: Cast) -> None:
    with transaction(cast.desk.database) as connection:
        with pytest.raises(NotFound, match="`anderlecht/nobody`") as caught:
            directory.officer(connection, "anderlecht/nobody")

    assert caught.value.help


def test_an_agency_nobody_knows_cannot_be_asked(
    world: World, cast: Cast, case: CaseId
) -> None:
    error = refused(world, case, cast.ask(case, "pz-nowhere"), NotFound)

    assert "`pz-nowhere`" in error.message


@pytest.mark.parametrize("to, source", [("spf-finances", "svc.4"), ("onss", "svc.5")])
def test_a_question_outside_the_closed_list_names_article_and_lawful_way(
    world: World, cast: Cast, case: CaseId, to: str, source: str
) -> None:
    """NLC 119ter §6: tax and social services answer through the DEIPP."""
    asked = Question(to=AgencyId(to), source=source, question="Dettes?")
    deed = handoffs.ask(cast.desk, cast.reader(HANDLER), case, asked)

    error = refused(world, case, deed, OutsidePack)

    assert "NLC 119ter §6" in error.details["article"]
    assert "NLC 119ter §6" in error.message
    assert "`estafette advice request`" in error.details["alternative"]
    assert error.help == error.details["alternative"]


def test_the_agency_of_a_refused_question_never_hears_of_the_case(
    world: World, cast: Cast, case: CaseId
) -> None:
    refused(world, case, cast.ask(case, "spf-finances", "svc.4"), OutsidePack)

    with world.seat(cast.officer("spf-finances/analyst")) as connection:
        for table in ("key_delivery", "handoff", "audience", "item", "timeline"):
            query = f"select count(*) from {table} where case_id = %s"  # noqa: S608
            assert connection.execute(query.encode(), [case]).fetchone() == (0,)


def test_a_hearing_cannot_be_held_in_the_past(
    world: World, cast: Cast, case: CaseId
) -> None:
    yesterday = cast.today - timedelta(days=1)
    deed = cast.invite(case, presented=cast.today, hearing=yesterday)

    error = refused(world, case, deed, InvalidInput)

    assert error.message == f"`{yesterday}` lies in the past"
    assert str(cast.today) in error.help


def test_an_invitation_cannot_be_presented_tomorrow(
    world: World, cast: Cast, case: CaseId
) -> None:
    tomorrow = cast.today + timedelta(days=1)
    deed = cast.invite(case, presented=tomorrow, hearing=tomorrow + timedelta(14))

    error = refused(world, case, deed, InvalidInput)

    assert f"`{tomorrow}`" in error.message


def test_a_designation_cannot_end_in_the_past(
    world: World, cast: Cast, case: CaseId
) -> None:
    yesterday = cast.today - timedelta(days=1)
    named = OfficerId("anderlecht/second")
    deed = people.designate(cast.desk, cast.officer(MAYOR), case, named, yesterday)

    error = refused(world, case, deed, InvalidInput)

    assert f"`{yesterday}` lies in the past" in error.message


def test_an_empty_answer_is_not_sealed(world: World, cast: Cast, case: CaseId) -> None:
    error = refused(world, case, cast.add_fact(case, " "), InvalidInput)

    assert "`fact` is empty" in error.message


def test_what_nobody_could_read_any_more_is_not_sealed(
    world: World, cast: Cast, case: CaseId
) -> None:
    yesterday = cast.today - timedelta(days=1)
    deed = cast.add_fact(case, expires_on=yesterday)

    error = refused(world, case, deed, InvalidInput)

    assert f"`expires-on` is {yesterday}" in error.message


def test_what_is_older_than_the_law_allows_is_not_entered(
    world: World, cast: Cast, case: CaseId
) -> None:
    collected = cast.today - timedelta(days=6 * 366)
    deed = cast.add_fact(case, collected_on=collected)

    error = refused(world, case, deed, InvalidInput)

    assert f"`collected-on` is {collected}, which is too old" in error.message
    assert error.details["field"] == "collected_on"


def test_an_answer_collected_tomorrow_is_refused_and_not_previewed(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))
    tomorrow = cast.today + timedelta(days=1)
    reply = Reply(body="Rien.", handling=cast.handling(collected_on=tomorrow))

    with pytest.raises(InvalidInput, match=f"`collected-on` is {tomorrow}"):
        preview_answer(cast.desk, cast.reader(POLICE), handoff, (reply,))
    deed = handoffs.answer(cast.desk, cast.officer(POLICE), handoff, (reply,))
    error = refused(world, case, deed, InvalidInput)

    assert f"`collected-on` is {tomorrow}" in error.message


def test_a_case_opens_on_the_legal_day_of_brussels(world: World, cast: Cast) -> None:
    """Half past midnight here is still yesterday in UTC."""
    tomorrow = cast.today + timedelta(days=1)
    world.do(cast.until(tomorrow, at=time(0, 30)))

    opened = world.do(cast.open_case())

    assert cast.file(opened).case.opened_on == tomorrow


def test_what_is_no_name_of_an_officer_is_refused_before_it_is_kept(
    world: World, cast: Cast, case: CaseId
) -> None:
    told = "anderlecht/Camille Exemple né 85.07.30-033.28"
    mayor, named = cast.officer(MAYOR), OfficerId(told)
    ground = ExclusionGround.FAMILY
    kept = world.one("select count(*) from intent")

    naming = cast.opening().model_copy(update={"designated": (named,)})
    doing = cast.opening().model_copy(update={"activity": told})
    for deed in (
        people.designate(cast.desk, mayor, case, named, None),
        people.exclude(cast.desk, mayor, case, named, ground),
        cases.open_case(cast.desk, mayor, naming),
        cases.open_case(cast.desk, mayor, doing),
    ):
        with pytest.raises(InvalidInput) as caught:
            world.do(deed)
        assert told not in caught.value.message

    assert world.one("select count(*) from intent") == kept
