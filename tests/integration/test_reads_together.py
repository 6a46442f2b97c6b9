"""Reads that share a transaction: shown together or not at all, and nothing opened."""

from uuid import uuid4

import pytest

from acts.items.reading import read_item
from acts.pages import lists
from acts.pages.naming import names_of_cases
from acts.pages.overview import show_case
from acts.seat import Seat
from models.errors import NotFound
from models.ids import CaseId, ItemId
from tests.deeds.cast import HANDLER, Cast
from tests.oracles.evidence import items_of
from tests.running.world import World


@pytest.fixture(scope="module")
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


@pytest.fixture
def seat(cast: Cast) -> Seat:
    handler = cast.officer(HANDLER)
    return Seat(cast.desk, handler, cast.reader(HANDLER).agency_kind)


def test_nothing_is_opened_in_a_transaction_that_others_share(
    world: World, seat: Seat, case: CaseId
) -> None:
    (card,) = items_of(world, "subject_card", case)
    before = world.one("select count(*) from release")

    with pytest.raises(ValueError, match="a transaction of its own"):
        with seat.in_one_transaction() as here:
            read_item(here.desk, here.reader(), ItemId(card.item))
    with pytest.raises(ValueError, match="a transaction of its own"):
        with seat.in_one_transaction() as here:
            with here.in_one_transaction() as inner:
                names_of_cases(inner.desk, inner.reader(), [case])

    assert world.one("select count(*) from release") == before


def test_what_fails_half_way_leaves_no_entry_of_a_page_that_nobody_saw(
    world: World, seat: Seat, case: CaseId
) -> None:
    before = world.one("select count(*) from list_page")

    with pytest.raises(NotFound):
        with seat.in_one_transaction() as here:
            lists.list_cases(here.desk, here.reader())
            show_case(here.desk, here.reader(), case)
            show_case(here.desk, here.reader(), CaseId(uuid4()))

    assert world.one("select count(*) from list_page") == before


def test_whoever_finds_nothing_waits_once_and_keeps_no_connection(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    lent: list[int] = []
    pool = seat.desk.database.pool

    def note(_began: float) -> None:
        lent.append(pool.checkedout())  # type: ignore[attr-defined]

    monkeypatch.setattr("storage.sessions._wait", note)
    with pytest.raises(NotFound):
        with seat.in_one_transaction() as here:
            show_case(here.desk, here.reader(), CaseId(uuid4()))

    assert lent == [0]
