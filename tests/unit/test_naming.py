"""Whom a subject card or a question is about, whatever form it came in."""

import orjson
import pytest

from acts.pages.naming import name_in
from tests.deeds.cast import SUBJECT


def test_a_subject_card_names_the_enterprise() -> None:
    assert name_in(orjson.dumps(SUBJECT)) == "Lavage Exemple SRL"


def test_a_question_names_the_persons_or_else_the_number() -> None:
    number = {"id.kbo": "0308357159"}
    persons = [{"id.first": "Camille", "id.name": "Exemple"}, {"id.name": "Autre"}]

    named = orjson.dumps({"question": "?", "about": number | {"persons": persons}})
    unnamed = orjson.dumps({"question": "?", "about": number | {"persons": [{}]}})

    assert name_in(named) == "Camille Exemple, Autre"
    assert name_in(unnamed) == "0308357159"


@pytest.mark.parametrize(
    "body",
    [b"", b"Sans objet.", b"7", b"[]", b'{"about": 7}', b'{"about": {"persons": 7}}',
     b'{"about": {"persons": [7]}}', b'{"enterprise_name": 7}', b"\xff\xfe"],
)  # fmt: skip
def test_what_has_no_name_in_it_has_none(body: bytes) -> None:
    assert name_in(body) == ""
