"""The subject card: numbers that hold, and no identifier leaves beyond the pack's."""

from datetime import date

import pytest

from models.errors import InvalidInput
from models.subjects import SubjectCard, read_subject_card
from policies.subjects import check_subject
from tests.pieces.packs import PACKS

CARD: dict[str, object] = {
    "enterprise_number": "BE 0308.357.159",
    "enterprise_name": "Lavage Exemple SRL",
    "establishment_number": "2.147.812.701",
    "address": "Chaussée de Mons 1, 1070 Anderlecht",
    "persons": [
        {
            "name": "Exemple",
            "first_name": "Camille",
            "birth_date": "1985-07-30",
            "address": "Rue de l'Exemple 2",
            "national_number": "85.07.30-033.28",
        }
    ],
}
EVERYTHING = frozenset(
    {"id.kbo", "id.est", "id.addr", "id.name", "id.first", "id.dob", "id.rn"}
)


def card(**changed: object) -> SubjectCard:
    return read_subject_card(CARD | changed)


def person(**changed: object) -> list[dict[str, object]]:
    (only,) = CARD["persons"]  # type: ignore[misc]
    return [only | changed]


def test_numbers_are_kept_as_digits() -> None:
    assert card().enterprise_number == "0308357159"
    assert card().establishment_number == "2147812701"
    assert card().persons[0].national_number == "85073003328"


@pytest.mark.parametrize(
    ("changed", "field", "why"),
    [
        ({"enterprise_number": "0308.357.158"}, "enterprise_number", "check digits"),
        ({"enterprise_number": "2308.357.159"}, "enterprise_number", "begins with 2"),
        ({"establishment_number": "2.147.812.702"}, "establishment_number", "check"),
        ({"persons": person(national_number="85.07.30-033.29")}, "persons.0", "check"),
        ({"persons": person(name="")}, "persons.0.name", "is empty"),
        ({"persons": person(birth_date="30 juillet")}, "persons.0.birth_date", "a day"),
        ({"persons": person(birth_date="1985-07-31")}, "persons.0", "national_number"),
        ({"persons": []}, "persons", "is empty"),
        ({"persons": "Camille"}, "persons", "must be a list"),
        ({"address": ""}, "address", "is empty"),
        ({"address": " "}, "address", "is empty"),
        ({"enterprise_name": "\u200b"}, "enterprise_name", "says nothing"),
        ({"nickname": "X"}, "nickname", "is not known here"),
    ],
)
def test_what_does_not_hold_is_named_by_its_place(changed, field, why) -> None:
    with pytest.raises(InvalidInput) as refused:
        card(**changed)

    assert f"does not hold: `{field}" in refused.value.message
    assert why in refused.value.message
    assert refused.value.help


def test_a_wrong_number_is_told_once_and_in_few_words() -> None:
    with pytest.raises(InvalidInput) as refused:
        card(persons=person(national_number="85.07.30-033.29"))

    assert refused.value.message == (
        "the subject card does not hold: `persons.0.national_number` is wrong:"
        " its check digits are wrong"
    )


def test_all_that_does_not_hold_is_named_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        card(address="", nickname="X", persons=person(name="", birth_date="juillet"))

    for field in ("address", "nickname", "persons.0.name", "persons.0.birth_date"):
        assert f"`{field}` " in refused.value.message


def test_what_the_pack_or_the_calendar_does_not_know_is_named_at_once() -> None:
    pack, today = PACKS.current("be-119ter", date(2026, 3, 2)), date(2026, 3, 2)
    odd = person(role="boss", birth_date="2026-03-03", national_number=None)
    check_subject(card(language="de"), pack, today)

    with pytest.raises(InvalidInput) as refused:
        check_subject(card(language="es", persons=odd), pack, today)

    said = refused.value.message
    assert "`language` must be one of fr, nl, de, en" in said
    assert "`persons.0.role` must be one of pers.0, pers.1" in said
    assert "`persons.0.birth_date` is in the future" in said
    assert "--part persons" in refused.value.help


def test_somebody_may_be_born_today() -> None:
    pack, today = PACKS.current("be-119ter", date(2026, 3, 2)), date(2026, 3, 2)
    baby = person(birth_date="2026-03-02", national_number=None)

    check_subject(card(persons=baby), pack, today)


def test_an_error_does_not_repeat_what_was_typed() -> None:
    with pytest.raises(InvalidInput) as refused:
        card(persons=person(national_number="85.07.30-033.29"))

    assert "85" not in f"{refused.value.message} {refused.value.help}"
    assert refused.value.__cause__ is None


def test_only_the_allowed_identifiers_leave() -> None:
    sent = card().minimal(frozenset({"id.kbo", "id.name"}))

    assert sent == {"id.kbo": "0308357159", "persons": [{"id.name": "Exemple"}]}


def test_nothing_leaves_when_nothing_is_allowed() -> None:
    assert card().minimal(frozenset()) == {"persons": [{}]}


def test_everything_that_may_leave_is_an_identifier_of_the_subject() -> None:
    sent = card().minimal(EVERYTHING)

    assert sent == {
        "id.kbo": "0308357159",
        "id.est": "2147812701",
        "id.addr": "Chaussée de Mons 1, 1070 Anderlecht",
        "persons": [
            {
                "id.name": "Exemple",
                "id.first": "Camille",
                "id.dob": date(1985, 7, 30).isoformat(),
                "id.addr": "Rue de l'Exemple 2",
                "id.rn": "85073003328",
            }
        ],
    }


def test_what_is_not_known_is_left_out() -> None:
    sparse = card(
        establishment_number=None, persons=[{"name": "Exemple", "first_name": "C."}]
    )

    sent = sparse.minimal(EVERYTHING)

    assert "id.est" not in sent
    assert sent["persons"] == [{"id.name": "Exemple", "id.first": "C."}]


@pytest.mark.parametrize("pack", PACKS.packs, ids=lambda pack: pack.id)
def test_with_the_identifiers_of_a_pack_no_other_field_leaves(pack) -> None:
    allowed = frozenset(row.code for row in pack.identifiers)

    sent = card().minimal(allowed)
    (about,) = sent.pop("persons")  # type: ignore[misc]

    assert {*sent, *about} <= allowed
