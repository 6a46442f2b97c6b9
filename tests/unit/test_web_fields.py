"""What a browser, or whoever plays one, sends in the place of a form's fields."""

import pytest

from web.forms.fields import (
    CHOSEN,
    LONGEST,
    MISSING,
    NO_ARTICLE,
    NO_CHOICE,
    NO_DAY,
    TOO_LONG,
    TOO_LONG_HERE,
    Choice,
    Field,
    Filled,
    GivenFile,
    Kind,
    faults_of,
)
from web.refusals import refusal_in

ONE = Field("grade", "Grade", Kind.ONE, choices=(Choice("X4", "X4"),))


def test_a_value_after_blanks_is_the_one_that_was_checked() -> None:
    filled = Filled({"grade": ["", " X4 ", "X4"]})

    assert filled.text("grade") == "X4"
    assert Filled({"grade": ["", "X4"]}).text("grade") == "X4"


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.FILE}))
def test_a_file_stands_for_no_other_kind_of_field(kind: Kind) -> None:
    asked = Field("grade", "Grade", kind)
    given = Filled(files={"grade": GivenFile("X4", b"X4")})

    assert faults_of([asked], given) == {"grade": MISSING}


def test_a_file_is_taken_where_one_is_asked_for() -> None:
    asked = Field("paper", "Paper", Kind.FILE)

    assert faults_of([asked], Filled(files={"paper": b"x"})) == {}
    assert faults_of([asked], Filled()) == {"paper": MISSING}


def test_what_is_no_choice_is_said() -> None:
    assert faults_of([ONE], Filled({"grade": ["A1"]})) == {"grade": NO_CHOICE}


@pytest.mark.parametrize(
    "typed", ["2026-02-30", "0001-01-01", "9999-12-31", "1899-12-31", "٢٠٢٦-٠٣-٠٢"]
)
def test_a_day_that_nothing_can_have_is_said(typed: str) -> None:
    asked = Field("since", "From this day on", Kind.DAY)

    assert faults_of([asked], Filled({"since": [typed]})) == {"since": NO_DAY}
    assert faults_of([asked], Filled({"since": [" 2026-03-02 "]})) == {}


@pytest.mark.parametrize("typed", ["119ter §6", "NLC", "x" * 81, "NLC 0308357159"])
def test_what_is_no_article_is_said(typed: str) -> None:
    asked = Field("article", "Article", cites=True)

    assert faults_of([asked], Filled({"article": [typed]})) == {"article": NO_ARTICLE}
    assert faults_of([asked], Filled({"article": [" NLC 119ter §6 "]})) == {}


@pytest.mark.parametrize("blank", ["", " \u00a0", "\u200b", " \u2060\n"])
def test_what_shows_nothing_fills_in_nothing(blank: str) -> None:
    asked, filled = Field("text", "In words", Kind.TEXT), Filled({"text": [blank]})

    assert faults_of([asked], filled) == {"text": MISSING}
    assert filled.text("text") == ""


def test_a_document_that_is_not_chosen_again_is_missed() -> None:
    asked = Field("document-2", "Document", Kind.FILE, required=False)
    given = GivenFile("a.pdf", b"%PDF-")
    before = {CHOSEN + asked.name: [given.name]}

    fault = faults_of([asked], Filled(before))[asked.name]

    assert "`a.pdf` that you chose before is not there" in fault
    assert faults_of([asked], Filled(before, {asked.name: given})) == {}
    assert faults_of([asked], Filled()) == {}


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_a_document_that_is_missed_is_named_in_the_language_of_the_page(
    language: str,
) -> None:
    asked = Field("document", "Document", Kind.FILE, required=False)
    fault = faults_of([asked], Filled({f"{CHOSEN}document": ["a.pdf"]}))["document"]

    said = refusal_in(language, fault)

    assert "a.pdf" in said and "before" not in said


def test_a_document_is_proposed_where_the_form_takes_one() -> None:
    asked = Field("text", "In words", Kind.TEXT)
    paper = Field("paper", "Paper", Kind.FILE, required=False)
    filled = Filled({"text": ["x" * (LONGEST + 1)]})

    assert faults_of([asked], filled) == {"text": TOO_LONG_HERE}
    assert faults_of([asked, paper], filled) == {"text": TOO_LONG}
    assert f"{LONGEST:,}" in TOO_LONG_HERE
