"""Offences, activities and wording: what was read, what not, and how sure we are."""

from datetime import date

import pytest

from models.law.rows import LabelMarks, Mark
from tests.pieces.packs import PACKS

BE = PACKS.get("be-119ter", date(2024, 2, 17))
VLG = PACKS.get("be-vlg", date(2026, 1, 1))
BOTH = pytest.mark.parametrize("pack", PACKS.packs, ids=lambda pack: pack.id)


def codes(rows):
    return [row.code for row in rows]


def offences_of(pack):
    return [row for row in pack.offences if row.code.startswith("off.")]


def references_on(day, offence):
    return [
        each
        for each in offence.references
        if (each.valid_from or date.min) <= day <= (each.valid_to or date.max)
    ]


@BOTH
def test_the_thirty_three_offences_stand_in_their_order(pack):
    points = list(dict.fromkeys(row.point for row in offences_of(pack)))

    assert points == [f"{n}°" for n in range(1, 34)]


def test_the_flemish_route_adds_its_own_offences():
    assert set(codes(VLG.offences)) - set(codes(BE.offences)) == {"vl.off.b"}


def test_a_fact_before_the_new_penal_code_keeps_the_old_reference():
    handling_stolen_goods = next(o for o in BE.offences if o.code == "off.03")
    before = references_on(date(2026, 4, 7), handling_stolen_goods)
    after = references_on(date(2026, 4, 8), handling_stolen_goods)

    assert [(r.statute, r.articles) for r in before] == [("CP", "505")]
    assert [r.statute for r in after] == ["NPC2"]
    assert after[0].mark is Mark.ANALYSIS


@BOTH
def test_no_offence_cites_both_penal_codes_on_one_day(pack):
    for offence in pack.offences:
        for day in (date(2026, 4, 7), date(2026, 4, 8)):
            statutes = {r.statute for r in references_on(day, offence)}
            assert not {"CP", "NPC2"} <= statutes, offence.code


@BOTH
def test_every_old_reference_has_a_successor_even_if_not_found(pack):
    for offence in pack.offences:
        old = [r for r in offence.references if r.valid_to]
        new = [r for r in offence.references if r.valid_from]
        assert bool(old) == bool(new), offence.code


def test_what_was_not_found_says_so():
    food = next(o for o in BE.offences if o.code == "off.22")

    assert food.references[-1].mark is Mark.NOT_FOUND
    assert BE.clock("register_appeal").mark is Mark.NOT_FOUND
    assert BE.clock("register_appeal").length is None


def test_the_activities_stop_where_the_text_was_cut():
    assert BE.scope is not None
    assert BE.scope.complete is False
    assert [row.number for row in BE.scope.activities] == list(range(1, 23))
    assert len(BE.scope.sectors) == 6
    assert VLG.scope is None


def test_the_certainty_of_a_wording_is_the_packs_unless_the_label_says_more():
    assert BE.label_marks == LabelMarks(fr="F", nl="M-H", en="A")
    assert BE.scope is not None
    assert BE.scope.activities[11].code == "car_wash"
    assert BE.scope.activities[11].label.marks == LabelMarks(fr="F2", nl="F2")
