"""Requests of data subjects, as data: the way to an answer, its terms, its limits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pydantic import PositiveInt

from models.errors import InvalidInput, NotPermitted
from models.law.clocks import Clock
from models.law.rows import Code, Label, LabelledRow, LawRow
from models.subject_requests import (
    LIMITING,
    RequestOutcome,
    RequestRegime,
    RequestStep,
    SubjectRequest,
    SubjectRight,
)
from models.values import Value
from policies.calendars import BE_LEGAL, calendar
from policies.clocks import count
from policies.findings import Keeping
from policies.rule_files import load_rule

_FILE = Path(__file__).with_name("subject_requests.yaml")


class Limit(LabelledRow):
    """A restriction that an answer may rest on, and the rights that it limits.

    Where an answer that rests on it has a term of its own, `clock` is that term in the
    pack of `route`.
    """

    rights: tuple[SubjectRight, ...]
    route: Code | None = None
    clock: Code | None = None


class RegimeRule(LawRow):
    """What a regime makes of a request.

    Attributes:
        words: who answers, and what may be said.
        term: what the agency owes by when. met_by: the step that keeps it.
        answers: those that are lawful. limits: restrictions they may rest on.
    """

    regime: RequestRegime
    words: Label
    term: Clock
    met_by: RequestStep
    answers: tuple[RequestOutcome, ...]
    limits: tuple[Limit, ...] = ()

    def limits_of(self, right: SubjectRight) -> Sequence[Limit]:
        """Return the restrictions that limit a right."""
        return [each for each in self.limits if right in each.rights]


class RequestRules(Value):
    """The rules of all regimes, and those of ours: reminding, and keeping texts."""

    regimes: tuple[RegimeRule, ...]
    remind_before: PositiveInt
    kept: Keeping

    def of(self, regime: RequestRegime) -> RegimeRule:
        """Return the rule of a regime."""
        return next(rule for rule in self.regimes if rule.regime is regime)


def load_request_rules(file: Path = _FILE) -> RequestRules:
    """Read the rules.

    Raises:
        NotConfigured: the file is missing, or is not what it should be.
    """
    return load_rule(RequestRules, file)


def due_on(term: Clock, received_on: date, extended: int = 0) -> date:
    """Return the last day of a term that began with the receipt of a request.

    Raises:
        ExtensionExhausted: the term cannot be extended so often.
    """
    return count(term, received_on, calendar(BE_LEGAL), extended=extended).deadline


def check_receipt(received_on: date, today: date) -> None:
    """Refuse a day of receipt that has not come.

    Raises:
        InvalidInput: it is after today.
    """
    if received_on > today:
        raise InvalidInput(
            f"a request cannot have come in on `{received_on}`: that is after today",
            help="give the day on which it was received",
            field="received",
        )


def check_answer(
    rule: RegimeRule, request: SubjectRequest, outcome: RequestOutcome, limit: str
) -> Limit | None:
    """Return the restriction that an answer rests on, if it needs one.

    Raises:
        NotPermitted: the regime has no such answer.
        InvalidInput: a restriction is missing, limits another right, or is too much.
    """
    if outcome not in rule.answers:
        raise NotPermitted(
            f"under `{rule.regime}` a request is not `{outcome}` by the agency",
            help=rule.words.en,
            article=rule.article,
        )
    if outcome not in LIMITING:
        if limit:
            raise InvalidInput(
                f"`{outcome}` rests on no restriction", help="leave it out"
            )
        return None
    known = rule.limits_of(request.right)
    found = next((each for each in known if each.code == limit), None)
    if found is None:
        raise InvalidInput(
            f"`{outcome}` rests on a restriction of this right",
            help=f"name one of these: {', '.join(each.code for each in known)}",
        )
    return found
