"""Worker, engine and database are killed in the middle of acts; clients act on."""

from collections import Counter

import pytest

from models.ids import CaseId
from tests.deeds.cast import Cast
from tests.oracles.evidence import (
    disagreements,
    items_of,
    state_of,
    unproven_acts,
    verify_ledger,
    waiting_acts,
)
from tests.running.storm import Attempt, Storm
from tests.running.world import PATIENCE, World, eventually

pytestmark = pytest.mark.timeout(400)  # servers come back at their own pace
VICTIMS = ["worker", "temporal", "postgres"]
CLIENTS = 4


@pytest.fixture(scope="module")
def hasty(fragile: World) -> Cast:
    """Officers with the patience of the product: three seconds."""
    return Cast(fragile, fragile.new_desk(fragile.process()))


@pytest.fixture(scope="module")
def cases(fragile: World) -> list[CaseId]:
    cast = Cast(fragile, fragile.new_desk(fragile.process(patience=PATIENCE)))
    return [fragile.do(cast.open_case()) for _ in range(CLIENTS)]


@pytest.fixture(scope="module")
def attempts(fragile: World, hasty: Cast, cases: list[CaseId]) -> list[Attempt]:
    """What the clients were told; taken when thirty seconds have passed at most."""
    storm = Storm(hasty)
    fragile.do(storm.rage(cases, VICTIMS))
    eventually(lambda: waiting_acts(fragile, *cases) == [])
    return storm.attempts


@pytest.mark.parametrize("victim", VICTIMS)
def test_the_kill_struck_in_the_middle_of_acts(
    attempts: list[Attempt], victim: str
) -> None:
    """Else the tests below would prove nothing."""
    struck = Counter(attempt.told for attempt in attempts if attempt.during == victim)

    assert struck["failed" if victim == "postgres" else "stored"] > 0
    assert struck["confirmed"] > 0  # and the clients went on


@pytest.mark.parametrize("victim", ["calm", *VICTIMS])
def test_no_act_is_lost(fragile: World, attempts: list[Attempt], victim: str) -> None:
    """Neither a confirmed one nor one that the client was told is only stored."""
    promised = [
        attempt
        for attempt in attempts
        if attempt.during == victim and attempt.told in ("confirmed", "stored")
    ]

    assert promised
    for attempt in promised:
        assert attempt.act is not None
        assert state_of(fragile, attempt.act) == "recorded", attempt


def test_no_act_waits_any_more(
    fragile: World, attempts: list[Attempt], cases: list[CaseId]
) -> None:
    assert waiting_acts(fragile, *cases) == []


def test_no_act_is_doubled(
    fragile: World, attempts: list[Attempt], cases: list[CaseId]
) -> None:
    """Each act has its content once, its question once, its entry once."""
    query = (
        "select count(*) from intent"
        " where state = 'recorded' and kind = %s and case_id = any(%s)"
    )

    for kind, content in (
        ("item.add", "fact"),
        ("handoff.ask", "question"),
        ("handoff.answer", "answer"),
    ):
        kept = [each.act for each in items_of(fragile, content, *cases)]
        assert len(kept) == len(set(kept)) == fragile.one(query, kind, cases)
    handoffs = "select count(*) from handoff where case_id = any(%s)"
    assert fragile.one(handoffs, cases) == fragile.one(query, "handoff.ask", cases)
    assert unproven_acts(fragile) == []


def test_what_a_client_was_told_had_failed_left_nothing(
    fragile: World, attempts: list[Attempt], cases: list[CaseId]
) -> None:
    """Only a database lost at the very commit may leave a client in doubt."""
    told = Counter(attempt.told for attempt in attempts)
    query = "select count(*) from intent where case_id = any(%s) and kind <> %s"

    stored = fragile.one(query, cases, "case.open")

    promised = told["confirmed"] + told["stored"] + told["refused"]
    assert promised <= stored <= promised + told["uncertain"]
    assert told["refused"] == 0


def test_process_and_record_agree_on_every_case(
    fragile: World, attempts: list[Attempt], cases: list[CaseId]
) -> None:
    for case in cases:
        assert eventually(lambda c=case: disagreements(fragile, c) == [])  # type: ignore[misc]


def test_the_trail_still_verifies(fragile: World, attempts: list[Attempt]) -> None:
    staged = "select count(*) from ledger_staging"
    assert eventually(lambda: fragile.one(staged) == 0)

    held = verify_ledger(fragile)
    assert held.entries == held.size
    assert held.entries >= fragile.one("select count(*) from intent")
