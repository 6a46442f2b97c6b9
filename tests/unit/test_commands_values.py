"""Small things that commands decide: grades, sources, days left, which row is meant."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from uuid import UUID, uuid4

import pytest

from commands.terminal.days import unit_of, words_of
from commands.terminal.handling import HandlingOptions
from commands.terminal.output import seen, word
from commands.terminal.references import choose
from commands.terminal.sources import the_one
from models.agencies import AgencyKind
from models.deadlines import DeadlineRecord
from models.errors import InvalidInput, NotFound
from models.handling import InformationGrade, Nature, Regime, SourceGrade
from models.ids import AgencyId, CaseId, DeadlineId
from models.law.sources import SourceKind
from models.packs import Pack
from policies.calendars import calendar
from policies.clocks import count, ends_at
from policies.remaining import remaining
from policies.sources import candidates
from tests.pieces.packs import PACKS

TODAY = date(2026, 3, 2)


@cache
def pack(route: str = "be-119ter") -> Pack:
    return PACKS.current(route, TODAY)


@dataclass(frozen=True)
class Row:
    id: UUID


def running(code: str, start: date) -> DeadlineRecord:
    counting = count(pack().clock(code), start, calendar(pack().calendar))
    return DeadlineRecord(
        id=DeadlineId(uuid4()),
        case=CaseId(uuid4()),
        agency=AgencyId("anderlecht"),
        clock=code,
        started_on=start,
        due_on=counting.deadline,
        ends_at=ends_at(counting.deadline),
        counting=counting.model_dump(mode="json"),
    )


def test_conditions_default_to_what_is_safe() -> None:
    made = HandlingOptions().handling("NLC 119ter §6", TODAY, Regime.GDPR)

    assert (made.basis, made.collected_on) == ("NLC 119ter §6", TODAY)
    assert not made.disclosable and not made.validated
    assert made.regime is Regime.GDPR
    assert (made.source_grade, made.information_grade) == (
        SourceGrade.X,
        InformationGrade.FOUR,
    )


def test_conditions_that_were_given_stay() -> None:
    given = HandlingOptions(
        basis="L24 22",
        fact=False,
        grade="b2",
        regime=Regime.POLICE,
        collected_on=date(2025, 1, 1),
    )

    made = given.handling("NLC 119ter §6", TODAY, Regime.GDPR)

    assert (made.basis, made.nature) == ("L24 22", Nature.ASSESSMENT)
    assert (made.source_grade, made.information_grade) == ("B", "2")
    assert made.collected_on == date(2025, 1, 1)
    assert made.regime is Regime.POLICE


def test_nobody_presumes_a_regime_where_none_was_said() -> None:
    with pytest.raises(InvalidInput, match="under which data-protection regime"):
        HandlingOptions().handling("NLC 119ter §6", TODAY)


@pytest.mark.parametrize("grade", ["", "B", "2B", "B5", "D1", "B22"])
def test_a_grade_outside_the_four_by_four_is_refused(grade: str) -> None:
    with pytest.raises(InvalidInput, match="no 4x4 grade"):
        HandlingOptions(grade=grade).handling("NLC 119ter §6", TODAY, Regime.GDPR)


@pytest.mark.parametrize(
    ("today", "left", "words"),
    [
        (TODAY, 50, "50 working days"),
        (date(2026, 3, 3), 49, "49 working days"),
        (date(2026, 3, 7), 46, "46 working days"),
        (date(2026, 5, 12), 1, "1 working days"),
        (date(2026, 5, 13), 0, "last day today"),
        (date(2026, 5, 15), -2, "over since 2 calendar days"),
    ],
)
def test_days_left_are_those_that_count(today: date, left: int, words: str) -> None:
    term = remaining(running("inquiry", TODAY), pack().clock("inquiry"), today)

    assert (term.days, words_of(term)) == (left, words)


def test_calendar_days_are_all_counted() -> None:
    term = remaining(running("standstill", TODAY), pack().clock("standstill"), TODAY)

    assert (term.days, unit_of(term)) == (15, "calendar days")


@pytest.mark.parametrize(
    ("asker", "asked", "kind", "source"),
    [
        (AgencyKind.MUNICIPALITY, AgencyKind.POLICE_ZONE, SourceKind.HANDOFF, "src.2"),
        (AgencyKind.MUNICIPALITY, AgencyKind.CIEAR, SourceKind.HANDOFF, "src.6"),
        (AgencyKind.DEIPP, AgencyKind.CIEAR, SourceKind.HANDOFF, "svc.1"),
        (AgencyKind.DEIPP, AgencyKind.TAX, SourceKind.HANDOFF, "svc.4"),
        (AgencyKind.MUNICIPALITY, AgencyKind.DEIPP, SourceKind.REGISTER, "src.1"),
        (AgencyKind.MUNICIPALITY, AgencyKind.DEIPP, SourceKind.ADVICE, "src.8"),
        # Asked in another way: that way is named, not the number of another agency.
        (AgencyKind.MUNICIPALITY, AgencyKind.DEIPP, SourceKind.HANDOFF, "src.1"),
        # No municipality may ask these: the nearest number, for the record to refuse.
        (AgencyKind.MUNICIPALITY, AgencyKind.TAX, SourceKind.HANDOFF, "svc.4"),
        (AgencyKind.MUNICIPALITY, AgencyKind.AUDITOR, SourceKind.HANDOFF, "src.2"),
    ],
)
def test_a_question_finds_its_number_in_the_closed_list(
    asker: AgencyKind, asked: AgencyKind, kind: SourceKind, source: str
) -> None:
    assert the_one(candidates(pack(), kind, asker, asked)) == source


def test_among_several_numbers_nobody_guesses() -> None:
    twice = pack().model_copy(
        update={"sources": (*pack().sources, pack().source("src.2"))}
    )

    found = candidates(
        twice, SourceKind.HANDOFF, AgencyKind.MUNICIPALITY, AgencyKind.POLICE_ZONE
    )
    with pytest.raises(InvalidInput, match="several numbers") as caught:
        the_one(found)

    assert "--source" in caught.value.help and "`src.2`" in caught.value.help


def test_the_only_row_that_fits_is_meant() -> None:
    first, second = Row(uuid4()), Row(uuid4())

    assert choose([first, second], "hearing", None, [second]) is second
    assert choose([first], "hearing", None, []) is first
    assert choose([first, second], "hearing", str(first.id)[:8], [second]) is first


def test_what_could_be_several_rows_is_asked_back() -> None:
    rows = [Row(UUID(int=1)), Row(UUID(int=2))]

    with pytest.raises(InvalidInput, match="which decision is meant"):
        choose(rows, "decision", None, [])
    with pytest.raises(InvalidInput, match="`0000` could be more than one decision"):
        choose(rows, "decision", "0000", [])
    with pytest.raises(NotFound, match="there is no decision in this case"):
        choose([], "decision", None, [])
    with pytest.raises(NotFound, match="there is no decision `ffff` in this case"):
        choose(rows, "decision", "ffff", [])


@pytest.mark.parametrize("given", ["", "abc", "xyz1", "abcd%", "a" * 33, "ab cd"])
def test_what_is_no_id_is_said(given: str) -> None:
    with pytest.raises(InvalidInput, match="is no id"):
        choose([Row(uuid4())], "decision", given, [])


def test_nothing_printed_acts_on_the_terminal() -> None:
    assert seen("a\x1b[31mb\r\x9bc\u202ed\u2066\tée\n") == (
        "a\\x1b[31mb\\x0d\\x9bc\\x202ed\\x2066\tée\n"
    )


def test_times_are_told_as_brussels_tells_them() -> None:
    assert word(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "02/07/2026 00:30"
    assert word(date(2026, 3, 2)) == "Mon 02/03/2026"
    assert (word(True), word(False), word(None)) == ("yes", "", "")
