"""No code is left bare on a page: each closed set of words has words for people."""

import re
from enum import StrEnum

import pytest

from models.act_kinds import ActKind
from models.agencies import AgencyKind, OfficerFunction, ReadReason
from models.control import Denial, RecallGround
from models.deadlines import DeadlineState
from models.decisions import DecisionState
from models.events import EventKind, Operation
from models.findings import FindingOutcome, FindingState, FindingStep
from models.handling import (
    DataSubject,
    HandlingCode,
    InformationGrade,
    Nature,
    Regime,
    SourceGrade,
    Tlp,
)
from models.handoffs import HandoffState, InnerState
from models.items import ItemKind, ItemState
from models.notices import NoticeKind
from models.pages import Query
from models.people import ExclusionGround, GlassGround, ReviewOutcome
from models.proceedings import AppealResult, Attendance
from models.retention import OrderState
from models.secrecy import Secrecy
from models.subject_requests import (
    RequestOutcome,
    RequestRegime,
    RequestState,
    RequestStep,
    SubjectRight,
)
from web.formats import FORMATS
from web.languages import catalogue
from web.words.findings import (
    ENDS_OF_FINDINGS,
    STATES_OF_FINDINGS,
    STEPS_OF_FINDINGS,
)
from web.words.handling import INFORMATION, SOURCES
from web.words.items import READING
from web.words.notices import NOTICES
from web.words.people import KINDS_OF_AGENCIES
from web.words.said import SAID
from web.words.shown import QUERIES
from web.words.states import MEANINGS
from web.words.subject_requests import (
    ANSWERS,
    REGIMES,
    RIGHTS,
    STATES_OF_REQUESTS,
    STEPS_OF_REQUESTS,
)


@pytest.mark.parametrize(
    "closed",
    [
        *(ActKind, OfficerFunction, Denial, RecallGround, DeadlineState),
        *(DecisionState, HandoffState, InnerState, ItemKind, ItemState),
        *(ExclusionGround, GlassGround, ReviewOutcome, OrderState),
        *(AppealResult, Attendance, EventKind, Operation, Secrecy),
        *(Nature, DataSubject, Regime, HandlingCode, Tlp),
    ],
)
def test_every_code_that_a_page_shows_has_words(closed: type[StrEnum]) -> None:
    assert not set(closed) - SAID.keys()


@pytest.mark.parametrize("closed", [HandoffState, InnerState, DecisionState])
def test_states_beside_a_source_or_an_outcome_agree_with_none(
    closed: type[StrEnum],
) -> None:
    """A bare participle agrees with its noun in French: "avis", "réponse", "refus"."""
    said = [catalogue("fr").ugettext(SAID[each]) for each in closed]

    assert not [each for each in said if re.fullmatch(r"\w+[éuiset]e?s?", each)]


def test_every_kind_of_notice_has_words() -> None:
    assert NOTICES.keys() == set(NoticeKind)


def test_every_kind_of_agency_and_every_grade_has_words() -> None:
    assert KINDS_OF_AGENCIES.keys() == set(AgencyKind)
    assert SOURCES.keys() == set(SourceGrade)
    assert INFORMATION.keys() == set(InformationGrade)


def test_everything_about_findings_has_words() -> None:
    assert ENDS_OF_FINDINGS.keys() == set(FindingOutcome)
    assert STATES_OF_FINDINGS.keys() == set(FindingState)
    assert STEPS_OF_FINDINGS.keys() == set(FindingStep)


def test_everything_about_requests_of_data_subjects_has_words() -> None:
    assert RIGHTS.keys() == set(SubjectRight)
    assert REGIMES.keys() == set(RequestRegime)
    assert STATES_OF_REQUESTS.keys() == set(RequestState)
    assert STEPS_OF_REQUESTS.keys() == set(RequestStep)
    assert ANSWERS.keys() == set(RequestOutcome)


def test_every_reason_to_read_has_words() -> None:
    assert READING.keys() == set(ReadReason)


@pytest.mark.parametrize(
    ("field", "number", "written"),
    [
        ("enterprise_number", "0308357159", "0308.357.159"),
        ("id.est", "2147812701", "2.147.812.701"),
        ("national_number", "85073003328", "85.07.30-033.28"),
        ("national_number", "850730033", "850730033"),
        ("language", "nl", "Nederlands"),
    ],
)
def test_numbers_are_written_as_people_write_them(
    field: str, number: str, written: str
) -> None:
    assert FORMATS[field](number) == written


def test_every_state_of_a_question_and_every_page_has_words() -> None:
    assert MEANINGS.keys() == set(HandoffState)
    assert QUERIES.keys() == set(Query)
