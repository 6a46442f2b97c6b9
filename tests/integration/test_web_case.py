"""A case from its opening to the register, with no other means than pages and forms."""

import html
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from uuid import UUID

import pytest

from tests.deeds.cast import DEIPP, HANDLER, MAYOR, REGISTRAR, Cast
from tests.deeds.measures import COLLEGE
from tests.deeds.town import HANDLING, Town
from tests.running.site import Site, play
from tests.running.world import World
from web.labels import label_in
from web.law import Law

SUBJECT = {
    "enterprise_number": "0308.357.159",
    "enterprise_name": "Lavage Express SRL",
    "address": "Chaussée de Mons 1, 1070 Anderlecht",
    "role-1": "pers.0",
    "name-1": "Exemple",
    "first_name-1": "Camille",
}
WEIGHED = ("gravity", "link_with_sector", "advantages", "milder_measures")


@pytest.fixture
def town(world: World, site: Site) -> Iterator[Town]:
    with ExitStack() as stack:
        browsers = {}
        for who in (MAYOR, HANDLER, COLLEGE, REGISTRAR, DEIPP):
            browsers[who] = stack.enter_context(site.browser())
            play(browsers[who], who)
        yield Town(world, browsers)


def opening(cast: Cast) -> dict[str, str]:
    return {
        **SUBJECT,
        "activity": "car_wash",
        "permit": "yes",
        "facts": "Deux plaintes.",
        "designated": HANDLER,
        "secrecy": "invisible",
    } | {"preconditions": [*cast.opening().preconditions]}  # type: ignore[dict-item]


def open_case(town: Town, cast: Cast) -> UUID:
    answer = town.send(MAYOR, "/open/be-119ter", **opening(cast))
    assert answer.status_code == 303, answer.text
    return UUID(answer.headers["location"].removeprefix("/cases/").partition("?")[0])


def be_advised(town: Town, case: UUID) -> None:
    here = f"cases/{case}"
    town.act(HANDLER, here, "item.add", source="src.3", words="Un refus.", **HANDLING)
    town.act(
        *(HANDLER, here, "register.query"),
        to="src.1 deipp", question="Une décision ?", context="Une mesure s'annonce.",
    )  # fmt: skip
    query = town.asked(case, "register")
    town.act(REGISTRAR, query, "handoff.receive")
    town.act(*(REGISTRAR, query, "handoff.answer"), words="Rien.", hit="no", **HANDLING)
    town.act(
        *(MAYOR, here, "advice.request"),
        to="src.8 deipp", inquiry="Bases communales.", hit="no", motivation="Refus.",
    )  # fmt: skip
    request = town.asked(case, "advice")
    town.act(DEIPP, request, "handoff.receive")
    town.act(DEIPP, request, "advice.admit")
    town.act(DEIPP, request, "advice.deliver", words="Risque sérieux.")


def hear(town: Town, world: World, cast: Cast, case: UUID) -> None:
    here, today = f"cases/{case}", cast.today
    tomorrow = today + timedelta(days=1)
    town.act(
        *(HANDLER, here, "hearing.invite"),
        mode="registered", presented_on=today.isoformat(),
        hearing_on=tomorrow.isoformat(), letter="Vous êtes invité.", proof="Récépissé.",
    )  # fmt: skip
    world.do(cast.until(tomorrow))
    hearing = town.one("select id from hearing where case_id = %s", case)
    town.act(
        *(HANDLER, here, "hearing.record"),
        hearing=str(hearing), attendance="heard", minutes="Entendue.",
        arguments="Tout est déclaré.\n",
    )  # fmt: skip


def decide(town: Town, case: UUID) -> UUID:
    here, fact = f"cases/{case}", town.item(case, "fact")
    ground = {
        f"offence-{fact}": "off.03",
        f"limb-{fact}": "1",
        f"person-{fact}": "pers.0",
        f"reasoning-{fact}": "Fait vérifiable.",
    }
    weighed = dict.fromkeys(WEIGHED, "Grave.")
    town.act(
        *(MAYOR, here, "decision.propose"),
        outcome="out.refuse", summary="Risque sérieux.", **ground, **weighed,
        **{"answer-1": "Ne convainc pas."},
    )  # fmt: skip
    decision = town.one("select id from decision where case_id = %s", case)
    town.act(*(COLLEGE, here, "decision.adopt"), decision=str(decision), words="Refus.")
    return decision


def gaps(town: Town, case: UUID) -> str:
    """Return what the page of the decision says is missing."""
    page = town._browsers[MAYOR].get(f"/cases/{case}/decision").text
    return page.partition('class="gaps"')[2].partition("</ul>")[0]


def test_a_case_goes_from_its_opening_to_the_register_on_pages(
    world: World, cast: Cast, town: Town
) -> None:
    case = open_case(town, cast)
    here = f"cases/{case}"
    assert "NLC, art. 119ter § 7" in gaps(town, case)
    be_advised(town, case)
    assert "NLC, art. 119ter § 7" not in gaps(town, case)
    hear(town, world, cast, case)
    decision = str(decide(town, case))
    assert "NLC, art. 119ter § 8 al. 3" in gaps(town, case)
    town.act(
        *(HANDLER, here, "decision.notify"),
        decision=decision, mode="registered", received_on=cast.today.isoformat(),
        advice=str(town.item(case, "advice")), proof="Accusé signé.",
    )  # fmt: skip
    town.act(
        *(HANDLER, here, "register.file"), decision=decision, to="deipp", words="Refus."
    )

    ended = "select state, filed_on is not null from decision where case_id = %s"
    assert world.rows(ended, case) == [("notified", True)]


def test_a_wrong_number_is_said_and_nothing_typed_is_lost(
    world: World, cast: Cast, town: Town
) -> None:
    before = world.one("select count(*) from case_file")
    wrong = opening(cast) | {"enterprise_number": "0308.357.158"}

    answer = town.send(MAYOR, "/open/be-119ter", **wrong)

    assert answer.status_code == 422
    assert "enterprise_number" in answer.text
    assert 'value="Lavage Express SRL"' in answer.text
    assert world.one("select count(*) from case_file") == before


def test_there_is_room_for_each_person_in_charge(
    world: World, cast: Cast, town: Town
) -> None:
    two = opening(cast) | {"persons": "1", "more": "yes"}
    page = town.send(MAYOR, "/open/be-119ter", **two)

    assert page.status_code == 200
    assert 'name="name-2"' in page.text
    assert 'value="Lavage Express SRL"' in page.text
    second = {
        "persons": "2",
        "role-2": "pers.0",
        "name-2": "Modèle",
        "first_name-2": "Dominique",
    }
    browser = town._browsers[MAYOR]
    answer = browser.post("/open/be-119ter", data=opening(cast) | second)
    case = answer.headers["location"].removeprefix("/cases/").partition("?")[0]
    card = browser.post(
        f"/items/{town.item(UUID(case), 'subject_card')}", data={"reason": "checking"}
    )
    assert "Modèle" in card.text
    assert "Exemple" in card.text


def test_only_those_whom_the_law_names_may_open_a_case(town: Town) -> None:
    browser = town._browsers[HANDLER]

    assert browser.get("/open/be-119ter").status_code == 403
    assert "/open/be-119ter" not in browser.get("/").text
    assert "/open/be-119ter" in town._browsers[MAYOR].get("/").text


def test_what_the_law_refuses_is_said_with_its_article(cast: Cast, town: Town) -> None:
    case = open_case(town, cast)
    here = f"/cases/{case}/acts/decision.propose"

    filled = {"outcome": "out.refuse", "summary": "Refus."}
    answer = town._browsers[MAYOR].post(here, data=filled)

    assert answer.status_code == 409
    assert "<p>NLC, art. 119ter § 8 al. 1, § 9 al. 1</p>" in answer.text


def test_whom_the_law_lets_nobody_ask_is_explained_with_the_way_round(
    cast: Cast, town: Town
) -> None:
    case = open_case(town, cast)
    form = town._browsers[HANDLER].get(f"/cases/{case}/acts/handoff.ask").text
    door = cast.pack.closed_doors[0]

    assert "spf-finances" not in form
    assert Law("fr", cast.desk.packs).article(door.article) in form
    assert label_in("fr", door.alternative) in html.unescape(form)


def test_only_what_will_be_taken_is_offered_and_the_rest_explained(
    cast: Cast, town: Town
) -> None:
    here = f"/cases/{open_case(town, cast)}"
    browser = town._browsers[HANDLER]

    page = html.unescape(browser.get(here).text)
    early = browser.get(f"{here}/acts/hearing.invite")

    assert f"{here}/acts/advice.request" not in page
    assert "le registre n'a pas encore répondu" in page
    assert "possible à une autre étape : avis de la DEIPP, audition" in page
    assert early.status_code == 409
    assert "audition" in early.text


def test_a_form_in_which_nothing_can_be_chosen_cannot_be_sent(
    cast: Cast, town: Town
) -> None:
    case = open_case(town, cast)

    form = town._browsers[HANDLER].get(f"/cases/{case}/acts/advice.request").text

    assert "il n&#39;y a rien à choisir" in form or "il n'y a rien à choisir" in form
    assert 'id="sheet"' not in form


def test_a_condition_that_is_not_ticked_is_named_at_its_field(
    cast: Cast, town: Town
) -> None:
    first, second, *_ = cast.pack.preconditions
    filled = opening(cast) | {"preconditions": first.code}

    answer = town._browsers[MAYOR].post("/open/be-119ter", data=filled)

    assert answer.status_code == 409
    page = html.unescape(answer.text)
    assert 'id="preconditions-fault"' in page
    assert f"<strong>{label_in('fr', second.label)}</strong>" in page
    assert f"<strong>{label_in('fr', first.label)}</strong>" not in page
