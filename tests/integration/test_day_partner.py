"""The day of an analyst of the police: what came in, on pages alone."""

from dataclasses import dataclass

import orjson
import pytest
from playwright.sync_api import FilePayload

from models.agencies import AgencyName
from models.ids import CaseId, HandoffId
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.oracles.evidence import entries, items_of
from tests.pieces.documents import pdf
from tests.running.browsing import needs_a_browser
from tests.running.screens import THE_OTHER_WAY_ROUND, Screen, Screens
from tests.running.world import World

pytestmark = [
    needs_a_browser,
    pytest.mark.parametrize("day", THE_OTHER_WAY_ROUND, indirect=True, ids=str),
]

SECOND, CHIEF = "pz-midi/second", "pz-midi/supervisor"
PREVIEW = "See what the other agency will see"
REPORT: FilePayload = {
    "name": "rapport.pdf",
    "mimeType": "application/pdf",
    "buffer": pdf("Rapport"),
}
FALSE = REPORT | {"buffer": b"MZ\x90\x00"}


@dataclass(frozen=True)
class Asked:
    """A case of which the handler asked three questions of the police."""

    case: CaseId
    answered: HandoffId
    refused: HandoffId
    returned: HandoffId


@pytest.fixture
def asked(world: World, cast: Cast) -> Asked:
    case = world.do(cast.open_case())
    return Asked(case, *(world.do(cast.ask(case)) for _ in range(3)))


def test_an_analyst_answers_refuses_and_sends_back(
    world: World, cast: Cast, asked: Asked, day: Screens
) -> None:
    police = day[POLICE]
    see_what_is_due_first(world, police)
    answer(world, cast, police, asked)
    refuse(police, asked.refused)
    send_back(police, asked.returned)
    complete(day[HANDLER])
    take_in_hand(police, asked.returned)
    police.go_and_do("Undertake to answer")
    stand_in(world, cast, day, asked.returned)
    take_it_back(world, police, asked)

    states = "select state from handoff where case_id = %s order by offered_at"
    said = [state for (state,) in world.rows(states, asked.case)]
    assert said == ["answered", "refused", "accepted"]


def see_what_is_due_first(world: World, police: Screen) -> None:
    """Begin with the inbox, which stands by deadline."""
    police.follow("Inbox")
    shown = police.page.locator("tbody th").all_inner_texts()
    due = "select due_on from handoff where id::text like %s"
    days = [day for id in shown if (day := world.one(due, f"{id}%"))]
    assert len(days) > 2
    assert days == sorted(days)


def take_in_hand(police: Screen, handoff: HandoffId) -> None:
    police.follow("Inbox")
    police.seek(str(handoff)[:8])
    police.go_and_do("Take in hand")


def answer(world: World, cast: Cast, police: Screen, asked: Asked) -> None:
    """Answer with a fact that may be disclosed, and an assessment that may not."""
    take_in_hand(police, asked.answered)
    police.open("question", "to answer")
    assert police.reads("Faits constatés?")
    police.follow("Back")
    police.follow("Answer")
    police.fill("Your answer", "Deux constats.")
    police.choose("Data protection it is under", "police")
    police.tick("It may appear in what the person will read")
    police.press("One more part")
    part = second_part(police)
    part.fill("Your answer", "Il semble y avoir un gérant de fait.")
    part.choose("Fact or assessment", "assessment")
    part.choose("Data protection it is under", "judicial")
    part.tick("It was checked before it was given")
    part.choose("Grade of source and information (4x4)", "B: mostly reliable source")
    send_with_a_document(police, cast.agency("anderlecht").name)

    fact, assessment = handlings(world, "answer", asked.case)
    assert (fact["nature"], fact["disclosable"]) == ("fact", True)
    assert (assessment["nature"], assessment["disclosable"]) == ("assessment", False)
    assert (fact["validated"], assessment["validated"]) == (False, True)
    assert (fact["regime"], assessment["regime"]) == ("police", "judicial")
    assert handlings(world, "document", asked.case) == [assessment]


def second_part(police: Screen) -> Screen:
    return police.at("fieldset", f"{police.say('Part')} 2")


def handlings(world: World, kind: str, case: CaseId) -> list[dict[str, object]]:
    """Return how the items of a kind may be handled, facts first."""
    header = "select header from item where id = %s"
    found = [
        orjson.loads(world.one(header, each.item))["handling"]
        for each in items_of(world, kind, case)
    ]
    return sorted(found, key=lambda each: each["nature"], reverse=True)


def send_with_a_document(police: Screen, town: AgencyName) -> None:
    """Have a false one refused at its part; send a true one, once it was previewed.

    Whoever chooses none again, or another, hears so beside the button; the preview
    stays in sight, and nothing is sent.
    """
    label, fault = "A document that goes with it", "[id=document-2-fault]"
    second_part(police).attach(label, FALSE)
    police.press(PREVIEW)
    assert second_part(police).part.locator(fault).count() == 1
    second_part(police).attach(label, REPORT)
    police.press(PREVIEW)
    assert police.sees("A document has to be chosen again.")
    for another in ((), (FALSE,)):
        for file in another:
            second_part(police).attach(label, file)
        police.press("Answer")
        told = second_part(police).part.locator(fault).inner_text()
        assert police.sees("This is what %(who)s will see", who=police.said(town))
        assert REPORT["name"] in told
    second_part(police).attach(label, REPORT)
    police.do("Answer")


def refuse(police: Screen, handoff: HandoffId) -> None:
    take_in_hand(police, handoff)
    police.follow("Refuse")
    police.fill("Article that lets you refuse", "NLC 119quater §1 al.2")
    police.fill("Reasons", "Une information est en cours.")
    police.do("Refuse")


def send_back(police: Screen, handoff: HandoffId) -> None:
    take_in_hand(police, handoff)
    police.follow("Send back to be completed")
    police.fill("What it lacks", "Quelle période ?")
    police.do("Send back to be completed")


def complete(handler: Screen) -> None:
    """Say what the question lacked, as whoever asked it does."""
    handler.follow("a question came back")
    handler.follow("Complete")
    handler.fill("What it lacked", "L'an dernier.")
    handler.do("Complete")


def stand_in(world: World, cast: Cast, day: Screens, handoff: HandoffId) -> None:
    """Let a colleague read in the place of the analyst, who is on leave today."""
    chief, second = day[CHIEF], day[SECOND]
    chief.follow("Leave")
    chief.choose("Who is away", cast.officer(POLICE))
    chief.choose("Who stands in", cast.officer(SECOND))
    for label in ("First day", "Last day of it"):
        chief.fill(label, cast.today.isoformat())
    chief.do("Let somebody stand in")

    second.follow("Inbox")
    second.seek(str(handoff)[:8])
    second.open("question", "to answer")
    assert second.sees("Receipt")
    chief.choose("Who is back", cast.officer(POLICE))
    chief.do("End these covers now")
    read = [e for e in entries(world) if e["kind"] == "item.released"]
    assert max(read, key=lambda e: e["recorded_at"])["on_behalf_of"]


def take_it_back(world: World, police: Screen, asked: Asked) -> None:
    """Take the answer back, and see who has not given it back yet."""
    police.follow("Inbox")
    police.follow("Closed questions too")
    police.seek(str(asked.answered)[:8])
    police.item("answer").follow("Take it back")
    police.choose("Why", "incorrect")
    police.do("Take it back")
    police.follow("Taken back")
    answers = items_of(world, "answer", asked.case)
    (gone,) = [each.item for each in answers if each.state == "recalled"]
    assert police.reads(str(gone)[:8])
