"""A request of a data subject: by when what is owed, and what may be answered."""

from datetime import date
from uuid import uuid4

import pytest

from models.errors import ExtensionExhausted, InvalidInput, NotPermitted
from models.ids import AgencyId, SubjectRequestId
from models.subject_requests import (
    RequestOutcome,
    RequestRegime,
    RequestState,
    RequestStep,
    SubjectRequest,
    SubjectRight,
)
from policies.subject_requests import (
    check_answer,
    check_receipt,
    due_on,
    load_request_rules,
)
from tests.pieces.packs import PACKS
from web.labels import label_in

RULES = load_request_rules()
GDPR = RULES.of(RequestRegime.GDPR)
THE_OTHERS = [each for each in RequestRegime if each is not RequestRegime.GDPR]
BY_THE_POLICE = {RequestRegime.POLICE, RequestRegime.JUDICIAL}


def request(right: SubjectRight = SubjectRight.ACCESS) -> SubjectRequest:
    return SubjectRequest(
        id=SubjectRequestId(uuid4()),
        agency=AgencyId("anderlecht"),
        right=right,
        regime=RequestRegime.GDPR,
        state=RequestState.OPEN,
        received_on=date(2026, 1, 31),
        due_on=date(2026, 2, 28),
    )


def test_each_regime_has_one_rule_with_an_article() -> None:
    assert sorted(rule.regime for rule in RULES.regimes) == sorted(RequestRegime)
    assert all(rule.article and rule.term.article for rule in RULES.regimes)


@pytest.mark.parametrize(
    ("received", "month", "extended"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), date(2026, 4, 30)),
        (date(2024, 1, 31), date(2024, 2, 29), date(2024, 4, 30)),
        (date(2026, 1, 15), date(2026, 2, 15), date(2026, 4, 15)),
        (date(2026, 3, 31), date(2026, 4, 30), date(2026, 6, 30)),
        (date(2026, 12, 1), date(2027, 1, 1), date(2027, 3, 1)),
    ],
)
def test_an_answer_is_due_in_a_month_or_in_three(received, month, extended) -> None:
    assert due_on(GDPR.term, received) == month
    assert due_on(GDPR.term, received, 1) == extended
    with pytest.raises(ExtensionExhausted):
        due_on(GDPR.term, received, 2)


@pytest.mark.parametrize("regime", THE_OTHERS)
def test_beside_the_gdpr_a_month_is_not_extended(regime) -> None:
    term = RULES.of(regime).term

    assert due_on(term, date(2026, 1, 31)) == date(2026, 2, 28)
    with pytest.raises(ExtensionExhausted):
        due_on(term, date(2026, 1, 31), 1)


def test_the_law_on_the_police_asks_for_an_acknowledgement_within_the_month() -> None:
    asked = {r.regime for r in RULES.regimes if r.met_by is RequestStep.ACKNOWLEDGE}

    assert asked == BY_THE_POLICE | {RequestRegime.CUSTOMS_CTIF}
    assert {RULES.of(each).term.article for each in asked} == {"LVP art. 40"}
    assert GDPR.met_by is RequestStep.ANSWER


@pytest.mark.parametrize("regime", THE_OTHERS)
@pytest.mark.parametrize(
    "outcome",
    [RequestOutcome.GRANTED, RequestOutcome.GRANTED_IN_PART, RequestOutcome.REFUSED],
)
def test_where_a_supervisor_answers_the_agency_says_nothing(regime, outcome) -> None:
    rule = RULES.of(regime)

    with pytest.raises(NotPermitted) as caught:
        check_answer(rule, request(), outcome, "")

    assert caught.value.details["article"] == rule.article
    assert check_answer(rule, request(), RequestOutcome.REFERRED, "") is None


def test_what_is_refused_rests_on_a_restriction_of_that_very_right() -> None:
    refused, running = RequestOutcome.REFUSED, "inquiry_running"
    limit = check_answer(GDPR, request(), refused, running)

    assert limit is not None
    assert limit.article == "NLC 119sexies §1-4; L24 29 §4"
    for right, code in (
        (SubjectRight.ACCESS, ""),
        (SubjectRight.ACCESS, "unheard_of"),
        (SubjectRight.RECTIFICATION, running),
        (SubjectRight.OBJECTION, running),
    ):
        with pytest.raises(InvalidInput, match="rests on a restriction"):
            check_answer(GDPR, request(right), refused, code)
    with pytest.raises(InvalidInput, match="rests on no restriction"):
        check_answer(GDPR, request(), RequestOutcome.GRANTED, running)


def test_an_answer_that_limits_has_the_term_of_the_pack() -> None:
    [limit] = [each for each in GDPR.limits if each.clock]
    term = PACKS.current(limit.route, date(2026, 1, 31)).clock(limit.clock)

    assert due_on(term, date(2026, 1, 31)) == date(2026, 2, 28)
    assert due_on(term, date(2026, 1, 31), 1) == date(2026, 3, 31)


def test_a_request_is_overdue_until_what_the_law_asks_for_was_done() -> None:
    eve, after = date(2026, 2, 28), date(2026, 3, 1)
    acknowledged = {"state": RequestState.ACKNOWLEDGED}

    assert not request().is_overdue(eve)
    assert request().is_overdue(after)
    assert not request().model_copy(update=acknowledged).is_overdue(after)


def test_what_has_not_come_in_yet_is_not_recorded() -> None:
    check_receipt(date(2026, 3, 2), date(2026, 3, 2))
    with pytest.raises(InvalidInput):
        check_receipt(date(2026, 3, 3), date(2026, 3, 2))


def test_what_the_law_says_of_requests_is_said_in_german() -> None:
    said = [
        label
        for rule in RULES.regimes
        for label in (rule.words, rule.term.label, *(x.label for x in rule.limits))
    ]

    assert not [x.en for x in said if label_in("de", x) in (x.fr, x.nl)]
