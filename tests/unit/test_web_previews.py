"""What was previewed is what is sent, or it is previewed again."""

import pytest

from web.forms.fields import CHOSEN, Filled, GivenFile
from web.forms.previewed import (
    PREVIEWED,
    SEEN,
    SeenFile,
    chosen_otherwise,
    documents,
    with_stand_ins,
)
from web.refusals import refusal_in
from web.views.previews import mark_of, was_previewed

ASKED = {"to": ["src.2 pz-midi"], "question": ["Quoi ?"]}
GIVEN, OTHER = GivenFile("a.pdf", b"%PDF-"), GivenFile("b.pdf", b"%PDF-2")


def sent(file: GivenFile | None, seen: str = SeenFile.of(GIVEN).carried) -> Filled:
    """Fill in what was previewed with a document, and send it with a file."""
    mark = mark_of(Filled(ASKED, {"document": GIVEN}))
    values = ASKED | {PREVIEWED: [mark], f"{SEEN}document": [seen]}
    return Filled(values, {"document": file} if file else {})


def test_what_was_not_previewed_is_not_sent() -> None:
    assert not was_previewed(Filled(ASKED))


def test_what_was_previewed_is_sent() -> None:
    assert was_previewed(Filled(ASKED | {PREVIEWED: [mark_of(Filled(ASKED))]}))


def test_what_was_changed_since_is_previewed_again() -> None:
    seen = ASKED | {PREVIEWED: [mark_of(Filled(ASKED))]}

    assert not was_previewed(Filled(seen | {"question": ["Qui ?"]}))
    assert not was_previewed(Filled(seen | {"context": ["Autre."]}))


def test_a_document_is_previewed_with_the_words() -> None:
    def with_one(body: bytes, mark: str = "") -> Filled:
        file = {"document": GivenFile("a.pdf", body)}
        return Filled(ASKED | {PREVIEWED: [mark]}, file)

    mark = mark_of(with_one(b"%PDF-"))

    assert not was_previewed(with_one(b"%PDF-"))
    assert was_previewed(with_one(b"%PDF-", mark))
    again = with_one(b"%PDF-", mark)
    remembered = {**again.values, f"{CHOSEN}document": ["a.pdf"]}
    assert was_previewed(Filled(remembered, again.files))
    assert not was_previewed(with_one(b"%PDF-2", mark))
    assert not was_previewed(Filled(ASKED | {PREVIEWED: [mark]}))


def test_a_document_that_was_previewed_is_chosen_again() -> None:
    same = GivenFile("copy.pdf", GIVEN.body)

    assert was_previewed(sent(GIVEN)) and was_previewed(sent(same))
    assert chosen_otherwise(sent(GIVEN)) == chosen_otherwise(sent(same)) == {}


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (None, "choose the document `a.pdf` again"),
        (OTHER, "`b.pdf` does not hold what was previewed as `a.pdf`"),
    ],
)
def test_the_preview_stays_until_its_document_is_chosen_again(
    file: GivenFile | None, said: str
) -> None:
    filled = sent(file)

    assert said in chosen_otherwise(filled)["document"]
    assert not was_previewed(filled)
    stand_in = with_stand_ins(filled)
    assert GIVEN.digest.encode() in stand_in.files["document"].body
    assert documents(stand_in) == {"document": SeenFile.of(GIVEN)}
    assert [mark_of(stand_in)] == filled.values[PREVIEWED]


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_what_was_chosen_otherwise_is_said_in_the_language_of_the_page(
    language: str,
) -> None:
    for file in (None, OTHER):
        said = refusal_in(language, chosen_otherwise(sent(file))["document"])

        assert "a.pdf" in said and "previewed" not in said


def test_whoever_looks_again_first_may_bring_another_document() -> None:
    again = Filled({**sent(None).values, PREVIEWED: []}, {"document": OTHER})

    assert chosen_otherwise(again) == {}
    assert documents(again) == {"document": SeenFile.of(OTHER)}


@pytest.mark.parametrize("typed", ["", "a.pdf", "0" * 64, "zz 1 a.pdf"])
def test_what_says_of_no_document_that_it_was_previewed_asks_for_none(
    typed: str,
) -> None:
    assert chosen_otherwise(sent(None, seen=typed)) == {}
