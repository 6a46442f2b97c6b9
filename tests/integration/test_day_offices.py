"""The days of those who watch: coordinator, auditor and data-protection officer."""

from pathlib import Path
from uuid import UUID

import orjson
import pytest

from acts import cases
from acts.existence import conceal
from acts.pages.figures import figures
from ledger.certificate import FORMAT
from models.ids import CaseId, ItemId
from models.secrecy import Secrecy
from models.subject_requests import RequestRegime, SubjectRight
from policies.subject_requests import Limit, load_request_rules
from serving.public_keys import public_keys
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.looking import last_page, ordered_question
from tests.deeds.subject_requests import NUMBER, TEXT
from tests.oracles.evidence import entries
from tests.running.browsing import needs_a_browser
from tests.running.screens import Screen, Screens
from tests.running.world import World, eventually

pytestmark = needs_a_browser

AUDITOR, OWNER = "audit/auditor", "pz-midi/supervisor"
COORDINATOR, DPO = "safe-brussels/coordinator", "anderlecht/dpo"
# How the rule begins that lets whoever is named for a case read in it.
WHY = {
    "fr": "L'agent est désigné pour ce dossier",
    "nl": "De medewerker is voor dit dossier aangewezen",
}


@pytest.fixture(scope="module")
def told(world: World, cast: Cast) -> CaseId:
    """One case of which coordinators are told, of a town that has few."""
    mayor = cast.officer("saint-gilles/mayor")
    opening = cast.opening().model_copy(update={"designated": ()})
    case = world.do(cases.open_case(cast.desk, mayor, opening)).case
    world.do(conceal(cast.desk, mayor, case, Secrecy.STUB))
    return case


@pytest.fixture(scope="module")
def question(world: World, cast: Cast, case: CaseId) -> ItemId:
    """A question that the police read, under a checkpoint."""
    return ordered_question(world, cast, case)


@pytest.fixture(scope="module")
def erased(world: World, cast: Cast) -> CaseId:
    """A case without a measure, whose data are gone."""
    closed = world.do(cast.open_case())
    world.do(cast.add_fact(closed))
    world.do(cast.close(closed))
    ordered = "select count(*) from ledger_entry where kind = 'items.erased'"
    assert eventually(lambda: world.one(f"{ordered} and case_id = %s", closed))
    return closed


def test_a_coordinator_sees_figures_and_none_that_is_small(
    world: World, cast: Cast, told: CaseId, day: Screens
) -> None:
    screen = day[COORDINATOR]
    found = figures(cast.desk, cast.reader(COORDINATOR))

    assert screen.sees("Load, delays and turnaround")
    few = [load for load in found.load if load.cases is None]
    assert "saint-gilles" in {load.agency for load in few}
    assert screen.page.get_by_title(
        screen.say("fewer than %(n)s cases", n=found.least)
    ).count() >= len(few)
    partners = screen.at("table", "Questions by partner")
    for line in found.turnaround:
        cells = (
            partners.row(cast.agency(line.partner).name)
            .part.locator("td")
            .all_inner_texts()
        )
        shown = (line.in_time, line.overdue, line.answered, line.unanswered)
        assert [cell.isdigit() for cell in cells[:4]] == [n is not None for n in shown]
        assert [int(cell) for cell in cells[:4] if cell.isdigit()] == [
            n for n in shown if n is not None
        ]
    empty = screen.text.count(screen.say("Too few cases to draw anything."))
    assert screen.page.get_by_role("img").count() + empty == 4
    assert HANDLER not in screen.text
    assert str(told)[:8] not in screen.text
    assert last_page(world, "safe-brussels")["detail"] == "figures of all cases"


def test_an_auditor_goes_from_a_read_to_a_finding_and_its_end(
    world: World, question: ItemId, day: Screens
) -> None:
    auditor = day[AUDITOR]
    before = findings(world)
    see_who_saw(auditor, question)
    auditor.follow("Open a finding about it")
    auditor.fill("Who answers for it", OWNER)
    auditor.fill("In words", "Quelle tâche ?")
    auditor.do("Open a finding")
    (finding,) = findings(world) - before

    owner = day[OWNER]
    owner.follow("a finding waits for an answer")
    owner.row(str(finding)[:8]).press("Open")
    owner.follow("Answer")
    owner.fill("In words", "Répondre à la commune.")
    owner.do("Answer")
    auditor.row(str(finding)[:8]).press("Open")
    assert auditor.reads("Répondre à la commune.")
    auditor.follow("Close")
    auditor.choose("How it ended", "explained: it was right")
    auditor.fill("In words", "Accepté.")
    auditor.do("Close")

    ended = "select state, outcome from finding where id = %s"
    assert world.rows(ended, finding) == [("closed", "explained")]


def findings(world: World) -> set[UUID]:
    return {found for (found,) in world.rows("select id from finding")}


def see_who_saw(auditor: Screen, question: ItemId) -> None:
    """Ask who was released an item, and why: the ruling stands in words."""
    auditor.follow("Trail")
    auditor.fill("Item", str(question))
    auditor.choose("Kind", "released to be read")
    auditor.press("Look")
    row = auditor.row(POLICE)
    row.part.locator("th a").click()
    auditor.page.wait_for_url("**/audit/entries/*")
    assert auditor.sees("Why it was allowed or refused")
    assert auditor.reads(WHY[auditor.manner.language])


def test_an_auditor_draws_the_same_sample_twice(question: ItemId, day: Screens) -> None:
    auditor = day[AUDITOR]
    auditor.follow("Unusual reads")
    auditor.follow("Samples")
    drawn = []
    for _ in range(2):
        auditor.fill("How many reads", "2")
        auditor.fill("Seed", "T1")
        auditor.fill("Up to this day", "2026-03-02")
        auditor.press("Draw")
        drawn.append(auditor.page.locator("tbody").inner_text())
    assert drawn[0] == drawn[1]


def test_a_bundle_is_taken_away_and_verified_here_and_in_the_browser(
    world: World, case: CaseId, question: ItemId, day: Screens, tmp_path: Path
) -> None:
    auditor = day[AUDITOR]
    keys = tmp_path / "KEYS"
    keys.write_text(public_keys(world.settings, world.desk.database))
    auditor.follow("Take away")
    auditor.fill("Case", str(case))
    bundle = auditor.save("Make the bundle", tmp_path)
    assert last_page(world, "audit")["detail"] == "bundle"

    auditor.follow("Verify")
    auditor.attach("Bundle", bundle)
    auditor.attach("File of keys", keys)
    auditor.press("Verify")
    assert auditor.sees("Witnesses who saw all of it")
    auditor.follow("Verify in the browser")
    if not auditor.manner.scripts:
        auditor.follow("Verify here")
        assert auditor.field("Bundle").is_visible()
        return
    auditor.attach("Bundle", bundle)
    auditor.attach("File of keys", keys)
    auditor.page.get_by_role("button", name=auditor.say("Verify")).click()
    auditor.page.get_by_role("heading", name=auditor.say("It holds")).wait_for()


def test_an_auditor_hands_over_what_was_received_and_what_was_erased(
    world: World, case: CaseId, erased: CaseId, day: Screens, tmp_path: Path
) -> None:
    auditor = day[AUDITOR]
    auditor.follow("Received about somebody")
    auditor.fill("Or a case", str(case))
    auditor.press("Look")
    assert auditor.sees("May the person be told?")
    assert auditor.reads(POLICE)

    auditor.follow("Erasures")
    auditor.fill("Case", str(erased))
    auditor.press("Look")
    saved = auditor.row(str(erased)[:8]).save("Save", tmp_path)
    certificate = orjson.loads(saved.read_bytes())
    assert certificate["certificate"] == FORMAT
    assert last_page(world, "audit")["detail"] == "certificate of an erasure"


def test_the_data_protection_officer_makes_opens_and_saves_a_list(
    world: World, cast: Cast, case: CaseId, day: Screens, tmp_path: Path
) -> None:
    dpo, count = day[DPO], "select count(*) from statutory_list"
    before = world.one(count)
    dpo.follow("Statutory lists")
    dpo.follow("Make the list")
    for label in ("From this day on", "Up to this day"):
        dpo.fill(label, cast.today.isoformat())
    dpo.do("Make the list")
    assert world.one(count) == before + 1
    dpo.row("Open").press("Open")
    assert dpo.reads("Lavage Exemple SRL")
    dpo.follow("Back")
    saved = orjson.loads(dpo.row("Open").save("Save", tmp_path).read_bytes())
    assert {"persons", "databases"} <= saved.keys()
    read = [e for e in entries(world) if e.get("function") == "dpo"]
    assert {"item.released", "statutory_list.made"} <= {e["kind"] for e in read}


def test_the_data_protection_officer_follows_a_request_to_its_end(
    world: World, cast: Cast, case: CaseId, day: Screens
) -> None:
    dpo = day[DPO]
    before = requests(world)
    record_a_request(dpo, cast)
    (asked,) = requests(world) - before
    see_what_is_held(dpo, asked, case)

    dpo.follow("Acknowledge receipt")
    dpo.fill("In words", "Bien reçu.")
    dpo.do("Acknowledge receipt")
    open_request(dpo, asked)
    dpo.follow("Answer")
    dpo.choose("What was answered", "granted in part")
    dpo.fill("In words", "Voici la fiche.")
    dpo.press("Answer")
    assert dpo.part.locator("[role=alert]").count()
    dpo.choose("Restriction that it rests on", running().label)
    dpo.do("Answer")
    open_request(dpo, asked)
    assert dpo.reads("Voici la fiche.")
    assert dpo.reads(running().label)
    dpo.follow("Close")
    dpo.fill("In words", "Rien n'est venu.")
    dpo.do("Close")
    assert not dpo.reads(str(asked)[:8])
    dpo.follow("Closed requests too")
    assert dpo.row(str(asked)[:8]).sees("request closed")

    ended = "select state, outcome, limit_code from subject_request where id = %s"
    assert world.rows(ended, asked) == [("closed", "granted_in_part", running().code)]


def requests(world: World) -> set[UUID]:
    return {found for (found,) in world.rows("select id from subject_request")}


def running() -> Limit:
    """Return the restriction of access while an inquiry runs."""
    rule = load_request_rules().of(RequestRegime.GDPR)
    return rule.limits_of(SubjectRight.ACCESS)[0]


def record_a_request(dpo: Screen, cast: Cast) -> None:
    dpo.follow("Requests of data subjects")
    dpo.follow("Record a request")
    dpo.choose("Right", "access")
    dpo.choose("Under which law", "GDPR: inquiry of a municipality, DEIPP")
    dpo.fill("Number of the person", NUMBER)
    dpo.fill("Received on", cast.today.isoformat())
    dpo.fill("How the identity was checked", "Carte d'identité, au guichet.")
    dpo.fill("What was asked", TEXT)
    dpo.do("Record a request")


def open_request(dpo: Screen, asked: UUID) -> None:
    dpo.row(str(asked)[:8]).press("Open")


def see_what_is_held(dpo: Screen, asked: UUID, case: CaseId) -> None:
    """Read the request, and see of a case what is held and not what it says."""
    open_request(dpo, asked)
    assert dpo.reads(TEXT)
    dpo.press("What we hold, and what may be said")
    held = dpo.page.locator("tr", has_text=str(case)[:8])
    opened = held.filter(has=dpo.page.locator("form"))
    assert held.count() > opened.count() == 1
    assert dpo.say("subject card") in opened.inner_text()
    assert dpo.sees("This stands here whether anything is held under a regime or not.")
    dpo.press(dpo.say("Request %(id)s", id=str(asked)[:8]))
