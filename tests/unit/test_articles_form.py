"""What may stand where the log takes an article in clear."""

from collections.abc import Iterator
from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from models.handling import Article
from tests.pieces.packs import PACKS

FORM: TypeAdapter[str] = TypeAdapter(Article)


def articles(value: object) -> Iterator[str]:
    """Yield every article that stands anywhere in a pack."""
    if isinstance(value, dict):
        if isinstance(value.get("article"), str):
            yield value["article"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from articles(each)


@pytest.mark.parametrize("route", ["be-119ter", "be-vlg"])
def test_the_article_of_every_source_has_the_form(route: str) -> None:
    pack = PACKS.current(route, date(2026, 3, 2))
    for source in pack.sources:
        assert FORM.validate_python(source.article) == source.article


def test_every_article_of_every_pack_has_the_form_unless_it_is_a_whole_law() -> None:
    found = {
        article
        for pack in PACKS.packs
        for article in articles(pack.model_dump(mode="json"))
        if all(" " in citation for citation in article.split("; "))
    }
    assert len(found) > 100
    for article in found:
        assert FORM.validate_python(article) == article


@pytest.mark.parametrize(
    "words",
    [
        "Jan Peeters, 85.07.30-033.28",
        "NLC Peeters",
        "see 119ter",
        "NLC 119ter §6 because Peeters said so",
        "NLC 119ter §6\nL24 21",
        "NLC",
        "",
        "NLC 119ter 85073003328",
        "L24 85.07.30-033.28",
        "L24 85 07 30 033 28",
        "L24 85°07°30°033°28",
        "L24 §85 §07 §30 §033 §28",
        "L24 85a07b30c033d28",
        "L24 0308.357.159",
        "L24 0308, 357, 159",
        "L24 ٨٥.٠٧.٣٠-٠٣٣.٢٨",
        "L03083571 59",
        "L24 21; L24 85.07.30-033.28",
    ],
)
def test_what_is_no_citation_is_refused(words: str) -> None:
    with pytest.raises(ValidationError):
        FORM.validate_python(words)
