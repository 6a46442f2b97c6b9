"""Searching for words: in what may be opened, logged as opened, words kept nowhere."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from acts import people
from acts.pages.searching import Searched, search
from acts.recalls import recall
from models.agencies import ReadReason
from models.control import RecallGround
from models.errors import InvalidInput, NotFound
from models.ids import CaseId, ItemId, OfficerId
from models.pages import Window
from models.people import ExclusionGround
from runtime.roles import Role
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.oracles.absence import heard
from tests.oracles.evidence import entries, items_of
from tests.running.statements import executed
from tests.running.terminal import Terminal
from tests.running.world import World

SECOND, CHIEF, COLLEGE = (
    "anderlecht/second", "anderlecht/supervisor", "anderlecht/college",
)  # fmt: skip
WIDE = Window(limit=200)
WORD = "Zèbrelune"


@pytest.fixture
def case(world: World, cast: Cast) -> CaseId:
    """A case of the test's own with three facts, one of which has the word."""
    opened = world.do(cast.open_case())
    for text in ("Deux plaintes.", f"Une {WORD} a été vue.", "Un constat."):
        world.do(cast.add_fact(opened, text))
    return opened


def look(
    cast: Cast,
    who: str,
    *words: str,
    case: CaseId | None = None,
    window: Window = WIDE,
) -> Searched:
    reader = cast.reader(who, ReadReason.FOLLOWING_UP)
    return search(cast.desk, reader, words, window, case)


def kinds(found: Searched) -> list[tuple[CaseId, str]]:
    return [(each.known.case, each.known.kind.value) for each in found.found]


def cases_with(cast: Cast, who: str, word: str) -> set[CaseId]:
    """Return the cases in which a word is found, on all pages of the search."""
    page = look(cast, who, word)
    found = {case for case, _ in kinds(page)}
    while page.after:
        onward = WIDE.model_copy(update={"after": page.after})
        page = look(cast, who, word, window=onward)
        found |= {case for case, _ in kinds(page)}
    return found


def newest(world: World, kind: str) -> dict[str, Any]:
    seen = [e for e in entries(world) if e["kind"] == kind]
    return max(seen, key=lambda e: e["recorded_at"])


def test_a_word_is_found_whatever_its_case_and_accents(
    world: World, cast: Cast, case: CaseId
) -> None:
    (match,) = look(cast, HANDLER, "zebreLUNE", "vue", case=case).found

    assert (match.known.case, match.known.kind) == (case, "fact")
    assert match.passage == f"Une {WORD} a été vue."
    assert look(cast, HANDLER, "zebrelune", "plaintes", case=case).found == ()
    assert case in cases_with(cast, HANDLER, WORD)
    assert (case, "fact") in kinds(look(cast, MAYOR, WORD, case=case))


def test_one_entry_names_all_that_was_opened_and_one_page_what_matched(
    world: World, cast: Cast, case: CaseId
) -> None:
    before = len(entries(world))
    (match,) = look(cast, HANDLER, WORD, case=case).found

    assert len(entries(world)) == before + 2
    opened, page = newest(world, "item.released"), newest(world, "list.shown")
    live = world.rows("select id from item where case_id = %s", case)
    assert set(map(UUID, opened["items"])) == {row for (row,) in live}
    assert (opened["detail"], page["detail"]) == ("following_up", "search for words")
    shown = world.one("select shown from list_page where entry_id = %s", page["id"])
    assert [i["item"] for i in shown["items"]] == [str(match.known.item)]
    assert shown["counts"] == {"found": 1}


def test_the_words_reach_no_statement_and_no_row(
    world: World, cast: Cast, case: CaseId
) -> None:
    with executed() as everything:
        assert look(cast, HANDLER, WORD, case=case).found

    said = [str(each) for each in everything]
    wanted = (WORD, WORD.encode().hex(), "zebrelune", b"zebrelune".hex())
    assert said and not [s for s in said if any(each in s for each in wanted)]
    held = "select table_name from information_schema.tables where table_schema = %s"
    for (table,) in world.rows(held, "public"):
        rows = world.rows(f"select t::text from {table} t")  # noqa: S608
        text = "\n".join(row for (row,) in rows)
        assert not [each for each in wanted if each in text], table


@pytest.mark.parametrize(
    "who", [SECOND, COLLEGE, POLICE, "saint-gilles/mayor", "audit/auditor"]
)
def test_who_does_not_work_on_a_case_finds_nothing_in_it(
    world: World, cast: Cast, case: CaseId, who: str
) -> None:
    assert case not in {each for each, _ in kinds(look(cast, who, WORD))}

    def look_into(which: CaseId) -> Searched:
        return look(cast, who, WORD, case=which)

    assert heard(look_into, case) == heard(look_into, CaseId(uuid4()))


def test_a_superior_knows_the_case_and_looks_into_none_of_its_items(
    cast: Cast, case: CaseId
) -> None:
    assert look(cast, CHIEF, WORD, case=case) == Searched(found=())


def test_an_excluded_officer_finds_nothing_any_more(
    world: World, cast: Cast, case: CaseId
) -> None:
    chief, ground = cast.officer(CHIEF), ExclusionGround.FAMILY
    world.do(people.exclude(cast.desk, chief, case, OfficerId(HANDLER), ground))

    assert case not in {each for each, _ in kinds(look(cast, HANDLER, WORD))}
    with pytest.raises(NotFound):
        look(cast, HANDLER, WORD, case=case)


def test_policy_alone_keeps_an_item_out_and_it_is_not_opened(
    world: World, cast: Cast, case: CaseId
) -> None:
    """The college sees what it decides on, not the file (NLC 119quinquies §4)."""
    with world.superuser() as connection:
        connection.execute(
            "insert into designation values (%s, %s, null, 'anderlecht', %s, %s, null)",
            [uuid4(), case, COLLEGE, cast.today],
        )
    releases = "select count(*) from release where officer_id = %s"
    before = world.one(releases, COLLEGE)

    found = look(cast, COLLEGE, WORD, case=case, window=Window(limit=1))

    assert found == Searched(found=())
    assert world.one(releases, COLLEGE) == before


def test_a_partner_searches_what_it_was_given(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case, question=f"Connaissez-vous {WORD}?"))
    assert look(cast, POLICE, WORD, case=case).found == ()
    world.do(cast.receive(handoff))

    (match,) = look(cast, POLICE, WORD, case=case).found

    assert (match.known.kind, match.known.handoff) == ("question", handoff)


def test_what_was_taken_back_or_erased_is_not_looked_into(
    world: World, cast: Cast, case: CaseId
) -> None:
    (match,) = look(cast, HANDLER, WORD, case=case).found
    officer = cast.officer(HANDLER)
    item = ItemId(match.known.item)
    world.do(recall(cast.desk, officer, item, RecallGround.INCORRECT))
    assert look(cast, HANDLER, WORD, case=case).found == ()

    facts = [f.item for f in items_of(world, "fact", case) if f.item != item]
    with world.superuser() as connection:
        for table in ("item_key", "audience"):
            query = f"delete from {table} where item_id = any(%s)"  # noqa: S608
            connection.execute(query.encode(), [facts])
    assert look(cast, HANDLER, "plaintes", case=case).found == ()


def test_pages_go_on_and_look_into_each_item_once(
    world: World, cast: Cast, case: CaseId
) -> None:
    seen: list[str] = []
    matched = 0
    window = Window(limit=2)
    while True:
        page = look(cast, HANDLER, WORD, case=case, window=window)
        seen += newest(world, "item.released")["items"]
        matched += len(page.found)
        if page.after is None:
            break
        window = Window(limit=2, after=page.after)

    live = world.rows("select id from item where case_id = %s", case)
    assert sorted(set(seen)) == sorted(str(row) for (row,) in live) and matched == 1
    for nothing in (uuid4(), items_of(world, "fact", case)[0].item):
        page = look(cast, SECOND, WORD, window=Window(after=nothing))
        assert page == Searched(found=())


@pytest.mark.parametrize("limit", [2, 200])
def test_the_newest_is_found_first_also_within_a_day(
    world: World, cast: Cast, limit: int
) -> None:
    case = world.do(cast.open_case())
    added = [f"La plainte {number}." for number in "123456"]
    for text in added:
        world.do(cast.add_fact(case, text))

    found: list[str] = []
    window: Window | None = Window(limit=limit)
    while window:
        page = look(cast, HANDLER, "plainte", case=case, window=window)
        found += [each.passage for each in page.found]
        window = Window(limit=limit, after=page.after) if page.after else None

    assert found == added[::-1]


def test_without_its_entry_there_is_no_answer(
    world: World, cast: Cast, case: CaseId
) -> None:
    for table in ("ledger_staging", "list_page"):
        with world.connection(Role.OWNER) as owner:
            owner.execute(f"revoke insert on {table} from estafette_acts".encode())
        try:
            with pytest.raises(Exception, match="permission denied"):
                look(cast, HANDLER, WORD, case=case)
        finally:
            with world.connection(Role.OWNER) as owner:
                owner.execute(f"grant insert on {table} to estafette_acts".encode())


@pytest.mark.parametrize("words", [("",), ("a",), ("plaintes", " é ")])
def test_a_word_that_is_too_short_is_refused_before_anything_is_opened(
    world: World, cast: Cast, words: tuple[str, ...]
) -> None:
    before = len(entries(world))

    with pytest.raises(InvalidInput, match="too short"):
        look(cast, HANDLER, *words)

    assert len(entries(world)) == before


def test_the_command_shows_where_the_words_stand(
    terminal: Terminal, case: CaseId
) -> None:
    words = ("case", "search", "ZEBRELUNE", "--reason", "following_up", "--case", case)
    answer = terminal.do(HANDLER, *words)
    (match,) = answer["found"]
    assert (match["case"], match["kind"]) == (str(case), "fact")
    assert WORD in match["passage"] and answer["after"] is None
    page = terminal.run(*words, "--limit", "1", "--as", HANDLER)
    assert "older items: --after" in page.out
    nobody = terminal.run("case", "search", "zebrelune", "--as", HANDLER)
    assert nobody.code == 2, "a reason is needed"
    assert terminal.run("ledger", "verify").code == 0
