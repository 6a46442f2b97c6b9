"""Who keeps the register is told of an entry, has a list of them, and opens each."""

from collections.abc import Iterator
from uuid import UUID

import httpx2
import pytest

from acts import people
from acts.items.reading import read_item
from acts.pages import lists
from acts.pages.register import RegisterEntry, list_register
from acts.recalls import recall
from models.agencies import OfficerFunction
from models.control import RecallGround
from models.errors import NotFound
from models.ids import CaseId, ItemId
from models.pages import LARGEST_PAGE, Window
from models.people import ExclusionGround
from tests.deeds.cast import DEIPP, HANDLER, MAYOR, REGISTRAR, Cast
from tests.deeds.measures import take_measure
from tests.deeds.pages import Pages
from tests.deeds.staff import hire
from tests.running.site import Site, play, whole
from tests.running.world import World


@pytest.fixture(scope="module")
def filed(world: World, cast: Cast) -> CaseId:
    return world.do(take_measure(cast))


@pytest.fixture
def registrar(site: Site) -> Iterator[httpx2.Client]:
    with site.browser() as made:
        play(made, REGISTRAR)
        made.headers["accept-language"] = "en"
        yield made


def register(cast: Cast, who: str, limit: int = LARGEST_PAGE) -> list[RegisterEntry]:
    """Return the whole register that somebody keeps."""
    found: list[RegisterEntry] = []
    after: UUID | None = None
    while page := list_register(
        cast.desk, cast.reader(who), Window(limit=limit, after=after)
    ):
        found += page
        after = page[-1].id
    return found


def entry_of(cast: Cast, case: CaseId, who: str = REGISTRAR) -> RegisterEntry | None:
    found = [each for each in register(cast, who) if each.case == case]
    return found[0] if found else None


def test_an_entry_is_told_without_content_and_opened_by_whoever_keeps_the_register(
    cast: Cast, filed: CaseId, pages: Pages
) -> None:
    reader = cast.reader(REGISTRAR)
    told = [
        each
        for each in lists.notices(cast.desk, reader, Window(limit=LARGEST_PAGE))
        if each.case == filed and each.kind == "register_entry"
    ]
    entry = entry_of(cast, filed)

    assert [(each.detail, each.handoff) for each in told] == [("", None)]
    assert entry is not None and entry.filing is not None
    assert (entry.commune, entry.measure) == ("anderlecht", "out.refuse")
    logged = [e for e in pages.entries() if e["detail"] == "entries of the register"]
    shown = [item["item"] for e in logged for item in pages.shown(e)["items"]]
    assert str(entry.filing.item) in shown
    opened = read_item(cast.desk, reader, entry.filing.item)
    assert b"Refus de permis." in opened.body


def test_others_of_the_keeper_and_of_the_municipality_keep_no_register(
    cast: Cast, filed: CaseId
) -> None:
    entry = entry_of(cast, filed)
    assert entry is not None and entry.filing is not None

    for who in (DEIPP, HANDLER, MAYOR):
        assert register(cast, who) == []
        notices = lists.notices(cast.desk, cast.reader(who))
        assert "register_entry" not in {each.kind for each in notices}
    with pytest.raises(NotFound):
        read_item(cast.desk, cast.reader(DEIPP), entry.filing.item)


def test_the_newest_entry_stands_first_on_pages_that_follow_each_other(
    world: World, cast: Cast, filed: CaseId
) -> None:
    later = world.do(take_measure(cast))

    by_one = register(cast, REGISTRAR, limit=1)
    cases = [each.case for each in by_one]

    assert by_one == register(cast, REGISTRAR)
    assert cases.index(later) < cases.index(filed)


def test_who_is_excluded_from_a_case_finds_nothing_of_its_entry(
    world: World, cast: Cast, filed: CaseId
) -> None:
    kept_out = hire(world, cast, "deipp/cousin", OfficerFunction.REGISTRAR)
    entry = entry_of(cast, filed, kept_out)
    assert entry is not None and entry.filing is not None

    family = ExclusionGround.FAMILY
    world.do(people.recuse(cast.desk, cast.officer(kept_out), filed, family))

    assert entry_of(cast, filed, kept_out) is None
    with pytest.raises(NotFound):
        read_item(cast.desk, cast.reader(kept_out), entry.filing.item)


def test_what_was_filed_and_taken_back_is_listed_and_not_opened(
    world: World, cast: Cast, registrar: httpx2.Client
) -> None:
    case = world.do(take_measure(cast))
    entry = entry_of(cast, case)
    assert entry is not None and entry.filing is not None
    item = ItemId(entry.filing.item)
    assert f'action="/items/{item}"' in whole(registrar, "/register")

    world.do(recall(cast.desk, cast.officer(HANDLER), item, RecallGround.INCORRECT))

    left = entry_of(cast, case)
    assert left is not None and left.filing is None and left.gone
    page = whole(registrar, "/register")
    assert f'action="/items/{item}"' not in page and "can no longer be read" in page


def test_whom_the_rules_forbid_to_read_is_told_so(
    world: World, cast: Cast, filed: CaseId, site: Site
) -> None:
    functions = (OfficerFunction.REGISTRAR, OfficerFunction.SUPERVISOR)
    forbidden = hire(world, cast, "deipp/head-of-register", *functions)
    entry = entry_of(cast, filed, forbidden)
    assert entry is not None and entry.filing is None and not entry.gone

    with site.browser() as browser:
        browser.headers["accept-language"] = "en"
        play(browser, forbidden)
        assert "the rules do not let you read it" in whole(browser, "/register")


def test_a_notice_leads_to_the_register(
    cast: Cast, filed: CaseId, registrar: httpx2.Client, site: Site
) -> None:
    assert 'href="/register"' in registrar.get("/notices").text
    with site.browser() as handler:
        play(handler, HANDLER)
        assert handler.get("/register").status_code == 403
    with site.program(REGISTRAR) as program:
        rows = program.get("/register").json()["rows"]
    assert all(each["commune"] for each in rows) and rows


def test_who_opens_an_entry_comes_back_to_the_register(
    cast: Cast, filed: CaseId, registrar: httpx2.Client
) -> None:
    entry = entry_of(cast, filed)
    assert entry is not None and entry.filing is not None
    item = entry.filing.item
    listed = whole(registrar, "/register").partition(f'action="/items/{item}"')[2]
    assert 'name="back" value="/register"' in listed.partition("</form>")[0]

    for said, back in (("/register", "/register"), ("//elsewhere.example", "/")):
        form = {"reason": "following_up", "back": said}
        assert (
            f'href="{back}">Back</a>'
            in registrar.post(f"/items/{item}", data=form).text
        )
