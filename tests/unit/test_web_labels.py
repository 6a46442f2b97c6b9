"""Labels of the law are said in four languages, and speak of no terminal."""

import pytest

from models.law.rows import Label
from policies.loading import load_packs
from web.labels import label_in
from web.languages import LANGUAGES

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
