"""Numbers typed to look a case up, numbers in items, and the beat of an answer."""

import orjson
import pytest

from models.errors import InvalidInput
from models.items import ItemKind
from models.numbers import WITH_NUMBERS, Number, NumberKind, numbers_in, parse_number
from storage import sessions
from storage.sessions import BEAT, always_on_the_beat
from tests.deeds.cast import SUBJECT

ENTERPRISE = Number(kind=NumberKind.ENTERPRISE, digits="0308357159")
ESTABLISHMENT = Number(kind=NumberKind.ESTABLISHMENT, digits="2147812701")
NATIONAL = Number(kind=NumberKind.NATIONAL, digits="85073003328")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0308.357.159", ENTERPRISE),
        ("BE 0308 357 159", ENTERPRISE),
        ("0308357159", ENTERPRISE),
        ("2.147.812.701", ESTABLISHMENT),
        ("85.07.30-033.28", NATIONAL),
        ("85073003328", NATIONAL),
    ],
)
def test_a_number_is_one_however_it_is_typed(typed: str, number: Number) -> None:
    assert parse_number(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["0308.357.158", "2.147.812.702", "85.07.30-033.29", "12345", "", "Exemple",
     "9308.357.159", "BE 2147.812.701", "0308.357.15x9"],
)  # fmt: skip
def test_what_is_no_number_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_number(typed)

    said = caught.value.message + caught.value.help + str(caught.value.details)
    assert "not valid" in said and caught.value.help
    assert not typed or typed not in said


def test_a_subject_card_holds_the_numbers_of_all_that_it_names() -> None:
    card = orjson.loads(orjson.dumps(SUBJECT))

    assert numbers_in(card) == {ENTERPRISE, ESTABLISHMENT, NATIONAL}


def test_a_question_holds_the_numbers_that_left_with_it() -> None:
    about = {"id.kbo": "0308357159", "persons": [{"id.rn": "85073003328"}]}

    assert numbers_in({"question": "2147812701", "about": about}) == {
        ENTERPRISE,
        NATIONAL,
    }


@pytest.mark.parametrize(
    "content",
    [None, 7, "0308357159", ["0308357159"], {"about": "0308357159"},
     {"about": {"persons": "85073003328"}}, {"about": {"persons": ["85073003328"]}},
     {"enterprise_number": 308357159}, {"enterprise_number": "0308357158"}],
)  # fmt: skip
def test_what_others_send_in_another_form_holds_no_number(content: object) -> None:
    assert numbers_in(content) == frozenset()


def test_only_what_says_whom_a_case_is_about_is_looked_into() -> None:
    assert ItemKind.SUBJECT_CARD in WITH_NUMBERS and ItemKind.QUESTION in WITH_NUMBERS
    assert ItemKind.FACT not in WITH_NUMBERS and ItemKind.ANSWER not in WITH_NUMBERS


@pytest.mark.parametrize("took", [0.001, 0.012, 0.049, 0.07])
def test_an_answer_leaves_a_whole_number_of_beats_after_it_was_asked(
    monkeypatch: pytest.MonkeyPatch, took: float
) -> None:
    now = [100.0]
    monkeypatch.setattr(sessions.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(
        sessions.time, "sleep", lambda span: now.__setitem__(0, now[0] + span)
    )

    with always_on_the_beat():
        now[0] += took

    beats = (now[0] - 100.0) / BEAT
    assert beats == pytest.approx(round(beats)) and round(beats) >= 1
