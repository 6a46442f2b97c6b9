"""The day of a municipality: a case from its opening to the register, on pages alone.

Mayor, handler and college act here; other agencies do on screens of their own.
"""

from datetime import timedelta

from models.ids import CaseId
from models.law.decisions import GateScope
from tests.deeds.cast import DEIPP, HANDLER, MAYOR, POLICE, REGISTRAR, Cast
from tests.deeds.measures import COLLEGE
from tests.oracles.evidence import disagreements, items_of
from tests.pieces.documents import pdf
from tests.running.browsing import needs_a_browser
from tests.running.screens import Screen, Screens
from tests.running.world import World
from web.refusals import refusal_in

pytestmark = needs_a_browser

RIGHT, WRONG = "0308.357.159", "0308.357.158"
NAME = "Lavage Express SRL"
QUESTION, ANSWER, ADVICE = "Qu'a-t-on vu ?", "Trois constats.", "Risque sérieux."
WEIGHED = (
    *("Gravity of the facts", "Link with the sector", "Advantages that were drawn"),
    "Milder measures that were considered",
)
PREVIEW = "See what the other agency will see"
PDF = {"name": "plainte.pdf", "mimeType": "application/pdf", "buffer": pdf("Rien")}


def test_a_case_goes_from_its_opening_to_the_register(
    world: World, cast: Cast, day: Screens
) -> None:
    mayor = day[MAYOR]
    case = open_it(cast, mayor)
    handler = day[HANDLER]
    find_it(world, handler, case)
    ask_the_police(cast, handler)
    answer_as_the_police(day[POLICE])
    read_the_answer(handler, case)
    add_material(cast, handler)
    be_advised(cast, day)
    be_heard(cast, handler)
    propose(world, cast, mayor)
    adopt(cast, day[COLLEGE])
    send_and_register(cast, handler)

    ended = "select state, filed_on is not null from decision where case_id = %s"
    assert world.rows(ended, case) == [("notified", True)]
    states = "select distinct state from intent where case_id = %s"
    assert world.rows(states, case) == [("recorded",)]
    assert disagreements(world, case) == []


def open_it(cast: Cast, mayor: Screen) -> CaseId:
    """Open a case; its draft is saved with a wrong number, and taken up again."""
    mayor.follow("Open a case")
    fill_in(cast, mayor)
    wrong = refusal_in(mayor.manner.language, "its check digits are wrong")
    mayor.fill("Enterprise number", WRONG)
    if mayor.manner.scripts:
        mayor.page.get_by_text(wrong).wait_for()
    mayor.press("Save as a draft")
    mayor.at("section", "Openings that are not finished").press("Go on")
    assert mayor.field("Name of the enterprise").input_value() == NAME
    if not mayor.manner.scripts:
        mayor.press("Open a case")
        assert wrong in mayor.text
    mayor.fill("Enterprise number", RIGHT)
    if mayor.manner.scripts:
        mayor.page.get_by_text(mayor.say("the check digits hold")).wait_for()
    mayor.do("Open a case")
    return mayor.case


def fill_in(cast: Cast, mayor: Screen) -> None:
    pack = cast.pack
    rows = pack.scope.activities if pack.scope else ()
    mayor.choose("Activity", next(row.label for row in rows if row.number == 12))
    for gate in pack.preconditions:
        if gate.scope is GateScope.ALWAYS:
            mayor.tick(gate.label)
    mayor.fill("Name of the enterprise", NAME)
    mayor.fill("Address", "Chaussée de Mons 1, 1070 Anderlecht")
    mayor.fill("Name", "Exemple")
    mayor.fill("First name", "Camille")
    mayor.fill("What gives cause to the inquiry", "Trois gérants en un an.")
    mayor.tick(cast.officer(HANDLER))


def find_it(world: World, handler: Screen, case: CaseId) -> None:
    """Go from what is due first to the case, in lists that stand by clock."""
    shown = handler.page.locator("tbody").first.locator("th").all_inner_texts()
    due = (
        "select min(due_on) from deadline where state = 'running'"
        " and agency_id = 'anderlecht' and case_id::text like %s"
    )
    days = [world.one(due, f"{id}%") for id in shown]
    running = [day for day in days if day]
    assert running == sorted(running)

    handler.follow("All my cases")
    handler.seek(str(case)[:8])
    assert handler.sees("%(days)s working days left", days=50)


def ask_the_police(cast: Cast, handler: Screen) -> None:
    """Ask what the law lets be asked, once the preview said what the police sees."""
    handler.follow("Ask another agency")
    handler.unfold("What may not be asked now, and what can be done instead")
    assert handler.reads(cast.pack.closed_doors[0].alternative)
    handler.choose("Whom to ask", cast.pack.source("src.2").label)
    handler.fill("Question", QUESTION)
    handler.press(PREVIEW)
    police = handler.said(cast.agency("pz-midi").name)
    assert handler.sees("This is what %(who)s will see", who=police)
    assert QUESTION in handler.text
    handler.do("Ask another agency")


def answer_as_the_police(police: Screen) -> None:
    police.follow("a question came in")
    police.go_and_do("Take in hand")
    police.open("question", "to answer")
    assert QUESTION in police.text
    police.follow("Back")
    police.follow("Answer")
    police.fill("Your answer", ANSWER)
    police.choose("Data protection it is under", "police")
    police.tick("It may appear in what the person will read")
    police.press(PREVIEW)
    police.do("Answer")


def read_the_answer(handler: Screen, case: CaseId) -> None:
    handler.follow("Today")
    handler.follow("a question was answered")
    handler.open("answer", "to follow up")
    assert ANSWER in handler.text
    handler.follow("Back")
    handler.follow(handler.say("Case %(id)s", id=str(case)[:8]))


def add_material(cast: Cast, handler: Screen) -> None:
    """Add a fact that may be disclosed, and a document."""
    own = cast.pack.source("src.3").label
    handler.follow("Add material")
    handler.choose("Source", own)
    handler.fill("A fact, in words", "Permis refusé en 2024.")
    handler.tick("It may appear in what the person will read")
    handler.do("Add material")
    handler.follow("Add material")
    handler.choose("Source", own)
    handler.attach("or a document", PDF)
    handler.do("Add material")


def be_advised(cast: Cast, day: Screens) -> None:
    """Query the register, then have the advice."""
    handler = day[HANDLER]
    handler.follow("Query the register")
    handler.choose("Whom to ask", cast.pack.source("src.1").label)
    handler.fill("Question", "Une décision ?")
    handler.fill("Motivation", "Une mesure s'annonce.")
    handler.press(PREVIEW)
    handler.do("Query the register")

    registrar = day[REGISTRAR]
    registrar.follow("a question came in")
    registrar.go_and_do("Take in hand")
    registrar.follow("Answer")
    registrar.fill("Your answer", "Rien.")
    registrar.choose("What the register says", "no hit")
    registrar.choose("Data protection it is under", "general (GDPR)")
    registrar.press(PREVIEW)
    registrar.do("Answer")
    request_advice(cast, day[MAYOR])
    advise(cast, day[DEIPP])


def request_advice(cast: Cast, mayor: Screen) -> None:
    mayor.look_again()
    mayor.follow("Request an advice")
    mayor.choose("Whom to ask", cast.pack.source("src.8").label)
    mayor.fill("What the inquiry did and found", "Bases communales, police.")
    mayor.choose("What the register says", "no hit")
    mayor.fill("Why an advice is needed", "Un refus s'annonce.")
    mayor.press(PREVIEW)
    mayor.do("Request an advice")


def advise(cast: Cast, deipp: Screen) -> None:
    """Give the advice, once a service was asked for what it needs."""
    deipp.follow("a question came in")
    deipp.go_and_do("Take in hand", "Find the request admissible")
    ask_under_the_request(cast, deipp)
    deipp.follow("Deliver the advice")
    deipp.fill("The reasoned advice", ADVICE)
    deipp.do("Deliver the advice")


def ask_under_the_request(cast: Cast, deipp: Screen) -> None:
    """Ask a service that the municipality itself may not ask."""
    deipp.follow("Ask another agency")
    deipp.choose("Whom to ask", cast.agency("spf-finances").name)
    deipp.fill("Question", "Des dettes ?")
    deipp.press(PREVIEW)
    deipp.do("Ask another agency")
    assert deipp.sees("Questions that serve it")


def be_heard(cast: Cast, handler: Screen) -> None:
    """Invite with proof, and record the hearing on its day."""
    tomorrow = cast.today + timedelta(days=1)
    handler.look_again()
    handler.follow("Enter an invitation")
    handler.choose("How it was handed over", "registered letter")
    handler.fill("First presented on", cast.today.isoformat())
    handler.fill("Day of the hearing", tomorrow.isoformat())
    handler.fill("The invitation", "Vous êtes invité à être entendu.")
    handler.fill("What proves it", "Récépissé.")
    handler.do("Enter an invitation")
    ahead = "the hearing on %(day)s: from that day on, it can be recorded"
    assert handler.sees(ahead, day=handler.weekday(tomorrow))
    handler.let_days_pass(tomorrow)
    handler.follow("Record the hearing")
    handler.choose("Hearing", tomorrow)
    handler.choose("The person", "was heard")
    handler.fill("What was said", "Entendue.")
    handler.fill("Arguments of the person", "Tout est déclaré.")
    handler.do("Record the hearing")


def propose(world: World, cast: Cast, mayor: Screen) -> None:
    """Propose once the list of what is missing names no advice any more."""
    pack, refusal = cast.pack, cast.pack.outcome("out.refuse").label
    (fact,) = items_of(world, "fact", mayor.case)
    mayor.follow("Today")
    mayor.follow("the minutes of a hearing are there")
    mayor.follow("The decision: what is missing, facts and arguments")
    advised = next(each for each in pack.requirements if each.code == "cond.2")
    assert not mayor.at("ul.gaps", "").reads(advised.label)
    assert mayor.sees("not answered yet")
    mayor.follow("Propose a decision")
    mayor.choose("Outcome", refusal)
    mayor.fill("Summary of the reasons", "Risque sérieux et démontrable.")
    ground = mayor.at("fieldset", str(fact.item)[:8])
    ground.choose("Offence", pack.offences[2].label)
    ground.choose("Limb of the test", pack.limbs[0].label)
    ground.choose("Person it links", pack.persons[0].label)
    ground.fill("Why this fact counts", "Fait vérifiable.")
    assert ground.reads(pack.source("src.3").label)
    for label in WEIGHED[1:]:
        mayor.fill(label, "Grave.")
    mayor.press("Propose a decision")
    assert mayor.sees("fill this in too: a measure needs the whole of the weighing")
    mayor.fill(WEIGHED[0], "Grave.")
    mayor.fill("Answer to an argument of the hearing", "Ne convainc pas.")
    mayor.do("Propose a decision")


def adopt(cast: Cast, college: Screen) -> None:
    """Adopt, seeing each fact with its source and each argument answered."""
    college.follow("a decision is proposed")
    college.follow("The decision: what is missing, facts and arguments")
    assert college.reads(cast.pack.limbs[0].label)
    college.part.locator("dd select").first.select_option("deciding")
    college.press("Open")
    assert college.reads("Fait vérifiable.")
    college.follow("Back")
    assert college.sees("has its answer")
    assert not college.sees("not answered yet")
    college.follow("Adopt the decision")
    assert college.sees("Where it can be read, in another window")
    college.choose("Decision", cast.pack.outcome("out.refuse").label)
    college.fill("The decision of the college", "Le permis est refusé.")
    college.do("Adopt the decision")


def send_and_register(cast: Cast, handler: Screen) -> None:
    """Enter the receipt of the decision, and file it in the register."""
    refusal = cast.pack.outcome("out.refuse").label
    handler.look_again()
    handler.follow("Enter the receipt")
    handler.choose("Decision", refusal)
    handler.choose("How it was handed over", "registered letter")
    handler.fill("Received or first presented on", cast.today.isoformat())
    handler.choose("Advice that is annexed", cast.agency("deipp").name)
    handler.fill("What proves it", "Accusé de réception signé.")
    handler.do("Enter the receipt")
    handler.follow("File in the register")
    handler.choose("Decision", refusal)
    handler.choose("Agency", cast.agency("deipp").name)
    handler.fill("What is filed of the measure", "Refus de permis.")
    handler.do("File in the register")
    handler.follow("The decision: what is missing, facts and arguments")
    assert handler.sees("Filed on")
