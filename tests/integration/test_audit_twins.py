"""What both sides signed goes to auditors of either side, and to no other auditor."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.agencies import OfficerFunction
from models.ids import CaseId, HandoffId
from tests.deeds.cast import Cast
from tests.deeds.staff import hire
from tests.oracles.evidence import both_signed, entries
from tests.pieces.bundles import stranger
from tests.running.terminal import Terminal
from tests.running.world import World, eventually

AUDITOR = "audit/auditor"
ASKED, ELSEWHERE = "pz-midi/controller", "deipp/controller"


@pytest.fixture(scope="module")
def handoff(world: World, cast: Cast) -> HandoffId:
    """A question that was put, received and taken back, signed by both sides.

    A second one ends with the case, by an entry that is not its own.
    """
    case = world.do(cast.open_case())
    handoff: HandoffId = world.do(cast.ask(case))
    world.do(cast.receive(handoff))
    world.do(cast.recall(handoff))
    second = world.do(cast.ask(case))
    world.do(cast.close(case))
    for each in (handoff, second):
        assert eventually(lambda each=each: both_signed(world, each))
    ordered = (
        "select count(*) from handoff_twin t join ledger_entry e on e.leaf = t.leaf"
        " where t.case_id = %s"
    )
    assert eventually(lambda: world.one(ordered, case) == 10)
    for who in (ASKED, ELSEWHERE):
        hire(world, cast, who, OfficerFunction.AUDITOR)
    return handoff


@pytest.fixture
def case(world: World, handoff: HandoffId) -> CaseId:
    found: CaseId = world.one("select case_id from handoff where id = %s", handoff)
    return found


@pytest.fixture
def missing(world: World, handoff: HandoffId) -> Iterator[None]:
    """Take the asked side's word on the first step away, as if its node refused."""
    change = (
        "update handoff_twin set word = %s, told_at = null, refused = %s"
        " where handoff_id = %s and step = 1 and side = 'receiver'"
    )
    kept = "select word from handoff_twin where handoff_id = %s and step = 1 and side"
    word = world.one(kept + " = 'receiver'", handoff)
    with world.superuser() as connection:
        connection.execute(change, [None, "no file", handoff])
    yield
    with world.superuser() as connection:
        connection.execute(change, [word, "", handoff])


def signed(terminal: Terminal, place: Path, who: str, *words: object) -> list[object]:
    """Return what a bundle says was signed, once both verifiers say that it holds."""
    keys, out = place / "KEYS", place / "bundle"
    keys.write_text(terminal.run("ledger", "keys").out)
    terminal.do(who, "ledger", "export", *words, "--out", out)
    found = terminal.run("ledger", "verify", out, "--keys", keys, "--json").document
    theirs = stranger()
    _, _, by = theirs.verify(out, *theirs.read_keys(keys))
    assert found["twins_unchecked"] == {}
    assert len(by) == len(found["twins"])
    return [(each["kind"], each["change"], *each["by"]) for each in found["twins"]]


BOTH = ("anderlecht", "pz-midi")
RECEIVED = ("handoff.receive", "received", *BOTH)


def test_a_bundle_tells_what_both_sides_signed(
    terminal: Terminal, tmp_path: Path, case: CaseId
) -> None:
    assert signed(terminal, tmp_path, AUDITOR, "--case", case) == [
        ("handoff.ask", "offered", *BOTH),
        ("handoff.recall", "recalled", *BOTH),
        RECEIVED,
    ]


def test_an_auditor_of_one_side_has_both_words_on_its_entries_and_no_others(
    terminal: Terminal, tmp_path: Path, case: CaseId
) -> None:
    assert signed(terminal, tmp_path, ASKED, "--case", case) == [RECEIVED]


def test_of_hand_offs_with_an_agency_that_is_left_out_nothing_was_signed(
    terminal: Terminal, tmp_path: Path, case: CaseId
) -> None:
    """A record names the one before: its hash would tie a withheld entry to it."""
    without = ("--case", case, "--without", "pz-midi")

    assert signed(terminal, tmp_path, AUDITOR, *without) == []


def test_a_side_that_is_missing_is_told_as_the_other_alone_and_listed(
    terminal: Terminal, tmp_path: Path, case: CaseId, handoff: HandoffId, missing: None
) -> None:
    found = signed(terminal, tmp_path, AUDITOR, "--case", case)
    assert ("handoff.ask", "offered", "anderlecht") in found

    for who, sees in ((AUDITOR, True), (ASKED, True), (ELSEWHERE, False)):
        listed = [
            (each["change"], each["side"], each["agency_id"], each["refused"])
            for each in terminal.do(who, "audit", "twins")
            if each["handoff_id"] == str(handoff)
        ]
        assert listed == sees * [("offered", "receiver", "pz-midi", True)]


def test_the_list_is_logged_and_for_auditors_only(
    terminal: Terminal, world: World, handoff: HandoffId
) -> None:
    detail = "changes that one side has not signed"
    before = [each for each in entries(world) if each.get("detail") == detail]
    terminal.do(ASKED, "audit", "twins")
    after = [each for each in entries(world) if each.get("detail") == detail]

    assert len(after) == len(before) + 1
    assert terminal.ask("pz-midi/analyst", "audit", "twins").code == 4


@pytest.mark.parametrize("who", [ELSEWHERE, "pz-midi/analyst", "anderlecht/handler"])
def test_the_database_shows_words_and_what_is_missing_to_auditors_of_a_side_only(
    world: World, cast: Cast, handoff: HandoffId, missing: None, who: str
) -> None:
    of = "select array_agg(distinct leaf) from handoff_twin where handoff_id = %s"
    leaves = world.one(of, handoff)
    listed = b"select * from audited_missing(now()) where handoff_id = %s"
    words = b"select * from audited_words(%s)"
    with world.seat(cast.officer(who)) as seat:
        assert seat.execute(words, [leaves]).fetchall() == []
        assert seat.execute(listed, [handoff]).fetchall() == []

    with world.seat(cast.officer(ASKED)) as seat:
        assert len(seat.execute(words, [leaves]).fetchall()) == 2
        assert len(seat.execute(listed, [handoff]).fetchall()) == 1


def test_an_auditor_who_is_kept_out_of_the_case_finds_nothing_of_it(
    world: World, cast: Cast, handoff: HandoffId, case: CaseId, missing: None
) -> None:
    """Functions of the database see past the walls that keep the excluded out."""
    of = "select array_agg(distinct leaf) from handoff_twin where handoff_id = %s"
    item = world.one("select question_id from handoff where id = %s", handoff)
    asked = {
        b"select leaf from audited_words(%s)": world.one(of, handoff),
        b"select step from audited_missing(now()) where case_id = %s": case,
        b"select entries_of_item(%s)": item,
        b"select items_of_trail(i, i) from cast(%s as uuid) i": item,
    }

    def found() -> list[bytes]:
        with world.seat(cast.officer(AUDITOR)) as seat:
            return [
                each for each, of in asked.items() if list(seat.execute(each, [of]))
            ]

    assert found() == list(asked)
    with world.superuser() as connection:
        connection.execute(
            "insert into exclusion values (gen_random_uuid(), %s, 'audit', %s,"
            " 'family', '2000-01-01', null)",
            [case, AUDITOR],
        )
    try:
        assert found() == []
    finally:
        with world.superuser() as connection:
            connection.execute("delete from exclusion where officer_id = %s", [AUDITOR])
