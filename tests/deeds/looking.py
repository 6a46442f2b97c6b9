"""Looking cases up, as tests do it: who finds what, and under which tokens."""

from typing import Any

from acts.items.reading import read_item
from acts.pages.lookups import FoundCase, find_by_number
from models.agencies import ReadReason
from models.ids import CaseId, HandoffId, ItemId
from models.numbers import parse_number
from models.pages import Window
from tests.deeds.cast import POLICE, Cast
from tests.oracles.evidence import entries, items_of
from tests.running.world import World, eventually

SECOND, CHIEF, COLLEGE = (
    "anderlecht/second", "anderlecht/supervisor", "anderlecht/college",
)  # fmt: skip
ELSEWHERE = "saint-gilles/mayor"
OUTSIDERS = (SECOND, CHIEF, COLLEGE, ELSEWHERE, POLICE, "deipp/analyst",
             "audit/auditor")  # fmt: skip


def find(
    cast: Cast, who: str, number: str, window: Window | None = None
) -> list[FoundCase]:
    wanted = parse_number(number)
    return find_by_number(cast.desk, cast.reader(who), wanted, window or Window())


def found(cast: Cast, who: str, number: str) -> set[CaseId]:
    return {each.case for each in find(cast, who, number)}


def last_page(world: World, agency: str = "anderlecht") -> dict[str, Any]:
    """Return the newest entry of a page that an agency saw."""
    seen = [
        e for e in entries(world) if e["kind"] == "list.shown" and e["agency"] == agency
    ]
    return max(seen, key=lambda e: e["recorded_at"])


def tokens(world: World, case: CaseId) -> list[tuple[Any, ...]]:
    return world.rows(
        "select agency_id, item_id, token from number_token where case_id = %s", case
    )


def asked_police(world: World, cast: Cast, case: CaseId) -> tuple[HandoffId, ItemId]:
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))
    (question,) = items_of(world, "question", case)
    return handoff, ItemId(question.item)


def read(cast: Cast, who: str, item: ItemId) -> None:
    read_item(cast.desk, cast.reader(who, ReadReason.ANSWERING), item)


def ordered_question(world: World, cast: Cast, case: CaseId) -> ItemId:
    """Have the police open a question; return it once all is under a checkpoint."""
    _, item = asked_police(world, cast, case)
    read(cast, POLICE, item)
    cast.file(case)
    written = [each["id"] for each in entries(world)]
    ordered = "select count(*) from ledger_entry where entry_id = any(%s::uuid[])"
    assert eventually(lambda: world.one(ordered, written) == len(written))
    return item
