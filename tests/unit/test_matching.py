"""Finding words: whatever their case, accents, form and place."""

import orjson
import pytest

from acts.pages.matching import fold, passage, text_of


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Deux plaintes pour bruit", "PLAINTES"),
        ("Société établie à Liège", "societe"),
        ("Societe etablie a Liege", "Société"),
        ("La sœur du gérant", "soeur"),
        ("La soeur du gérant", "sœur"),
        ("Große Straße", "strasse"),
        ("des espèces\nen vrac", "especes en vrac"),
        ("décomposé: e\u0301tat", "état"),
    ],
)
def test_case_accents_and_lines_do_not_count(text: str, word: str) -> None:
    assert passage(text, [fold(word)]) is not None


def test_all_words_must_stand_there_in_any_order() -> None:
    text = "Deux plaintes, trois contrôles"

    assert passage(text, [fold("contrôles"), fold("plainte")])
    assert passage(text, [fold("plaintes"), fold("quatre")]) is None
    assert passage(text, []) is None


def test_a_passage_is_short_and_stands_around_the_first_word() -> None:
    text = f"{'début ' * 50}témoin {'fin ' * 50}"

    found = passage(text, [fold("TEMOIN"), fold("fin")])

    assert found and found.startswith("…") and found.endswith("…")
    assert "témoin" in found and len(found) < 100
    assert passage("Un témoin.", [fold("temoin")]) == "Un témoin."


@pytest.mark.parametrize("letter", ["œ", "ß", "ﬁ", "é", "e\u0301"])
def test_letters_that_unfold_do_not_move_the_passage(letter: str) -> None:
    text = letter * 100 + " témoin " + letter * 100

    assert "témoin" in (passage(text, [fold("témoin")]) or "")


def test_a_form_is_its_values_and_not_the_names_of_its_fields() -> None:
    form = {"answer": "Rien.", "hit": True, "n": 12, "about": {"persons": ["Camille"]}}

    text = text_of(orjson.dumps(form))

    assert text == "Rien. · 12 · Camille"
    assert passage(text, [fold("answer")]) is None


def test_what_is_no_text_has_no_words() -> None:
    assert text_of(b"\x89PNG\xff\xfe") == ""
    assert text_of(b"%PDF-1.7 broken") == ""
    assert text_of(b"Deux plaintes.") == "Deux plaintes."
