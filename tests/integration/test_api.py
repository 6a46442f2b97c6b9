"""The API: who gets in, what comes out, and that an act is done once."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import httpx2
import pytest
from icalendar import Calendar

from models.ids import CaseId, HandoffId, ItemId
from models.pages import Query
from tests.deeds.cast import HANDLER, MAYOR, POLICE, SUBJECT, Cast
from tests.deeds.pages import Pages
from tests.running.site import Site, play, served
from tests.running.world import World
from web.guards.bodies import VALUES


@pytest.fixture(scope="module")
def api(site: Site) -> Iterator[httpx2.Client]:
    with site.program(HANDLER) as made:
        yield made


@pytest.fixture
def stranger(site: Site) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=f"{site.address}/api/v1") as made:
        yield made


def send(
    api: httpx2.Client, path: str, key: UUID | None = None, **body: object
) -> httpx2.Response:
    """Ask for an act under a key, by default a new one."""
    headers = {"idempotency-key": str(key or uuid4())}
    return api.post(path, json=body, headers=headers)


def acts_stored(world: World, kind: str, case: UUID) -> int:
    return int(
        world.one(
            "select count(*) from intent where kind = %s and case_id = %s", kind, case
        )
    )


def test_without_a_token_nothing_is_there(stranger: httpx2.Client) -> None:
    answer = stranger.get("/cases")

    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == 'Bearer realm="estafette"'
    assert answer.json()["type"] == "urn:estafette:problem:not-signed-in"


@pytest.mark.parametrize("body", [b"[[],%s[]]", b'{"a":[0,%s0]}', b"%s"])
def test_a_body_of_more_values_than_anybody_says_is_not_read(
    stranger: httpx2.Client, body: bytes
) -> None:
    """All others would wait meanwhile, and whoever sends it need not even sign in."""
    many = {"content": body % (b"[" * 90 + b"],[" * VALUES)}
    few = {"content": body % (b"0," * (VALUES // 2))}
    path, headers = "/statutory-lists", {"content-type": "application/json"}

    refused = stranger.post(path, headers=headers, **many)
    read = stranger.post(path, headers=headers, **few)

    assert refused.status_code == 413
    assert refused.headers["content-type"] == "application/problem+json"
    assert f"more than {VALUES} values" in refused.json()["detail"]
    assert read.status_code != 413


def test_a_wrong_token_is_called_so(stranger: httpx2.Client) -> None:
    answer = stranger.get("/me", headers={"authorization": "Bearer a.b.c"})

    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


def test_a_cookie_opens_nothing(site: Site, stranger: httpx2.Client) -> None:
    with site.browser() as browser:
        play(browser, HANDLER)
        assert browser.get("/").status_code == 200

        assert browser.get("/api/v1/me").status_code == 401


def test_a_token_says_who_one_is_and_the_directory_what_one_may(
    api: httpx2.Client,
) -> None:
    told = api.get("/me").json()

    assert told["officer"]["id"] == HANDLER
    assert told["officer"]["functions"] == ["handler"]


def test_no_page_of_another_site_is_answered_by_a_browser(api: httpx2.Client) -> None:
    answer = api.get("/me", headers={"origin": "https://elsewhere.example"})

    assert answer.status_code == 200  # a program that says so is no browser
    assert "access-control-allow-origin" not in answer.headers
    asked = api.options("/me", headers={"origin": "https://elsewhere.example"})
    assert asked.status_code == 405


def test_lists_go_on_from_a_cursor(
    world: World, cast: Cast, api: httpx2.Client, case: CaseId
) -> None:
    world.do(cast.open_case())

    first = api.get("/cases", params={"limit": 1}).json()
    second = api.get("/cases", params={"limit": 1, "cursor": first["next"]}).json()

    assert first["next"] == first["rows"][0]["case"]["id"]
    assert second["rows"][0]["case"]["id"] != first["next"]


def test_a_case_is_shown_with_its_story_and_what_can_be_done(
    api: httpx2.Client, case: CaseId, asked: HandoffId
) -> None:
    shown = api.get(f"/cases/{case}").json()
    story = api.get(f"/cases/{case}/story").json()
    steps = api.get(f"/cases/{case}/next").json()
    sources = api.get(f"/cases/{case}/sources").json()

    assert shown["case"]["id"] == str(case)
    assert str(asked) in [each["id"] for each in shown["handoffs"]]
    assert story["rows"][0]["kind"] == "case.open"
    assert steps["steps"]
    assert sources["open"] and sources["doors"]


def test_an_item_is_opened_with_a_reason_and_a_receipt(
    world: World, api: httpx2.Client, case: CaseId, item: ItemId
) -> None:
    known = api.get(f"/items/{item}")
    opened = api.post(f"/items/{item}/open", json={"reason": "deciding"})
    unsaid = api.post(f"/items/{item}/open", json={"reason": "because"})

    assert known.json()["kind"] == "fact"
    assert opened.json()["body"] and len(opened.json()["receipt"]) == 64
    assert unsaid.status_code == 422
    assert unsaid.json()["faults"][0]["field"] == "body.reason"
    released = world.one(
        "select count(*) from sighting where item_id = %s and kind = 'item.released'",
        item,
    )
    assert released == 1


def test_ids_by_how_they_start_are_a_page_that_is_logged(
    api: httpx2.Client, pages: Pages, case: CaseId
) -> None:
    found = api.get(f"/starts/case/{str(case)[:4]}").json()
    absent = api.get(f"/starts/case/{uuid4()}")

    (entry,) = pages.entries()
    assert entry["detail"] == Query.STARTS
    assert pages.shown(entry)["rows"] == found
    assert str(case) in found
    assert absent.status_code == 404


def test_terms_are_a_calendar_without_names(api: httpx2.Client, case: CaseId) -> None:
    answer = api.get("/calendar.ics")
    found = Calendar.from_ical(answer.content)

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    about = [str(event["description"]) for event in found.events]
    assert f"case {case}" in about
    for name in ("Lavage", "Exemple", "Anderlecht"):
        assert name not in answer.text


def test_a_number_finds_its_cases(api: httpx2.Client, case: CaseId) -> None:
    sought = {"number": SUBJECT["enterprise_number"]}

    found = api.post("/cases/find", json=sought, params={"limit": 200}).json()

    assert str(case) in [each["case"] for each in found["rows"]]


def test_a_mayor_opens_a_case_and_a_question_is_answered(
    world: World, cast: Cast, site: Site, api: httpx2.Client
) -> None:
    opening = cast.opening().model_dump(mode="json")
    with site.program(MAYOR) as mayor:
        opened = send(mayor, "/cases", **opening)
    assert opened.status_code == 200, opened.text
    case = opened.json()["case"]
    asked = send(
        api,
        f"/cases/{case}/acts/handoff.ask",
        to="pz-midi",
        source="src.2",
        question="Quels constats ?",
    )
    assert asked.status_code == 200, asked.text
    handoff = asked.json()["handoff"]
    with site.program(POLICE) as police:
        waiting = [each["id"] for each in police.get("/inbox").json()["handoffs"]]
        assert handoff in waiting
        received = send(police, f"/handoffs/{handoff}/acts/handoff.receive")
        reply = {
            "body": "Trois.",
            "handling": {"basis": "NLC 119ter §6", "regime": "gdpr"},
        }
        told = send(police, f"/handoffs/{handoff}/acts/handoff.answer", replies=[reply])
    assert [received.status_code, told.status_code] == [200, 200], told.text
    assert api.get(f"/handoffs/{handoff}").json()["handoff"]["state"] == "answered"


def test_an_act_is_done_once_however_often_it_is_asked_for(
    world: World, api: httpx2.Client, case: CaseId
) -> None:
    path, key = f"/cases/{case}/acts/item.add", uuid4()
    fact = {
        "source": "src.3",
        "text": "Un fait.",
        "handling": {"basis": "NLC 119ter §6", "regime": "gdpr"},
    }
    before = acts_stored(world, "item.add", case)

    first, second = (send(api, path, key, **fact) for _ in range(2))
    other = send(api, path, key, **fact | {"text": "Un autre."})

    assert first.status_code == 200, first.text
    assert first.json() == second.json()
    assert acts_stored(world, "item.add", case) == before + 1
    assert other.status_code == 409
    assert other.json()["type"] == "urn:estafette:problem:conflict"
    told = api.get(f"/acts/{first.json()['act']}").json()
    assert told["receipt"] == first.json()["receipt"]


def test_keys_of_two_officers_never_meet(
    world: World, cast: Cast, site: Site, api: httpx2.Client, case: CaseId
) -> None:
    key = uuid4()
    with site.program(MAYOR) as mayor:
        path = f"/cases/{case}/acts/case.designate"
        mine = send(mayor, path, key, officer="anderlecht/second")
        assert mine.status_code == 200, mine.text
        assert api.get(f"/acts/{mine.json()['act']}").status_code == 404
    fact = {
        "text": "Un fait.",
        "handling": {"basis": "NLC 119ter §6", "regime": "gdpr"},
    }
    theirs = send(api, f"/cases/{case}/acts/item.add", key, source="src.3", **fact)

    assert theirs.status_code == 200, theirs.text
    assert theirs.json()["act"] != mine.json()["act"]


def test_what_the_record_refused_is_refused_again(
    api: httpx2.Client, case: CaseId
) -> None:
    path, key = f"/cases/{case}/acts/appeal.none", uuid4()
    body = {"decision": str(uuid4()), "proof": "Rien."}

    first, second = (send(api, path, key, **body) for _ in range(2))

    assert first.status_code in (403, 404, 409)
    assert first.content == second.content


def test_what_ended_its_case_is_told_again(
    world: World, cast: Cast, site: Site
) -> None:
    case, key = world.do(cast.open_case()), uuid4()
    path = f"/cases/{case}/acts/case.close"
    with site.program(MAYOR) as mayor:
        first = send(mayor, path, key, reasons="Rien.")
        second = send(mayor, path, key, reasons="Rien.")

    assert first.status_code == second.status_code == 200, (first.text, second.text)
    assert first.json()["act"] == second.json()["act"]


def test_without_its_process_an_act_is_stored_and_taken_up_later(
    world: World, cast: Cast, case: CaseId
) -> None:
    with served(world, process=cast.unheard().desk.process) as deaf:
        with deaf.program(HANDLER) as api:
            key = uuid4()
            path = f"/cases/{case}/acts/item.add"
            fact = {
                "source": "src.3",
                "text": "Un fait de plus.",
                "handling": {"basis": "NLC 119ter §6", "regime": "gdpr"},
            }
            stored = send(api, path, key, **fact)
    with served(world) as hearing, hearing.program(HANDLER) as api:
        told = send(api, path, key, **fact)

    assert stored.status_code == 202
    assert not stored.json()["taken_up"]
    assert told.status_code == 200
    assert told.json()["receipt"]
