"""Labels of the law are said in four languages, and speak of no terminal."""

import pytest

from models.law.rows import Label
from policies.loading import load_packs
from web.labels import label_in
from web.languages import LANGUAGES
from web.law import Law

DOOR = Label(
    fr="demandez à la DEIPP: `estafette advice request`",
    nl="vraag het de DEIPP: `estafette advice request`",
    en="ask the DEIPP: `estafette advice request`",
)
PACK = max(
    (each for each in load_packs().packs if each.id == "be-119ter"),
    key=lambda pack: pack.version,
)
PARTS = (
    *(PACK.stages, PACK.clocks, PACK.sources, PACK.outcomes, PACK.limbs),
    *(PACK.persons, PACK.offences, PACK.requirements, PACK.retention),
    *(PACK.preconditions, PACK.scope.activities if PACK.scope else ()),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_type_is_left_out(language: str) -> None:
    assert "estafette" not in label_in(language, DOOR)
    assert "DEIPP" in label_in(language, DOOR)


def test_the_route_of_the_law_is_said_in_german() -> None:
    labels = [row.label for part in PARTS for row in part]

    assert labels
    assert not [x.en for x in labels if label_in("de", x) in (x.fr, x.nl)]


def test_what_has_no_german_words_is_said_in_french() -> None:
    assert label_in("de", DOOR) == "demandez à la DEIPP"


@pytest.mark.parametrize(
    ("language", "cited", "said"),
    [
        ("fr", "NLC 119ter §8 al.1, §9", "NLC, art. 119ter § 8 al. 1, § 9"),
        ("nl", "NLC 119ter §8 al.1", "NGW, art. 119ter § 8 lid 1"),
        ("nl", "KB-SEC", "KB van 22.04.2024"),
        ("de", "LVP art. 56", "Gesetz vom 30.07.2018, Art. 56"),
        ("en", "L24 12; XYZ 1", "law of 15.01.2024, art. 12; XYZ 1"),
    ],
)
def test_articles_are_cited_by_the_names_of_their_laws(
    language: str, cited: str, said: str
) -> None:
    assert Law(language, load_packs()).article(cited) == said


def test_rows_of_the_law_in_force_come_before_others() -> None:
    said = Law("fr", load_packs()).row("stages", "proposal")

    assert said == label_in("fr", PACK.stage("proposal").label)
    assert Law("fr", load_packs()).row("stages", "nowhere") == "nowhere"
