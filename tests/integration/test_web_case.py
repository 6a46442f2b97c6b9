"""Forms of a case: what is wrong is said, what is lawful is offered, and why not."""

import html
import re
from collections.abc import Iterator
from contextlib import ExitStack
from uuid import UUID

import pytest

from acts import cases
from models.handling import Nature
from models.law.decisions import PermitRegime
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.deeds.town import Town
from tests.oracles.evidence import items_of
from tests.running.site import Site, play
from tests.running.world import World
from web.forms.fields import NO_ARTICLE
from web.labels import label_in
from web.law import Law

# What somebody may write, and a page would take for fields, days or codes of ours.
LIKE_OURS = (
    '{"answer": "2026-02-30", "days": ["٣٣٣٣-٠١-٠١", "0000-00-00"]}',
    '{"answer": [null, {"article": null}], "article": "; ", "purpose": "?"}',
    '{"answer": 1e308, "items": {"items": {}}, "": {"": ""}}',
    '{"a":' * 900 + "1" + "}" * 900,
)
SUBJECT = {
    "enterprise_number": "0308.357.159",
    "enterprise_name": "Lavage Express SRL",
    "address": "Chaussée de Mons 1, 1070 Anderlecht",
    "role-1": "pers.0",
    "name-1": "Exemple",
    "first_name-1": "Camille",
}


@pytest.fixture
def town(world: World, site: Site) -> Iterator[Town]:
    with ExitStack() as stack:
        browsers = {}
        for who in (MAYOR, HANDLER, POLICE):
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


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("enterprise_number", "0308.357.158"),
        ("birth_date-1", "1985-07-31"),
        ("birth_date-1", "2985-07-30"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(
    world: World, cast: Cast, town: Town, field: str, typed: str
) -> None:
    before = world.one("select count(*) from case_file")
    wrong = opening(cast) | {"national_number-1": "85.07.30-033.28", field: typed}

    answer = town.send(MAYOR, "/open/be-119ter", **wrong)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert 'value="Lavage Express SRL"' in answer.text
    assert world.one("select count(*) from case_file") == before


def test_there_is_room_for_each_person_in_charge(
    world: World, cast: Cast, town: Town
) -> None:
    two = opening(cast) | {"room": "1", "more": "yes"}
    page = town.send(MAYOR, "/open/be-119ter", **two)

    assert page.status_code == 200
    assert 'name="name-2"' in page.text
    assert 'value="Lavage Express SRL"' in page.text
    second = {
        "room": "2",
        "role-2": "pers.0",
        "name-2": "Modèle",
        "first_name-2": "Dominique",
    }
    browser = town.browsers[MAYOR]
    answer = browser.post("/open/be-119ter", data=opening(cast) | second)
    case = answer.headers["location"].removeprefix("/cases/").partition("?")[0]
    card = browser.post(
        f"/items/{town.item(UUID(case), 'subject_card')}", data={"reason": "checking"}
    )
    assert "Modèle" in card.text
    assert "Exemple" in card.text


def test_only_those_whom_the_law_names_may_open_a_case(town: Town) -> None:
    browser = town.browsers[HANDLER]

    assert browser.get("/open/be-119ter").status_code == 403
    assert "/open/be-119ter" not in browser.get("/").text
    assert "/open/be-119ter" in town.browsers[MAYOR].get("/").text


def test_what_the_law_refuses_is_said_with_its_article(cast: Cast, town: Town) -> None:
    case = open_case(town, cast)
    here = f"/cases/{case}/acts/decision.propose"

    filled = {"outcome": "out.refuse", "summary": "Refus."}
    answer = town.browsers[MAYOR].post(here, data=filled)

    assert answer.status_code == 409
    assert "<p>NLC, art. 119ter § 8 al. 1, § 9 al. 1</p>" in answer.text


@pytest.mark.parametrize(
    ("permit", "regime"),
    [(True, PermitRegime.PERMIT), (False, PermitRegime.NO_PERMIT)],
    ids=["permit", "none"],
)
def test_only_measures_that_a_case_can_end_in_are_offered(
    world: World, cast: Cast, town: Town, permit: bool, regime: PermitRegime
) -> None:
    made = cast.opening().model_copy(update={"permit_regime": permit})
    mayor = cast.officer(MAYOR)
    case = world.do(cases.open_case(cast.desk, mayor, made)).case
    world.do(cast.come_to_hearing(case))
    measures = [row.code for row in cast.pack.outcomes if row.regime is regime]

    for page in ("decision", "acts/decision.propose"):
        shown = town.browsers[MAYOR].get(f"/cases/{case}/{page}").text
        chooser = shown.partition('name="outcome"')[2].partition("</select>")[0]
        assert re.findall(r'value="(out\.\w+)"', chooser) == measures


def test_what_nobody_checked_is_not_offered_as_a_fact_to_cite(
    world: World, cast: Cast, town: Town
) -> None:
    case = world.do(cast.open_case())
    world.do(cast.come_to_hearing(case))
    for checked in (True, False):
        assessed = cast.add_fact(case, nature=Nature.ASSESSMENT, validated=checked)
        world.do(assessed)
    known = {each.item: each.handling for each in cast.file(case).items}
    (unchecked,) = [item for item, given in known.items() if given.is_unchecked]
    (checked,) = [item for item, given in known.items() if given.validated]
    mayor = town.browsers[MAYOR]

    form = mayor.get(f"/cases/{case}/acts/decision.propose").text
    rows = mayor.get(f"/cases/{case}/decision").text.split("<tr id=")

    assert f'name="reasoning-{checked}"' in form
    assert f'name="reasoning-{unchecked}"' not in form
    said = [str(unchecked) in row for row in rows if "pas été vérifiée" in row]
    assert said == [True]


def test_only_those_who_could_work_on_a_case_are_offered_for_it(
    cast: Cast, town: Town
) -> None:
    form = town.browsers[MAYOR].get(f"/open/{cast.pack.id}").text

    assert f'value="{HANDLER}"' in form
    for other in (MAYOR, "anderlecht/college", "anderlecht/dpo", "anderlecht/auditor"):
        assert f'value="{other}"' not in form


def test_whom_the_law_lets_nobody_ask_is_explained_with_the_way_round(
    cast: Cast, town: Town
) -> None:
    case = open_case(town, cast)
    form = town.browsers[HANDLER].get(f"/cases/{case}/acts/handoff.ask").text
    door = cast.pack.closed_doors[0]

    assert "spf-finances" not in form
    assert Law("fr", cast.desk.packs).article(door.article) in form
    assert label_in("fr", door.alternative) in html.unescape(form)


def test_only_what_will_be_taken_is_offered_and_the_rest_explained(
    cast: Cast, town: Town
) -> None:
    here = f"/cases/{open_case(town, cast)}"
    browser = town.browsers[HANDLER]

    page = html.unescape(browser.get(here).text)
    early = browser.get(f"{here}/acts/hearing.invite")

    assert f"{here}/acts/advice.request" not in page
    assert "le registre n'a pas encore répondu" in page
    assert "Possible à une autre étape\xa0: avis de la DEIPP, audition" in page
    assert early.status_code == 409
    assert "audition" in early.text


def test_a_form_in_which_nothing_can_be_chosen_cannot_be_sent(
    cast: Cast, town: Town
) -> None:
    case = open_case(town, cast)

    form = town.browsers[HANDLER].get(f"/cases/{case}/acts/advice.request").text

    assert "il n&#39;y a rien à choisir" in form or "il n'y a rien à choisir" in form
    assert 'id="sheet"' not in form


def test_a_condition_that_is_not_ticked_is_named_at_its_field(
    cast: Cast, town: Town
) -> None:
    first, second, *_ = cast.pack.preconditions
    filled = opening(cast) | {"preconditions": first.code}

    answer = town.browsers[MAYOR].post("/open/be-119ter", data=filled)

    assert answer.status_code == 409
    page = html.unescape(answer.text)
    assert 'id="preconditions-fault"' in page
    assert f"<strong>{label_in('fr', second.label)}</strong>" in page
    assert f"<strong>{label_in('fr', first.label)}</strong>" not in page


@pytest.mark.parametrize("words", LIKE_OURS, ids=range(len(LIKE_OURS)))
def test_words_that_look_like_fields_of_ours_can_be_read(
    world: World, cast: Cast, town: Town, words: str
) -> None:
    case = world.do(cast.open_case())
    world.do(cast.add_fact(case, words))
    fact = items_of(world, "fact", case)[-1].item

    answer = town.browsers[HANDLER].post(f"/items/{fact}", data={"reason": "asking"})

    assert answer.status_code == 200


def test_a_question_that_looks_like_a_day_can_be_previewed(
    world: World, cast: Cast, town: Town
) -> None:
    page = f"/cases/{world.do(cast.open_case())}/acts/handoff.ask"
    asked = {"to": "src.2 pz-midi", "question": "2026-02-30"}

    assert town.browsers[HANDLER].post(page, data=asked).status_code == 200


def test_a_query_of_the_register_says_what_may_be_asked_there(
    world: World, cast: Cast, town: Town
) -> None:
    case = world.do(cast.open_case())
    world.do(cast.add_fact(case))

    form = town.browsers[HANDLER].get(f"/cases/{case}/acts/register.query").text

    assert "décision d'une autre commune" in html.unescape(form)


def test_an_article_that_is_none_is_said_at_its_field(
    world: World, cast: Cast, town: Town
) -> None:
    case = world.do(cast.open_case())
    asked = world.do(cast.ask(case))
    world.do(cast.receive(asked))
    refusal = {"article": "119quater", "reasons": "Secret."}
    analyst = town.browsers[POLICE]
    analyst.headers["accept-language"] = "en"

    answer = analyst.post(f"/handoffs/{asked}/acts/handoff.refuse", data=refusal)

    assert answer.status_code == 422
    assert NO_ARTICLE in answer.text


def test_whoever_closes_a_case_reads_what_is_destroyed_with_it(
    cast: Cast, town: Town
) -> None:
    case = open_case(town, cast)

    page = html.unescape(
        town.browsers[MAYOR].get(f"/cases/{case}/acts/case.close").text
    )

    [rule] = [each for each in cast.pack.retention if each.since == "no_measure"]
    assert "détruites aussitôt" in page
    assert Law("fr", cast.desk.packs).article(rule.article) in page
