"""What may stand where the log takes an article in clear."""

from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from models.handling import Article
from policies.loading import load_packs

FORM: TypeAdapter[str] = TypeAdapter(Article)


@pytest.mark.parametrize("route", ["be-119ter", "be-vlg"])
def test_the_article_of_every_source_has_the_form(route: str) -> None:
    pack = load_packs().current(route, date(2026, 3, 2))
    for source in pack.sources:
        assert FORM.validate_python(source.article) == source.article


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
    ],
)
def test_what_is_no_citation_is_refused(words: str) -> None:
    with pytest.raises(ValidationError):
        FORM.validate_python(words)
