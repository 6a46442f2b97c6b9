"""What auditors and the DPO take away on pages: bundles, certificates, lists."""

import re
from collections.abc import Iterator
from io import BytesIO

import httpx2
import pytest

from acts.audit.keys import parse_keys
from ledger.bundle_verify import verify_bundle
from models.ids import CaseId, ItemId
from tests.deeds.cast import Cast
from tests.deeds.looking import last_page, ordered_question
from tests.running.site import Site, onward_of, play
from tests.running.world import World
from web.pages import paging

AUDITOR, DPO = "audit/auditor", "anderlecht/dpo"
NUMBER = "0308.357.159"


@pytest.fixture(scope="module")
def question(world: World, cast: Cast, case: CaseId) -> ItemId:
    return ordered_question(world, cast, case)


@pytest.fixture(scope="module")
def auditor(site: Site, question: ItemId) -> Iterator[httpx2.Client]:
    with site.browser() as browser:
        browser.headers["accept-language"] = "en"
        play(browser, AUDITOR)
        yield browser


@pytest.fixture(scope="module")
def dpo(site: Site, question: ItemId) -> Iterator[httpx2.Client]:
    with site.browser() as browser:
        browser.headers["accept-language"] = "en"
        play(browser, DPO)
        yield browser


@pytest.mark.parametrize(("left_out", "named"), [({}, True), ({"names": "yes"}, False)])
def test_a_bundle_of_the_trail_is_saved_and_holds(
    world: World,
    auditor: httpx2.Client,
    case: CaseId,
    left_out: dict[str, str],
    *,
    named: bool,
) -> None:
    asked = {"case": str(case), **left_out}

    saved = auditor.post("/audit/bundle", data=asked)

    assert saved.headers["content-disposition"].startswith(
        'attachment; filename="trail'
    )
    keys = parse_keys(auditor.get("/verify/keys").content, "keys")
    found = verify_bundle(BytesIO(saved.content), keys)
    assert found.entries >= 2
    assert bool(found.opened) is named
    assert last_page(world, "audit")["detail"] == "bundle"


def test_agencies_are_left_out_of_a_bundle(
    world: World, auditor: httpx2.Client, case: CaseId
) -> None:
    asked = {"case": str(case), "agencies": "pz-midi"}

    saved = auditor.post("/audit/bundle", data=asked)

    keys = parse_keys(auditor.get("/verify/keys").content, "keys")
    assert verify_bundle(BytesIO(saved.content), keys).withheld > 0


def test_a_bundle_of_nothing_is_told_and_not_made(auditor: httpx2.Client) -> None:
    nothing = {"item": "0b7c1d1e-52a0-4c5f-8a58-3f0c7f0a9d11"}

    page = auditor.post("/audit/bundle", data=nothing)

    assert page.status_code == 404
    assert "no entry fits" in page.text
    assert auditor.post("/audit/bundle", data={"item": "x"}).status_code == 422


def test_an_item_without_names_is_refused_because_its_lists_would_not_hold(
    auditor: httpx2.Client, question: ItemId
) -> None:
    page = auditor.post("/audit/bundle", data={"item": str(question), "names": "yes"})

    assert page.status_code == 422
    assert "which lists showed an item" in page.text


def test_what_was_received_is_asked_by_a_case_and_says_whether_to_tell(
    auditor: httpx2.Client, case: CaseId
) -> None:
    page = auditor.post("/audit/person", data={"case": str(case)})

    assert page.status_code == 200
    assert "Midi police zone" in page.text
    assert "limited until the final decision" in page.text


def test_what_was_received_goes_on_on_a_next_page(
    auditor: httpx2.Client, case: CaseId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "ROWS", 1)
    entry = re.compile(r'<th scope="row">.*?/audit/entries/([0-9a-f-]{36})')

    first = auditor.post("/audit/person", data={"case": str(case)}).text
    [last] = entry.findall(first)
    assert f'name="after" value="{last}"' in first
    rest = {"case": str(case), "after": last}
    [then] = entry.findall(auditor.post("/audit/person", data=rest).text)

    assert then != last


def test_a_number_stands_in_no_address_and_both_ways_exclude_each_other(
    auditor: httpx2.Client, case: CaseId
) -> None:
    found = auditor.post("/audit/person", data={"number": NUMBER})
    both = auditor.post("/audit/person", data={"number": NUMBER, "case": str(case)})

    assert found.status_code == 200
    assert "your own agency has met it in no case" in found.text
    assert both.status_code == 422
    assert 'method="post" action="/audit/person"' in auditor.get("/audit/person").text


def test_erasures_are_listed_and_a_certificate_of_none_is_refused(
    auditor: httpx2.Client, case: CaseId
) -> None:
    assert auditor.get("/audit/erasures").status_code == 200
    assert auditor.post(f"/audit/erasures/{case}").status_code == 404


def test_the_dpo_makes_a_list_reads_it_and_saves_it(
    cast: Cast, dpo: httpx2.Client, case: CaseId
) -> None:
    period = {"since": str(cast.today), "until": str(cast.today)}

    assert dpo.get("/").headers["location"] == "/subject-requests"
    made = dpo.post("/statutory/new", data=period)
    assert made.headers["location"] == "/statutory?done=recorded", made.text
    found = re.search(r'action="(/statutory/[^"]+)"', dpo.get("/statutory").text)
    assert found
    where = found[1]

    assert f"Case {str(case)[:8]}" in dpo.post(where).text
    saved = dpo.post(where, data={"save": "true"})
    assert str(case) in {each["case"] for each in saved.json()["persons"]}
    assert saved.headers["content-disposition"].startswith("attachment")


def test_lists_go_on_on_a_next_page(
    cast: Cast, dpo: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    period = {"since": str(cast.today), "until": str(cast.today)}
    for _ in range(2):
        assert dpo.post("/statutory/new", data=period).status_code == 303
    monkeypatch.setattr(paging, "ROWS", 1)

    first = dpo.get("/statutory").text
    second = dpo.get(onward_of(first)).text

    made = re.compile(r'action="(/statutory/[^"]+)"')
    assert len(made.findall(first)) == len(made.findall(second)) == 1
    assert made.findall(first) != made.findall(second)


def test_a_period_that_ends_before_it_begins_comes_back(dpo: httpx2.Client) -> None:
    turned = {"since": "2026-03-02", "until": "2026-03-01"}

    page = dpo.post("/statutory/new", data=turned)

    assert page.status_code == 422
    assert "turn them around" in page.text


def test_each_office_has_its_own_pages(
    auditor: httpx2.Client, dpo: httpx2.Client
) -> None:
    assert auditor.get("/statutory").status_code == 403
    assert dpo.get("/audit/person").status_code == 403
    assert dpo.get("/audit/bundle").status_code == 403
