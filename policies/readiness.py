"""What a decision still lacks: the gap list, from the pack's requirements."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from models.act_kinds import ActKind
from models.errors import InvalidInput, PiecesMissing
from models.law.decisions import Outcome, OutcomePart, Requirement
from models.law.decisions import RequirementKind as R
from models.law.rows import Label
from models.packs import Pack
from models.values import Value
from policies.citing import CitedFact, Uncitable

_FAULTS = {
    Uncitable.UNKNOWN: "is not in this file",
    Uncitable.WITHDRAWN: "was taken back by its originator",
    Uncitable.UNSOURCED: "did not come through a source of the closed list",
    Uncitable.JUDICIAL_HOLD: "is under judicial hold",
    Uncitable.UNDISCLOSABLE: "may not be disclosed: ask its originator",
    Uncitable.TOO_OLD: "is older than the law allows",
    Uncitable.UNCHECKED: "was not checked: ask its originator for one that was",
}


class DecisionFacts(Value):
    """Where a case stands on its way to a decision.

    `arguments` is the number of arguments in the minutes, None before the hearing.
    `invited_absent`: a proven invitation, and absence without valid reason.
    """

    register_answered: bool = False
    advice_delivered: bool = False
    heard: bool = False
    invited_absent: bool = False
    arguments: int | None = None
    proposed: bool = False
    advice_annexed: bool = False
    parts: frozenset[R] = frozenset()
    cited: tuple[CitedFact, ...] = ()
    answered: frozenset[int] = frozenset()
    months: int | None = None
    lifting_conditions: bool = False


class Gap(Value):
    """One thing that is missing: which rule asks for it, and what exactly lacks."""

    requirement: str
    article: str
    label: Label
    missing: str

    @property
    def piece(self) -> dict[str, str]:
        """Return it as details of an error, which travel as plain words."""
        words = self.label.words
        return {**words, "article": self.article, "missing": self.missing}


Check = Callable[[DecisionFacts], str]

_UNCHECKED = "this cannot be checked yet, so it counts as missing"


def gaps(pack: Pack, act: ActKind, outcome: str, facts: DecisionFacts) -> list[Gap]:
    """Return what the law still asks before `act` on a decision with this outcome.

    What binds the act and has no check here counts as missing: a rule that nobody can
    check must not look kept.

    Raises:
        NotFound: the pack has no such outcome.
    """
    row = pack.outcome(outcome)
    if not row.negative:
        return []
    found = [
        _gap(requirement, missing)
        for requirement in pack.requirements
        if requirement.act == act and (missing := _missing(requirement, facts))
    ]
    if act is ActKind.DECISION_PROPOSE:
        found += [_of_outcome(row, lack) for lack in _lacks(pack, row, facts)]
    return found


def check_ready(pack: Pack, act: ActKind, outcome: str, facts: DecisionFacts) -> None:
    """Refuse an act whose pieces are not all there.

    Raises:
        PiecesMissing: with every gap, its article and what lacks.
    """
    missing = gaps(pack, act, outcome, facts)
    if missing:
        lines = [f"{gap.label.en}: {gap.missing} ({gap.article})" for gap in missing]
        count = "1 piece is" if len(missing) == 1 else f"{len(missing)} pieces are"
        raise PiecesMissing(
            f"{count} missing: {'; '.join(lines)}",
            help="see them with `estafette decision gaps`, and add them first",
            gaps=lines,
            pieces=[gap.piece for gap in missing],
        )


def check_proposal(row: Outcome, facts: DecisionFacts) -> None:
    """Refuse a proposal that speaks of what is not there.

    Raises:
        InvalidInput: a length of time where the outcome has none, or the answer to an
            argument that is not in the minutes.
    """
    if facts.months is not None and row.max_clock is None:
        raise InvalidInput(
            f"`{row.code}` is not limited in time: no months can be set",
            help="leave `--months` out",
        )
    raised = facts.arguments or 0
    if unknown := [number for number in facts.answered if number > raised]:
        raise InvalidInput(
            f"there is no argument `{min(unknown)}`: the minutes hold {raised}",
            help="answer the arguments by the numbers that the minutes give them",
        )


def check_grounds(pack: Pack, facts: DecisionFacts) -> None:
    """Refuse to go on with a proposal that rests on what may no longer be cited.

    Raises:
        PiecesMissing: a cited item, or the advice, was recalled, erased or put under
            hold meanwhile.
    """
    if missing := ground_gaps(pack, facts):
        faults = ", ".join(gap.missing for gap in missing)
        raise PiecesMissing(
            f"the proposal no longer stands: {faults}",
            help="let the mayor propose again, on facts that may be cited",
            gaps=[gap.missing for gap in missing],
        )


def ground_gaps(
    pack: Pack, facts: DecisionFacts, *, adopted: bool = False
) -> list[Gap]:
    """Return what is wrong by now with what a standing decision rests on.

    Once it is adopted, only what was taken back since: whether the decision must be
    withdrawn for that is for the college to weigh.
    """
    lost = [each for each in facts.cited if each.withdrawn]
    cited = facts.model_copy(update={"cited": tuple(lost)}) if adopted else facts
    faults = {
        R.FACTS_TIED_TO_SOURCES: "" if adopted and not lost else _sources(cited),
        R.ADVICE_DELIVERED: "" if facts.advice_delivered else "no advice stands",
    }
    return [
        _gap(requirement, missing)
        for requirement in pack.requirements
        if (missing := faults.get(requirement.check))
    ]


def _gap(requirement: Requirement, missing: str) -> Gap:
    return Gap(
        requirement=requirement.code,
        article=requirement.article,
        label=requirement.label,
        missing=missing,
    )


def _of_outcome(row: Outcome, missing: str) -> Gap:
    return Gap(
        requirement="outcome", article=row.article, label=row.label, missing=missing
    )


def _missing(requirement: Requirement, facts: DecisionFacts) -> str:
    check = _CHECKS.get(requirement.check)
    return check(facts) if check else _UNCHECKED


def _lacks(pack: Pack, row: Outcome, facts: DecisionFacts) -> Iterator[str]:
    for part in row.requires:
        if part is not OutcomePart.LIFTING_CONDITIONS:
            yield f"the {part.replace('_', ' ')}: {_UNCHECKED}"
        elif not facts.lifting_conditions:
            yield "the lifting conditions"
    if too_long := _too_long(pack, row.max_clock, facts.months):
        yield too_long


def _too_long(pack: Pack, clock: str | None, months: int | None) -> str:
    if clock is None:
        return ""
    limit = pack.clock(clock).length
    if months is None:
        return "the number of months"
    if limit is not None and months > limit:
        return f"{months} months is more than the {limit} that the law allows"
    return ""


def _hearing(facts: DecisionFacts) -> str:
    if facts.heard or facts.invited_absent:
        return ""
    return "no hearing, and no proven invitation followed by absence"


def _arguments(facts: DecisionFacts) -> str:
    open_ones = sorted(set(range(1, (facts.arguments or 0) + 1)) - facts.answered)
    if not open_ones:
        return ""
    return "no answer to argument " + ", ".join(str(n) for n in open_ones)


def _sources(facts: DecisionFacts) -> str:
    if not facts.cited:
        return "no fact is cited"
    faults = [
        f"item `{cited.item[:8]}` {_FAULTS[cited.why_not]}"
        for cited in facts.cited
        if cited.why_not
    ]
    return ", ".join(faults)


def _unless(condition: Callable[[DecisionFacts], bool], missing: str) -> Check:
    return lambda facts: "" if condition(facts) else missing


def _part(part: R, missing: str) -> Check:
    return _unless(lambda facts: part in facts.parts, missing)


_CHECKS: dict[R, Check] = {
    R.PROPOSAL_BY_MAYOR: _unless(lambda f: f.proposed, "no proposal of the mayor"),
    R.ADVICE_DELIVERED: _unless(lambda f: f.advice_delivered, "no advice received"),
    R.REGISTER_QUERIED: _unless(
        lambda f: f.register_answered, "no answer to a register query"
    ),
    R.LIMB_AND_OFFENCE: _part(R.LIMB_AND_OFFENCE, "no limb with an offence"),
    R.FACTS_TIED_TO_SOURCES: _sources,
    R.WEIGHING_PRESENT: _part(R.WEIGHING_PRESENT, "no weighing"),
    R.LINK_TO_PERSON: _part(R.LINK_TO_PERSON, "no link to a person in charge"),
    R.HEARD: _unless(lambda f: f.heard, "no hearing"),
    R.HEARD_OR_INVITED: _hearing,
    R.ARGUMENTS_ANSWERED: _arguments,
    R.MOTIVATION_PRESENT: _part(R.MOTIVATION_PRESENT, "no motivation"),
    R.ADVICE_ANNEXED: _unless(lambda f: f.advice_annexed, "the advice is not annexed"),
}
