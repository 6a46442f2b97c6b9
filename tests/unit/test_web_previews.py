"""What was previewed is what is sent, or it is previewed again."""

from web.forms.fields import CHOSEN, Filled, GivenFile
from web.views.previews import PREVIEWED, mark_of, was_previewed

ASKED = {"to": ["src.2 pz-midi"], "question": ["Quoi ?"]}


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
