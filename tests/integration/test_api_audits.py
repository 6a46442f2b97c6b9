"""Findings, statutory lists and requests of data subjects, asked for by programs."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from uuid import uuid4

import httpx2
import pytest

from models.ids import CaseId
from models.pages import Query
from tests.deeds.cast import HANDLER, Cast
from tests.deeds.programs import ask, recorded, send
from tests.deeds.subject_requests import NUMBER, TEXT
from tests.oracles.evidence import entries
from tests.running.site import Site
from tests.running.world import World, eventually

AUDITOR, DPO = "audit/auditor", "anderlecht/dpo"
Program = Callable[[str], httpx2.Client]
ENTRY = "select entry_id from ledger_entry where kind = 'case.open' and case_id = %s"


@pytest.fixture(scope="module")
def program(site: Site) -> Iterator[Program]:
    """Lend the program of an officer."""
    with ExitStack() as stack:
        lent: dict[str, httpx2.Client] = {}

        def of(who: str) -> httpx2.Client:
            if who not in lent:
                lent[who] = stack.enter_context(site.program(who))
            return lent[who]

        yield of


def count(world: World, table: str) -> int:
    return int(world.one(f"select count(*) from {table}"))  # noqa: S608 - of ours


def reads(world: World, detail: str) -> int:
    return sum(
        (each["kind"], each.get("detail")) == ("list.shown", detail)
        for each in entries(world)
    )


def test_a_request_is_recorded_once_followed_and_answered(
    world: World, cast: Cast, program: Program
) -> None:
    api, key, before = program(DPO), uuid4(), count(world, "subject_request")
    body = recorded(cast.today.isoformat())
    first, again = (send(api, "/subject-requests", body, key) for _ in range(2))
    asked = first["request"]
    assert again["request"] == asked
    assert count(world, "subject_request") == before + 1

    where = f"/subject-requests/{asked['id']}"
    opened = api.post(f"{where}/open").json()
    assert (opened["content"]["text"], bool(opened["receipt"])) == (TEXT, True)
    assert api.post(f"{where}/held").json()["rules"]
    noted = uuid4()
    for _ in range(2):
        send(api, f"{where}/steps/acknowledge", {"text": "Bien reçu."}, noted)
    refused = ask(api, f"{where}/steps/answer", {"outcome": "refused", "text": "Non."})
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    answer = {"outcome": "granted", "text": "Voici."}
    send(api, f"{where}/steps/answer", answer)
    closed = send(api, f"{where}/steps/close", {"text": "Fini."})
    assert closed["request"]["kept_until"]
    steps = [s["taken"]["step"] for s in api.post(f"{where}/open").json()["steps"]]
    assert steps == ["acknowledge", "answer", "close"]


def test_what_does_not_hold_is_a_problem_and_changes_nothing(
    world: World, cast: Cast, program: Program
) -> None:
    before, day = count(world, "subject_request"), cast.today.isoformat()
    wrong = recorded(day, number="85.07.30-033.29")
    told = ask(program(DPO), "/subject-requests", wrong)
    other = ask(program(HANDLER), "/subject-requests", recorded(day))
    absent = f"/subject-requests/{uuid4()}/steps/close"
    nothing = ask(program(DPO), absent, {"text": "Fini."})

    assert (told.status_code, other.status_code, nothing.status_code) == (422, 403, 404)
    assert NUMBER[:8] not in told.text
    assert count(world, "subject_request") == before


@pytest.mark.parametrize("blank", ["", " \u00a0", "\u200b"])
@pytest.mark.parametrize("field", ["text", "identity"])
def test_a_request_that_says_nothing_is_not_recorded(
    world: World, cast: Cast, program: Program, field: str, blank: str
) -> None:
    before, body = count(world, "subject_request"), recorded(cast.today.isoformat())
    told = ask(program(DPO), "/subject-requests", body | {field: blank})

    assert told.status_code == 422
    assert [each["field"] for each in told.json()["faults"]] == [f"body.{field}"]
    assert count(world, "subject_request") == before


@pytest.mark.parametrize("no_text", ["\\ud800", "\\u0000"])
def test_strings_that_are_no_text_are_refused_wherever_they_stand(
    program: Program, no_text: str
) -> None:
    headers = {"idempotency-key": str(uuid4()), "content-type": "application/json"}
    body = f'{{"owner": "{no_text}", "entries": ["{no_text}"], "{no_text}": 1}}'
    told = program(AUDITOR).post("/findings", content=body, headers=headers)

    assert told.status_code == 422
    assert told.headers["content-type"] == "application/problem+json"
    said = {each["field"]: each["detail"] for each in told.json()["faults"]}
    assert set(said) == {"body", "body.owner", "body.entries.0"}
    assert set(said.values()) == {"has characters in it that are no text"}


def test_a_list_is_made_once_and_lists_come_in_pages(
    cast: Cast, program: Program
) -> None:
    api, key = program(DPO), uuid4()
    period = dict.fromkeys(("first", "last"), cast.today.isoformat())
    made = [send(api, "/statutory-lists", period, k) for k in (key, key, uuid4())]
    same, again, other = (each["made"]["id"] for each in made)
    assert same == again != other
    assert made[0]["persons"] == made[1]["persons"]

    read = api.post(f"/statutory-lists/{same}/open").json()
    assert len(read["content"]["persons"]) == made[0]["persons"]
    first = api.get("/statutory-lists", params={"limit": 1}).json()
    then = api.get("/statutory-lists", params={"limit": 1, "cursor": first["next"]})
    assert [each["id"] for each in first["rows"]] == [other]
    assert [each["id"] for each in then.json()["rows"]] == [same]
    assert program(HANDLER).get("/statutory-lists").status_code == 403


def test_what_is_asked_for_at_the_same_instant_is_done_once(
    world: World, cast: Cast, program: Program
) -> None:
    api, key, before = program(DPO), uuid4(), count(world, "subject_request")
    body = recorded(cast.today.isoformat())
    with ThreadPoolExecutor(4) as pool:
        asked = [
            pool.submit(ask, api, "/subject-requests", body, key) for _ in range(4)
        ]
    told = [each.result() for each in asked]

    assert {each.status_code for each in told} <= {200, 409}
    assert len({each.text for each in told if each.status_code == 200}) <= 2
    assert count(world, "subject_request") == before + 1


def test_to_ask_again_for_what_was_done_is_a_read_that_is_logged(
    world: World, cast: Cast, case: CaseId, program: Program
) -> None:
    entry = eventually(lambda: world.one(ENTRY, case))
    finding = {"owner": HANDLER, "text": "Pourquoi ?", "entries": [str(entry)]}
    for who, path, body, read in (
        (
            DPO,
            "/subject-requests",
            recorded(cast.today.isoformat()),
            Query.SUBJECT_REQUEST,
        ),
        (AUDITOR, "/findings", finding, Query.FINDING),
    ):
        api, key, before = program(who), uuid4(), reads(world, read)
        send(api, path, body, key)
        assert reads(world, read) == before
        send(api, path, body, key)
        assert reads(world, read) == before + 1


def test_a_finding_goes_from_the_auditor_to_its_owner_and_back(
    world: World, case: CaseId, program: Program
) -> None:
    auditor, owner = program(AUDITOR), program(HANDLER)
    entry = eventually(lambda: world.one(ENTRY, case))
    found = auditor.get(f"/starts/entry/{str(entry)[:8]}").json()
    asked = {"owner": HANDLER, "text": "Pourquoi ?", "entries": found}
    opened = send(auditor, "/findings", asked)["finding"]
    where = f"/findings/{opened['id']}"
    assert ask(owner, "/findings", asked).status_code == 403
    send(owner, f"{where}/steps/answer", {"text": "Pour voir."})
    twice = ask(owner, f"{where}/steps/answer", {"text": "Encore."})
    assert (twice.status_code, twice.json()["code"]) == (409, "Conflict")
    send(auditor, f"{where}/steps/close", {"outcome": "explained", "text": "Bien."})

    texts = [each["text"] for each in owner.post(f"{where}/open").json()["steps"]]
    assert texts == ["Pourquoi ?", "Pour voir.", "Bien."]
    assert opened["id"] not in owner.get("/findings").text
    listed = owner.get("/findings", params={"closed": True, "limit": 200})
    assert opened["id"] in listed.text
