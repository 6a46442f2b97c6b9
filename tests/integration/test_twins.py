"""Both sides of a hand-off sign over real tables: what is missing, forged, altered."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from models.errors import CiphertextInvalid, InvalidInput
from models.handoffs import HandoffState
from models.link import Report
from models.twins import PATIENCE
from tests.running.line import Line, open_line
from tests.running.paired import ASKED, ASKER, Pair


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    with open_line(tmp_path_factory.mktemp("link")) as made:
        yield made


@pytest.fixture
def pair(line: Line, tmp_path: Path) -> Iterator[Pair]:
    made = Pair(line.offices, tmp_path)
    made.hand_over(ASKER, made.first)
    yield made
    made.close()


def test_both_sides_sign_each_change(pair: Pair) -> None:
    pair.node(ASKER)
    pair.node(ASKED)
    received = pair.move(HandoffState.RECEIVED, "handoff.receive", ASKED)
    pair.hand_over(ASKED, received)
    pair.node(ASKER)
    pair.node(ASKED)

    assert pair.owed() == []
    assert pair.offices.orders(ASKER).work().twins == ()


def test_both_sides_sign_across_the_link(pair: Pair, line: Line) -> None:
    for agency in (ASKER, ASKED):
        with closing(line.client(agency)) as client:
            pair.node(agency, client)

    assert pair.owed() == []


def test_a_node_that_is_away_leaves_its_side_missing_until_it_is_back(
    pair: Pair,
) -> None:
    pair.node(ASKER)
    pair.missing.once()
    assert pair.owed() == [(ASKED, "offered", False, False)]

    pair.late += PATIENCE
    with capture_logs() as logs:
        pair.missing.once()
        pair.missing.once()
    assert [each["event"] for each in logs] == ["twin_missing"]
    assert pair.owed() == [(ASKED, "offered", True, False)]

    with capture_logs() as logs:
        pair.node(ASKED)
    assert "twin_came" in [each["event"] for each in logs]
    assert pair.owed() == []


def test_after_a_restart_of_coordination_nodes_sign_before_it_judges(
    pair: Pair,
) -> None:
    pair.late += timedelta(days=1)
    pair.missing._began = pair.now()
    pair.missing.once()

    assert [alarmed for _, _, alarmed, _ in pair.owed()] == [False, False]


def test_an_act_that_nobody_handed_over_is_signed_late_and_says_so(
    pair: Pair,
) -> None:
    pair.node(ASKED)
    pair.move(HandoffState.RECEIVED, "handoff.receive", ASKED)
    pair.node(ASKED)
    assert (ASKED, "received", False, False) in pair.owed()

    pair.late += timedelta(seconds=10)
    pair.node(ASKED)
    book = pair.watching(ASKED).twins._book

    assert not book.find(pair.handoff.id, 2).receipt
    assert (ASKED, "received", False, False) not in pair.owed()


@pytest.mark.parametrize(
    "forged",
    [
        "update handoff_twin set word = null, told_at = null,"
        " leaf = sha256('forged'::bytea) where handoff_id = :handoff",
        "update handoff_twin set word = null, told_at = null,"
        " at = at + interval '1 day' where handoff_id = :handoff",
        "update handoff_twin set word = null, told_at = null,"
        " change = 'recalled' where handoff_id = :handoff",
    ],
    ids=["another entry", "another day", "another change"],
)
def test_a_coordination_that_says_otherwise_is_refused_and_that_is_seen(
    pair: Pair, forged: str
) -> None:
    pair.node(ASKER)
    pair.node(ASKED)
    pair.as_owner(forged)

    pair.node(ASKED)

    assert [refused for agency, *_, refused in pair.owed() if agency == ASKED] == [True]
    assert [each.kind for each in pair.books[ASKED].alarms()] == ["twin.refused"]
    assert pair.offices.orders(ASKED).work().twins == ()  # not twice a second


def test_what_was_refused_is_offered_again_when_the_node_starts(pair: Pair) -> None:
    pair.move(HandoffState.RECALLED, "handoff.recall")
    pair.as_owner(
        "update handoff_twin set refused = 'a file was lost'"
        " where handoff_id = :handoff and agency_id = 'tax'"
    )
    pair.node(ASKED)
    assert len([each for each in pair.owed() if each[0] == ASKED]) == 2

    pair.offices.duties(ASKED).publish()
    pair.node(ASKED)

    assert [each for each in pair.owed() if each[0] == ASKED] == []


def test_a_record_that_was_taken_out_comes_again_as_it_was(pair: Pair) -> None:
    pair.node(ASKED)
    pair.as_owner("update handoff_twin set word = null where handoff_id = :handoff")

    pair.node(ASKED)

    assert [agency for agency, *_ in pair.owed()] == [ASKER]


def test_nothing_is_kept_that_another_agency_signed(pair: Pair) -> None:
    (offer,) = pair.offices.orders(ASKER).work().twins
    theirs = offer.model_copy(update={"acted": False})
    (twin,) = pair.watches[ASKED].sign([theirs]).signed
    as_theirs = twin.model_copy(update={"agency": ASKER})

    pair.offices.orders(ASKER).report(Report(twins=(twin,)))
    with pytest.raises(CiphertextInvalid):
        pair.offices.orders(ASKER).report(Report(twins=(as_theirs,)))

    assert len(pair.owed()) == 2


def test_nothing_is_kept_about_another_change(pair: Pair) -> None:
    (offer,) = pair.offices.orders(ASKED).work().twins
    other = offer.model_copy(update={"leaf": bytes(32)})
    (twin,) = pair.watches[ASKED].sign([other]).signed

    with pytest.raises(InvalidInput):
        pair.offices.orders(ASKED).report(Report(twins=(twin,)))
