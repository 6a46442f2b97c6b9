"""Whether a case exists: what outsiders are told, and that hidden reads like absent."""

from uuid import UUID, uuid4

import pytest

from acts import cases, existence, people
from acts.pages import lists, overview
from models.errors import (
    NotFound,
    NotPermitted,
    TransitionNotAllowed,
)
from models.ids import CaseId, OfficerId
from models.people import ExclusionGround
from models.secrecy import Secrecy
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.oracles.absence import heard
from tests.oracles.evidence import disagreements, entries, refused
from tests.running.terminal import Terminal
from tests.running.world import World

OUTSIDERS = (POLICE, "saint-gilles/mayor", "spf-finances/analyst", "audit/auditor")
CIEAR, SECOND = "ciear-bxl/analyst", "anderlecht/second"


@pytest.fixture
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


def conceal(cast: Cast, case: CaseId, mode: Secrecy, who: str = HANDLER):
    return existence.conceal(cast.desk, cast.officer(who), case, mode)


def ask(cast: Cast, who: str, case: UUID):
    return existence.ask_whether(cast.desk, cast.reader(who), CaseId(case))


def told(cast: Cast, who: str, case: UUID) -> tuple[object, ...]:
    return heard(lambda each: ask(cast, who, each), case)


def test_a_case_is_invisible_unless_it_is_said_otherwise(
    world: World, cast: Cast, case: CaseId
) -> None:
    nothing = uuid4()

    assert cast.file(case).case.secrecy is Secrecy.INVISIBLE
    for who in (*OUTSIDERS, CIEAR, SECOND, "anderlecht/college"):
        assert told(cast, who, case) == told(cast, who, nothing), who


def test_a_pointer_tells_whom_to_ask_and_nothing_else(
    world: World, cast: Cast, case: CaseId
) -> None:
    world.do(conceal(cast, case, Secrecy.POINTER))

    found = ask(cast, POLICE, case)

    assert (found.agency, found.contact) == ("anderlecht", "handler")
    assert (found.route, found.stage) == (None, None)
    row = "select route, pack_version, stage from existence where case_id = %s"
    assert set(world.rows(row, case)) == {(None, None, None)}, "not even in the row"


def test_a_stub_tells_route_agency_and_the_stage_of_today(
    world: World, cast: Cast, case: CaseId
) -> None:
    world.do(conceal(cast, case, Secrecy.STUB, who=MAYOR))
    assert ask(cast, CIEAR, case).stage == "inquiry"

    world.do(cast.close(case))
    found = ask(cast, CIEAR, case)

    assert (found.route, found.agency, found.stage) == (
        "be-119ter",
        "anderlecht",
        "closed",
    )
    assert disagreements(world, case) == []


def test_the_mode_is_set_at_the_opening_too(world: World, cast: Cast) -> None:
    opening = cast.opening().model_copy(update={"secrecy": Secrecy.STUB})
    done = world.do(cases.open_case(cast.desk, cast.officer(MAYOR), opening))

    assert ask(cast, POLICE, done.case).stage == "inquiry"


@pytest.mark.parametrize("mode", [Secrecy.POINTER, Secrecy.STUB])
def test_who_has_no_part_in_such_inquiries_hears_what_an_absent_case_gives(
    world: World, cast: Cast, case: CaseId, mode: Secrecy
) -> None:
    world.do(conceal(cast, case, mode))
    nothing = uuid4()

    for who in ("saint-gilles/mayor", "audit/auditor", SECOND):
        assert told(cast, who, case) == told(cast, who, nothing), who
        with world.seat(cast.officer(who)) as seat:
            row = b"select 1 from existence where case_id = %s"
            assert seat.execute(row, [case]).fetchall() == [], who


def test_an_invisible_case_again_is_as_absent_as_before(
    world: World, cast: Cast, case: CaseId
) -> None:
    world.do(conceal(cast, case, Secrecy.STUB))
    world.do(conceal(cast, case, Secrecy.INVISIBLE))

    assert told(cast, POLICE, case) == told(cast, POLICE, uuid4())
    assert world.one("select count(*) from existence where case_id = %s", case) == 0


def test_an_excluded_officer_of_a_partner_is_told_nothing(
    world: World, cast: Cast, case: CaseId
) -> None:
    world.do(conceal(cast, case, Secrecy.STUB))
    world.do(cast.ask(case))
    chief = cast.officer("pz-midi/supervisor")
    ground = ExclusionGround.FAMILY
    excluded = people.exclude(cast.desk, chief, case, OfficerId(POLICE), ground)
    world.do(excluded)

    assert told(cast, POLICE, case) == told(cast, POLICE, uuid4())
    assert ask(cast, "pz-midi/second", case).stage == "inquiry"


def test_a_mode_opens_nothing_else(world: World, cast: Cast, case: CaseId) -> None:
    world.do(conceal(cast, case, Secrecy.STUB))
    reader = cast.reader(POLICE)

    with pytest.raises(NotFound):
        overview.show_case(cast.desk, reader, case)
    assert case not in {line.case.id for line in lists.list_cases(cast.desk, reader)}
    with world.seat(cast.officer(POLICE)) as seat:
        row = b"select 1 from case_file where id = %s"
        assert seat.execute(row, [case]).fetchall() == []


def test_only_mayor_and_named_handlers_of_the_lead_set_the_mode(
    world: World, cast: Cast, case: CaseId
) -> None:
    stub = Secrecy.STUB
    refused(world, case, conceal(cast, case, stub, SECOND), NotFound)
    refused(world, case, conceal(cast, case, stub, POLICE), NotFound)
    chief = conceal(cast, case, stub, "anderlecht/supervisor")
    refused(world, case, chief, NotPermitted)
    same = conceal(cast, case, Secrecy.INVISIBLE)
    refused(world, case, same, TransitionNotAllowed)


def test_mode_and_questions_are_in_the_ledger_hidden_like_absent(
    world: World, cast: Cast, case: CaseId
) -> None:
    nothing = uuid4()
    for name in (case, nothing):
        told(cast, POLICE, name)
    world.do(conceal(cast, case, Secrecy.POINTER))
    ask(cast, POLICE, case)
    ask(cast, HANDLER, case)

    ours = [e for e in entries(world) if e.get("case") in (str(case), str(nothing))]
    sought = [e for e in ours if e["kind"] == "case.sought"]
    assert len(sought) == 4
    one_off = {"id", "nonce", "at", "recorded_at", "case", "officer"}
    hidden, absent, pointer = (
        {key: e[key] for key in e.keys() - one_off}
        for e in sought
        if e["agency"] == "pz-midi"
    )
    assert hidden == absent == pointer
    (set_,) = [e for e in ours if e["kind"] == "case.conceal"]
    assert (set_["detail"], set_["agency"]) == ("pointer", "anderlecht")


def test_the_command_line_answers_a_hidden_and_an_absent_case_in_the_same_bytes(
    world: World, cast: Cast, case: CaseId, terminal: Terminal
) -> None:
    item = cast.file(case).items[0].item
    handoff = world.do(cast.ask(case))
    nothing = uuid4()

    for words, name in (
        (("case", "exists"), case),
        (("case", "show"), case),
        (("case", "story"), case),
        (("case", "people"), case),
        (("item", "show", "--reason", "asking"), item),
        (("handoff", "show"), handoff),
        (("handoff", "recall"), handoff),
        (("case", "conceal", "--mode", "stub"), case),
    ):
        for more in ((), ("--json",)):
            hidden, absent = (
                terminal.run(*words, each, "--as", CIEAR, *more)
                for each in (name, nothing)
            )
            said = hidden.err.replace(str(name), "ID").replace(str(name)[:8], "ID")
            never = absent.err.replace(str(nothing), "ID")
            assert (hidden.code, hidden.out) == (absent.code, absent.out) == (3, "")
            assert said == never.replace(str(nothing)[:8], "ID"), words


def test_the_command_line_shows_a_pointer_and_a_stub_and_sets_them(
    case: CaseId, terminal: Terminal
) -> None:
    terminal.do(HANDLER, "case", "conceal", case, "--mode", "pointer")
    pointer = terminal.do(POLICE, "case", "exists", case)
    terminal.do(HANDLER, "case", "conceal", case, "--mode", "stub")
    stub = terminal.do(POLICE, "case", "exists", case)
    part = terminal.ask(POLICE, "case", "exists", str(case)[:8])

    assert (pointer["agency"], pointer["contact"]) == ("anderlecht", "handler")
    assert pointer["route"] is pointer["stage"] is None
    assert stub["stage"] == "inquiry"
    assert part.code == 2 and "whole id" in part.error["message"]
