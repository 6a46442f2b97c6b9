"""Lists: ruled on row by row, page by page, and one entry for each page."""

import time
from collections.abc import Callable
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest

from acts.desk import Desk
from acts.pages import lists, overview
from acts.pages.lists import CaseLine
from acts.pages.one_handoff import show_handoff
from acts.pages.today import show_today
from models.agencies import Reader
from models.errors import InvalidInput
from models.ids import CaseId, HandoffId
from models.pages import Window
from runtime.roles import Role
from storage import sessions
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.pages import Pages
from tests.oracles.evidence import items_of
from tests.running.terminal import Terminal
from tests.running.world import World, eventually

COLLEGE = "anderlecht/college"
SUPERIOR = "anderlecht/supervisor"


def test_a_page_is_one_entry_with_purpose_and_a_commitment_to_what_it_showed(
    cast: Cast, case: CaseId, pages: Pages
) -> None:
    found = lists.list_items(cast.desk, cast.reader(HANDLER), case).items

    (entry,) = pages.entries()
    assert (entry["detail"], entry["case"]) == ("items of a case", str(case))
    assert entry["purpose"] == "integrity_inquiry" and len(entry["shown"]) == 64
    assert "items" not in entry and HANDLER not in str(entry)
    shown = pages.shown(entry)["items"]
    assert [each["item"] for each in shown] == [str(i.item) for i in found]
    cited = {note["id"] for note in entry["rulings"]}
    assert {each["ruling"] for each in shown} == cited


def test_rows_that_are_alike_share_one_ruling_which_stands_for_each(
    world: World, cast: Cast, case: CaseId, pages: Pages
) -> None:
    lists.list_items(cast.desk, cast.reader(HANDLER), case)
    (entry,) = pages.entries()

    facts = {i.item for i in items_of(world, "fact", case)}
    shown = pages.shown(entry)["items"]
    rulings = {each["ruling"] for each in shown if UUID(each["item"]) in facts}

    assert len(facts) >= 3 and len(rulings) == 1


@pytest.mark.parametrize(
    "look", ["items", "case", "cases", "due first", "inbox", "handoff"]
)
def test_without_its_entry_there_is_no_page(
    world: World, cast: Cast, case: CaseId, asked: HandoffId, look: str
) -> None:
    """Fail closed, for every list."""
    reader, desk = cast.reader(HANDLER), cast.desk
    views = {
        "items": lambda: lists.list_items(desk, reader, case),
        "case": lambda: overview.show_case(desk, reader, case),
        "cases": lambda: lists.list_cases(desk, reader),
        "due first": lambda: show_today(desk, reader, Window(limit=10)),
        "inbox": lambda: lists.inbox(desk, reader),
        "handoff": lambda: show_handoff(desk, reader, asked),
    }
    for table in ("ledger_staging", "list_page"):
        with world.connection(Role.OWNER) as owner:
            owner.execute(f"revoke insert on {table} from estafette_acts".encode())
        try:
            with pytest.raises(Exception, match="permission denied"):
                views[look]()
        finally:
            with world.connection(Role.OWNER) as owner:
                owner.execute(f"grant insert on {table} to estafette_acts".encode())

    assert views[look]()


def test_what_a_ruling_refuses_is_not_there(
    world: World, cast: Cast, case: CaseId, pages: Pages
) -> None:
    """The college sees what it decides on, not the file (NLC 119quinquies §4)."""
    with world.superuser() as connection:
        connection.execute(
            "insert into designation values (%s, %s, null, 'anderlecht', %s, %s, null)",
            [uuid4(), case, COLLEGE, cast.today],
        )

    college = cast.reader(COLLEGE)
    seen = lists.list_items(cast.desk, college, case).items
    overseen = overview.show_case(cast.desk, college, case)

    assert overseen.case.id == case and not seen and not overseen.items
    assert len(pages.entries()) == 2
    for entry in pages.entries():
        assert not pages.shown(entry)["items"] and "rulings" not in entry
    assert len(lists.list_items(cast.desk, cast.reader(HANDLER), case).items) >= 4


@pytest.mark.parametrize("by_stage", [False, True])
def test_pages_follow_each_other_without_gap_or_repetition(
    world: World, cast: Cast, case: CaseId, by_stage: bool
) -> None:
    for _ in range(2):
        world.do(cast.open_case())
    reader = cast.reader(HANDLER)
    whole = cast.cases(HANDLER)

    found: list[CaseLine] = []
    after = None
    while page := lists.list_cases(
        cast.desk, reader, Window(limit=2, after=after), by_stage=by_stage
    ):
        found += page
        after = page[-1].case.id

    assert len(whole) >= 3
    assert {line.case.id for line in found} == whole.keys()
    assert len(found) == len(whole)
    keys = [
        (line.case.stage if by_stage else "", str(line.next_due or "9999"))
        for line in found
    ]
    assert keys == sorted(keys)


def test_items_of_one_day_stand_as_they_were_added(world: World, cast: Cast) -> None:
    case, reader = world.do(cast.open_case()), cast.reader(HANDLER)
    acts = [world.do(cast.add_fact(case)).act for _ in range(6)]
    item_of = {each.act: each.item for each in items_of(world, "fact", case)}
    added = [item_of[act] for act in acts]

    whole = lists.list_items(cast.desk, reader, case).items
    paged: list[UUID] = []
    while page := lists.list_items(
        cast.desk, reader, case, Window(limit=2, after=paged[-1] if paged else None)
    ).items:
        paged += [each.item for each in page]

    assert [each.item for each in whole if each.kind == "fact"] == added
    assert paged == [each.item for each in whole]


def test_a_page_after_a_hidden_row_is_as_empty_as_one_after_no_row(
    cast: Cast, case: CaseId
) -> None:
    reader = cast.reader("saint-gilles/handler")

    hidden, absent = (
        lists.list_cases(cast.desk, reader, Window(after=after))
        for after in (case, uuid4())
    )

    assert hidden == absent == []


@pytest.mark.parametrize(
    "look", [lists.list_cases, lists.inbox, lists.asked_by_us, lists.notices]
)
def test_a_page_after_no_row_leaves_on_the_beat(
    cast: Cast,
    case: CaseId,
    look: Callable[[Desk, Reader, Window], object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its time would tell a hidden row from none; all other pages leave at once."""
    rests: list[float] = []
    machine = SimpleNamespace(monotonic=time.monotonic, sleep=rests.append)
    monkeypatch.setattr(sessions, "time", machine)
    reader = cast.reader("saint-gilles/handler")

    look(cast.desk, reader, Window())
    assert rests == []
    look(cast.desk, reader, Window(after=uuid4()))
    assert len(rests) == 1 and 0 < rests[0] <= sessions.BEAT


def test_the_next_clock_of_a_case_follows_its_terms(world: World, cast: Cast) -> None:
    case = world.do(cast.open_case())

    def line() -> CaseLine:
        return cast.cases(HANDLER)[case]

    before = line()
    world.do(cast.extend(case))
    after = line()

    assert before.next_clock == after.next_clock == "inquiry"
    assert before.next_due and after.next_due and after.next_due > before.next_due


def test_what_is_due_first_is_one_entry_with_the_rows_of_both(
    world: World, cast: Cast, case: CaseId
) -> None:
    window, count = Window(limit=10), "select count(*) from list_page"
    reader, before = cast.reader(POLICE), world.one(count)

    found = show_today(cast.desk, reader, window)

    assert world.one(count) == before + 1
    assert found.cases == tuple(lists.list_cases(cast.desk, reader, window))
    assert found.inbox == lists.inbox(cast.desk, reader, window)
    newest = "select shown from list_page where shown->>'query' = 'due first'"
    shown = [row for (row,) in world.rows(newest)]
    parts = (found.inbox.handoffs, found.inbox.notices, found.inbox.reviews)
    rows = [str(each.id) for part in parts for each in part]
    assert rows and rows in [each["rows"][len(found.cases) :] for each in shown]


def test_a_superior_lists_the_cases_of_the_agency(
    world: World, cast: Cast, case: CaseId
) -> None:
    """All of them, but those from which the superior is excluded."""
    query = "select case_id from exclusion where officer_id = %s"
    shut = {CaseId(row[0]) for row in world.rows(query, SUPERIOR)}

    seen = cast.cases(SUPERIOR).keys()

    assert case in seen
    assert cast.cases(HANDLER).keys() - shut <= seen
    assert not shut & seen


def test_only_words_of_a_pack_reach_the_log_as_a_query(cast: Cast) -> None:
    with pytest.raises(InvalidInput, match="no route has a stage"):
        lists.list_cases(cast.desk, cast.reader(HANDLER), stage="Monsieur X")


def test_the_commands_page_and_answer(
    terminal: Terminal, case: CaseId, asked: HandoffId
) -> None:
    first = terminal.do(HANDLER, "item", "list", case, "--limit", "2")
    after = first[-1]["item"]
    second = terminal.do(
        HANDLER, "item", "list", case, "--limit", "2", "--after", after
    )
    assert len(first) == len(second) == 2
    assert not {i["item"] for i in first} & {i["item"] for i in second}

    story = terminal.do(HANDLER, "case", "story", case, "--limit", "3")
    later = terminal.do(HANDLER, "case", "story", case, "--after", story[-1]["id"])
    assert len(story) == 3 and story[0]["kind"] == "case.open"
    assert {line["id"] for line in story}.isdisjoint(line["id"] for line in later)

    assert terminal.ask(HANDLER, "handoff", "notices", "--limit", "1").code == 0
    readers = terminal.do(SUPERIOR, "item", "readers", after[:13])
    assert {line["officer"] for line in readers} == {HANDLER}
    page = terminal.run("item", "list", str(case), "--limit", "1", "--as", HANDLER)
    assert "more: --after" in page.out


def test_a_page_verifies_before_and_after_its_entry_is_ordered(
    terminal: Terminal, world: World, cast: Cast
) -> None:
    lists.list_cases(cast.desk, cast.reader(HANDLER))
    assert terminal.run("ledger", "verify").code == 0

    assert eventually(lambda: world.one("select count(*) = 0 from ledger_staging"))
    assert terminal.run("ledger", "verify").code == 0
