"""An opening that is not finished: sealed, its officer's alone, and gone in the end."""

from collections.abc import Iterator
from datetime import timedelta

import httpx2
import pytest

from acts import opening_drafts
from acts.pages.today import show_today
from models.errors import KeyUnknown, NotFound
from models.opening_drafts import OpeningDraft
from models.pages import Window
from runtime.roles import Role
from storage import opening_drafts as kept
from storage.engine import transaction
from storage.sessions import acting
from tests.deeds.cast import HANDLER, MAYOR, Cast
from tests.running.site import Site, play
from tests.running.world import World

ROUTE, NAME = "be-119ter", "Lavage Plombastique SRL"
TYPED = {"enterprise_name": [NAME], "room": ["2"], "name-2": ["Modèle"]}
COUNT = "select count(*) from opening_draft"


@pytest.fixture(autouse=True)
def none_before(world: World) -> None:
    with world.superuser() as connection:
        connection.execute("delete from opening_draft")


@pytest.fixture
def browser(site: Site) -> Iterator[httpx2.Client]:
    with site.browser() as made:
        play(made, MAYOR)
        yield made


def drafts_of(cast: Cast, who: str) -> tuple[OpeningDraft, ...]:
    return show_today(cast.desk, cast.reader(who), Window(limit=10)).drafts


def test_nobody_but_its_officer_has_a_draft(world: World, cast: Cast) -> None:
    draft = opening_drafts.save(cast.desk, cast.officer(MAYOR), ROUTE, TYPED)

    found, typed = opening_drafts.take_up(cast.desk, cast.reader(MAYOR), draft.id)
    assert (found, typed) == (draft, TYPED)
    assert drafts_of(cast, MAYOR) == (draft,)
    for other in (HANDLER, "saint-gilles/mayor"):
        assert drafts_of(cast, other) == ()
        with pytest.raises(NotFound):
            opening_drafts.take_up(cast.desk, cast.reader(other), draft.id)
        opening_drafts.drop(cast.desk, cast.officer(other), draft.id)
    assert world.one(COUNT) == 1


def test_the_database_holds_no_word_of_it(world: World, cast: Cast) -> None:
    opening_drafts.save(cast.desk, cast.officer(MAYOR), ROUTE, TYPED)

    (row,) = world.rows("select d::text, ciphertext from opening_draft d")
    assert "Plombastique" not in row[0]
    assert b"Plombastique" not in bytes(row[1])


def test_taking_it_up_is_an_entry_that_says_nothing_of_it(
    world: World, cast: Cast
) -> None:
    draft = opening_drafts.save(cast.desk, cast.officer(MAYOR), ROUTE, TYPED)
    shown = (
        "select count(*) from list_page where shown->>'query' = 'draft of an opening'"
    )
    before = world.one(shown)

    opening_drafts.take_up(cast.desk, cast.reader(MAYOR), draft.id)
    assert world.one(shown) == before + 1


def test_what_is_dropped_opens_in_no_copy(cast: Cast) -> None:
    officer = cast.officer(MAYOR)
    draft = opening_drafts.save(cast.desk, officer, ROUTE, TYPED)
    with acting(cast.desk.database, cast.desk.acting(officer)) as connection:
        copy = kept.find(connection, draft.id)
    assert copy is not None

    opening_drafts.drop(cast.desk, officer, draft.id)

    assert drafts_of(cast, MAYOR) == ()
    with pytest.raises(KeyUnknown):
        cast.desk.node(officer.agency).open(copy.sealed, copy.wrap, None)  # type: ignore[arg-type]


def test_what_is_left_too_long_goes(world: World, cast: Cast) -> None:
    draft = opening_drafts.save(cast.desk, cast.officer(MAYOR), ROUTE, TYPED)
    record = world.engine(Role.RECORD, pool=1)
    with transaction(record) as connection:
        kept.forget_old(connection, draft.kept_until)
    assert world.one(COUNT) == 1
    with transaction(record) as connection:
        kept.forget_old(connection, draft.kept_until + timedelta(days=1))
    assert world.one(COUNT) == 0


def test_a_draft_is_kept_taken_up_and_gone_once_the_case_is_open(
    world: World, cast: Cast, browser: httpx2.Client
) -> None:
    typed = {name: said[0] for name, said in TYPED.items()}
    kept = browser.post(f"/open/{ROUTE}", data=typed | {"save": "yes"})
    assert kept.status_code == 303
    draft = world.one("select id from opening_draft")
    assert f'action="/drafts/{draft}"' in browser.get("/").text

    page = browser.post(f"/drafts/{draft}").text
    assert NAME in page
    assert "Modèle" in page
    again = browser.post(
        f"/open/{ROUTE}", data=typed | {"save": "yes", "draft": str(draft)}
    )
    assert again.status_code == 303
    assert world.one(COUNT) == 1
    newer = world.one("select id from opening_draft")
    assert newer != draft

    assert browser.post(f"/drafts/{newer}/drop").status_code == 303
    assert world.one(COUNT) == 0


def test_an_empty_form_is_no_draft(world: World, browser: httpx2.Client) -> None:
    answer = browser.post(f"/open/{ROUTE}", data={"save": "yes"})

    assert answer.status_code == 422
    assert world.one(COUNT) == 0
