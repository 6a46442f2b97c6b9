"""A conflict of interest beats every permission, on every surface and at every wall."""

from uuid import uuid4

import pytest
from temporalio.client import WorkflowExecutionStatus

from activities.recording import acts
from acts import people
from acts.items.reading import read_item
from acts.pages import lists, readiness
from acts.performing import Done
from models.agencies import OfficerFunction
from models.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    TransitionNotAllowed,
)
from models.ids import CaseId, HandoffId, ItemId, OfficerId, workflow_id
from models.people import ExclusionGround
from models.process import ActPointer
from serving.coordination import build_services
from storage.engine import transaction
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.deeds.staff import hire, left_of, unwalled
from tests.oracles.absence import heard
from tests.oracles.evidence import entries, refused
from tests.running.world import World, eventually

CHIEF, SECOND = "anderlecht/supervisor", "anderlecht/second"
FAMILY = ExclusionGround.FAMILY


@pytest.fixture
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


def exclude(cast: Cast, case: CaseId, who: str, by: str = CHIEF):
    return people.exclude(cast.desk, cast.officer(by), case, OfficerId(who), FAMILY)


def readmit(cast: Cast, case: CaseId, who: str, by: str = CHIEF):
    return people.readmit(cast.desk, cast.officer(by), case, OfficerId(who))


def recuse(cast: Cast, case: CaseId, who: str):
    return people.recuse(cast.desk, cast.officer(who), case, FAMILY)


def designate(cast: Cast, case: CaseId, who: str):
    return people.designate(cast.desk, cast.officer(MAYOR), case, OfficerId(who), None)


def an_item(cast: Cast, case: CaseId) -> ItemId:
    return cast.file(case, MAYOR).items[0].item


def test_the_excluded_find_no_row_of_the_case_anywhere(
    world: World, cast: Cast, case: CaseId
) -> None:
    """Each wall alone: this is row-level security, without any ruling."""
    world.do(cast.add_fact(case))
    handler = cast.officer(HANDLER)
    assert {"case_file", "item", "timeline", "intent"} <= left_of(world, handler, case)

    world.do(exclude(cast, case, HANDLER))

    assert left_of(world, handler, case) == set()


def test_lists_and_counts_forget_the_case(
    world: World, cast: Cast, case: CaseId
) -> None:
    before = cast.cases(HANDLER).keys()

    world.do(exclude(cast, case, HANDLER))

    assert cast.cases(HANDLER).keys() == before - {case}
    assert case in before


def test_for_the_excluded_the_case_is_as_absent_as_one_that_never_was(
    world: World, cast: Cast, case: CaseId
) -> None:
    item, nothing = an_item(cast, case), CaseId(uuid4())
    world.do(exclude(cast, case, HANDLER))
    handler = cast.officer(HANDLER)

    def read(which: ItemId) -> object:
        return read_item(cast.desk, cast.reader(HANDLER), which)

    for deed in (
        cast.file,
        lambda which: people.who_works(cast.desk, handler, which),
        lambda which: world.do(cast.add_fact(which)),
        lambda which: world.do(recuse(cast, which, HANDLER)),
        lambda which: readiness.decision_gaps(cast.desk, handler, which, "out.1"),
    ):
        assert heard(deed, case) == heard(deed, nothing)
    assert heard(read, item) == heard(read, ItemId(uuid4()))


def test_an_act_stored_before_the_exclusion_is_refused_as_if_there_were_no_case(
    world: World, cast: Cast, case: CaseId
) -> None:
    """The record step asks too: the walls saw this act before there was a conflict."""
    stored: Done = world.do(cast.unheard().add_fact(case))
    world.do(exclude(cast, case, HANDLER))
    services = build_services(world.settings)

    pointer = ActPointer(act=stored.act, case=case, kind="item.add")
    with transaction(services.database) as connection:
        outcome = acts.record(connection, services, pointer)
    services.database.dispose()

    assert outcome.refused is not None
    assert outcome.refused.error == "NotFound"
    assert f"there is no case `{str(case)[:8]}`" in outcome.refused.message


def test_policy_alone_keeps_the_excluded_out(
    world: World, cast: Cast, case: CaseId
) -> None:
    item = an_item(cast, case)
    with unwalled(world) as desk:
        assert read_item(desk, cast.reader(HANDLER), item).body
        world.do(exclude(cast, case, HANDLER))
        with pytest.raises(NotPermitted) as caught:
            read_item(desk, cast.reader(HANDLER), item)

    assert "conflict-of-interest" in caught.value.details["policies"]


def test_even_the_mayor_is_kept_out_and_a_successor_goes_on(
    world: World, cast: Cast, case: CaseId
) -> None:
    world.do(recuse(cast, case, MAYOR))
    acting = hire(world, cast, "anderlecht/acting", OfficerFunction.MAYOR)

    assert left_of(world, cast.officer(MAYOR), case) == set()
    assert cast.file(case, acting).case.id == case
    refused(world, case, designate(cast, case, SECOND), NotFound)


def test_who_recuses_is_gone_and_the_supervisor_hears_that_somebody_must_follow(
    world: World, cast: Cast, case: CaseId
) -> None:
    world.do(recuse(cast, case, HANDLER))

    notices = lists.inbox(cast.desk, cast.reader(CHIEF)).notices
    (heard,) = [n for n in notices if n.case == case]
    assert (heard.kind, heard.detail) == ("recusal", "AND-014")
    assert left_of(world, cast.officer(HANDLER), case) == set()


def test_notices_of_the_case_do_not_reach_an_excluded_supervisor(
    world: World, cast: Cast, case: CaseId
) -> None:
    world.do(recuse(cast, case, HANDLER))
    world.do(exclude(cast, case, CHIEF, by=MAYOR))

    notices = lists.inbox(cast.desk, cast.reader(CHIEF)).notices

    assert case not in {n.case for n in notices}
    refused(world, case, readmit(cast, case, CHIEF), NotFound)
    refused(world, case, readmit(cast, case, HANDLER), NotFound)


def test_an_exclusion_is_in_the_ledger_and_its_ground_not_in_the_story(
    world: World, cast: Cast, case: CaseId
) -> None:
    world.do(designate(cast, case, SECOND))
    world.do(exclude(cast, case, SECOND, by=MAYOR))
    world.do(readmit(cast, case, SECOND))

    ours = [e for e in entries(world) if e.get("case") == str(case)]
    proofs = {e["kind"]: e for e in ours}
    assert proofs["case.exclude"]["detail"] == FAMILY
    assert proofs["case.exclude"]["named"] and proofs["case.readmit"]["named"]
    lines = {who: story(cast, case, who) for who in (MAYOR, HANDLER)}
    assert [detail for kind, detail in lines[MAYOR] if kind == "case.exclude"] == [""]
    told = {kind for kind, _ in lines[HANDLER]}
    assert "case.designate" in told and not told & {"case.exclude", "case.readmit"}


def story(cast: Cast, case: CaseId, who: str) -> list[tuple[str, str]]:
    return [(line.kind, line.detail) for line in cast.file(case, who).story]


def test_readmitting_names_nobody_and_designating_the_excluded_is_refused(
    world: World, cast: Cast, case: CaseId
) -> None:
    world.do(exclude(cast, case, HANDLER))
    error = refused(world, case, designate(cast, case, HANDLER), TransitionNotAllowed)
    world.do(readmit(cast, case, HANDLER))

    assert "is excluded" in error.message
    assert left_of(world, cast.officer(HANDLER), case) == set()
    world.do(designate(cast, case, HANDLER))
    assert cast.file(case).case.id == case


def test_who_excludes_whom(world: World, cast: Cast, case: CaseId) -> None:
    by_handler = exclude(cast, case, SECOND, by=HANDLER)
    oneself = exclude(cast, case, MAYOR, by=MAYOR)
    elsewhere = exclude(cast, case, POLICE, by=MAYOR)
    no_part = exclude(cast, case, "saint-gilles/handler", by="saint-gilles/supervisor")

    assert (
        "mayor or supervisor" in refused(world, case, by_handler, NotPermitted).message
    )
    assert "recuse" in refused(world, case, oneself, InvalidInput).help
    refused(world, case, elsewhere, NotFound)
    refused(world, case, no_part, NotFound)
    world.do(exclude(cast, case, SECOND))
    again = exclude(cast, case, SECOND)
    refused(world, case, again, TransitionNotAllowed)
    nobody = readmit(cast, case, HANDLER)
    refused(world, case, nobody, TransitionNotAllowed)


def test_a_partner_keeps_its_own_officer_out_of_inbox_and_question(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff: HandoffId = world.do(cast.ask(case))
    world.do(cast.receive(handoff))
    chief = "pz-midi/supervisor"

    world.do(exclude(cast, case, POLICE, by=chief))

    waiting = lists.inbox(cast.desk, cast.reader(POLICE), closed=True)
    assert handoff not in {h.id for h in waiting.handoffs}
    assert case not in {n.case for n in waiting.notices}
    assert left_of(world, cast.officer(POLICE), case) == set()
    refused(world, case, cast.answer(handoff), NotFound)
    assert lists.inbox(cast.desk, cast.reader("pz-midi/second")).handoffs


def test_an_exclusion_is_recorded_years_after_the_process_of_a_case_ended(
    world: World, cast: Cast, case: CaseId
) -> None:
    """The file is kept for five years (119quinquies §2), and read in them."""
    world.do(cast.close(case))
    eventually(lambda: _is_over(world, case))
    assert cast.file(case).case.closed_on

    done = world.do(exclude(cast, case, HANDLER))

    assert done.taken_up
    assert eventually(lambda: _is_over(world, case))
    assert left_of(world, cast.officer(HANDLER), case) == set()
    assert "case.exclude" in {
        e["kind"] for e in entries(world) if e.get("case") == str(case)
    }


def _is_over(world: World, case: CaseId) -> bool:
    async def status() -> object:
        handle = world.client.get_workflow_handle(workflow_id(case))
        return (await handle.describe()).status

    return world.do(status()) is WorkflowExecutionStatus.COMPLETED
