"""Checks on a whole pack: codes are unique, and every reference leads somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from models.act_kinds import ActKind
from models.agencies import AgencyKind
from models.law.clocks import Clock, ClockEnd, Unit
from models.law.procedure import Act
from models.law.rows import LawRow
from models.law.sources import Source, SourceKind
from models.packs import Coded, Pack
from models.secrecy import Secrecy
from policies.calendars import CALENDARS
from policies.pack_files import Way

Fault = tuple[Way, str]
# One's own, everybody's, or of whoever gave the item.
_OF_NO_ONE_KIND = frozenset(
    {SourceKind.RECORD, SourceKind.CONSULTATION, SourceKind.RELEASE}
)


def faults(pack: Pack) -> list[Fault]:
    """Return every fault of a pack, each with the way to the faulty value."""
    return [
        *_duplicates(pack),
        *_acts(pack),
        *_clocks(pack),
        *_appeals(pack),
        *_sources(pack),
        *_tellings(pack),
        *_decisions(pack),
        *_scope(pack),
        *_articles(pack),
        *_statutes(pack),
    ]


def _duplicates(pack: Pack) -> Iterator[Fault]:
    for name in _CODED:
        yield from _twice(name, [row.code for row in _rows(pack, name)], "code")
    yield from _twice("acts", [row.act for row in pack.acts], "act")
    doors = [door.agency_kind for door in pack.closed_doors]
    yield from _twice("closed_doors", doors, "agency_kind")


def _twice(name: str, codes: Sequence[str], key: str) -> Iterator[Fault]:
    for position, code in enumerate(codes):
        if code in codes[:position]:
            yield (name, position, key), f"duplicate {key} `{code}` in `{name}`"


def _acts(pack: Pack) -> Iterator[Fault]:
    stages, clocks = _codes(pack.stages), _codes(pack.clocks)
    for i, row in enumerate(pack.acts):
        at: Way = ("acts", i)
        yield from _unknown((*at, "stages"), "stage", row.stages, stages)
        yield from _unknown((*at, "to"), "stage", _some(row.to), stages)
        for key in ("starts", "stops", "final_when"):
            named: tuple[str, ...] = getattr(row, key)
            yield from _unknown((*at, key), "clock", named, clocks)
        yield from _uncountable((*at, "starts"), row, pack)


def _uncountable(at: Way, row: Act, pack: Pack) -> Iterator[Fault]:
    lengths = {clock.code: clock.length for clock in pack.clocks}
    for code in row.starts:
        if code in lengths and lengths[code] is None:
            yield at, f"clock `{code}` has no length, so no act can start it"


def _clocks(pack: Pack) -> Iterator[Fault]:
    clocks, acts = _codes(pack.clocks), {row.act for row in pack.acts}
    if pack.calendar not in CALENDARS:
        yield ("calendar",), f"unknown calendar `{pack.calendar}`"
    for i, clock in enumerate(pack.clocks):
        at: Way = ("clocks", i)
        yield from _unknown(
            (*at, "ends_in"), "stage", _some(clock.ends_in), _codes(pack.stages)
        )
        yield from _late_reminders((*at, "reminders"), clock)
        for j, pause in enumerate(clock.interruptions):
            here: Way = (*at, "interruptions", j)
            yield from _unknown((*here, "within"), "clock", _some(pause.within), clocks)
            yield from _unknown((*here, "after"), "act", [pause.after], acts)
            yield from _unknown((*here, "until"), "act", [pause.until], acts)


def _appeals(pack: Pack) -> Iterator[Fault]:
    """A decision that is notified waits until the end of all appeals is confirmed."""
    acts = [row.act for row in pack.acts]
    if ActKind.DECISION_NOTIFY not in acts:
        return
    at: Way = ("acts", acts.index(ActKind.DECISION_NOTIFY))
    if ActKind.APPEAL_NONE not in acts:
        yield at, f"no act `{ActKind.APPEAL_NONE}`: a case with a measure never ends"
    starts = pack.act(ActKind.DECISION_NOTIFY).starts
    ends = [
        end for clock in pack.clocks if clock.code in starts for end in clock.at_end
    ]
    if ClockEnd.CONFIRM_NO_APPEAL not in ends:
        yield (*at, "starts"), "no term for appeal: it could be confirmed at once"


def _late_reminders(at: Way, clock: Clock) -> Iterator[Fault]:
    for day in clock.reminders:
        in_days = clock.unit in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS)
        if clock.length is None or (in_days and day > clock.length):
            yield at, f"reminder on day {day} comes after the end of `{clock.code}`"


def _sources(pack: Pack) -> Iterator[Fault]:
    known, facts = _codes(pack.sources), _codes(pack.facts)
    for i, source in enumerate(pack.sources):
        at: Way = ("sources", i)
        needed = source.requires_result_of
        yield from _unknown((*at, "requires_result_of"), "source", needed, known)
        yield from _unknown(
            (*at, "clock"), "clock", _some(source.clock), _codes(pack.clocks)
        )
        yield from _unknown(
            (*at, "age_filter"),
            "age filter",
            _some(source.age_filter),
            _codes(pack.age_filters),
        )
        for j, condition in enumerate(source.conditions):
            here: Way = (*at, "conditions", j, "fact")
            yield from _unknown(here, "fact", [condition.fact], facts)
        for j, data in enumerate(source.data):
            here = (*at, "data", j, "fact")
            yield from _unknown(here, "fact", _some(data.fact), facts)
        yield from _nobody_answers(at, source)


def _nobody_answers(at: Way, source: Source) -> Iterator[Fault]:
    asks = source.kind not in _OF_NO_ONE_KIND
    if asks and source.in_force and source.agency_kind is None:
        yield at, f"source `{source.code}` is asked of nobody: give `agency_kind`"


def _tellings(pack: Pack) -> Iterator[Fault]:
    """Who may be told that a case exists has a part in cases of this route."""
    part = {row.agency_kind for row in pack.sources if row.in_force}
    part |= {AgencyKind.COORDINATOR}
    yield from _twice("tellings", [row.mode for row in pack.tellings], "mode")
    for i, row in enumerate(pack.tellings):
        at: Way = ("tellings", i)
        if row.mode is Secrecy.INVISIBLE:
            yield (*at, "mode"), "nobody is told of an invisible case"
        for kind in row.told:
            if kind not in part or kind is pack.lead:
                yield (*at, "told"), f"`{kind}` has no part in cases of this route"


def _decisions(pack: Pack) -> Iterator[Fault]:
    clocks, acts = _codes(pack.clocks), {row.act for row in pack.acts}
    for i, outcome in enumerate(pack.outcomes):
        named = _some(outcome.max_clock)
        yield from _unknown(("outcomes", i, "max_clock"), "clock", named, clocks)
    for i, requirement in enumerate(pack.requirements):
        at: Way = ("requirements", i, "act")
        yield from _unknown(at, "act", _some(requirement.act), acts)
    for i, caution in enumerate(pack.warnings):
        at = ("warnings", i)
        yield from _unknown((*at, "act"), "act", _some(caution.act), acts)
        yield from _unknown((*at, "clock"), "clock", _some(caution.clock), clocks)
    for i, offence in enumerate(pack.offences):
        at = ("offences", i, "overlaps")
        yield from _unknown(at, "offence", offence.overlaps, _codes(pack.offences))


def _scope(pack: Pack) -> Iterator[Fault]:
    if pack.scope is None:
        return
    sectors = _codes(pack.scope.sectors)
    for i, activity in enumerate(pack.scope.activities):
        at: Way = ("scope", "activities", i)
        yield from _unknown((*at, "sector"), "sector", [activity.sector], sectors)
        if activity.code in [a.code for a in pack.scope.activities[:i]]:
            yield (*at, "code"), f"duplicate code `{activity.code}` in `activities`"


def _articles(pack: Pack) -> Iterator[Fault]:
    for name in _CITING:
        for i, row in enumerate(_law_rows(pack, name)):
            if not all(key in pack.statutes for key in _statute_keys(row.article)):
                at: Way = (name, i, "article")
                yield at, f"article `{row.article}` begins with no known statute"


def _statute_keys(article: str) -> list[str]:
    return [(part.split() or [""])[0] for part in article.split(";")]


def _statutes(pack: Pack) -> Iterator[Fault]:
    for i, offence in enumerate(pack.offences):
        for j, reference in enumerate(offence.references):
            at: Way = ("offences", i, "references", j, "statute")
            yield from _unknown(at, "statute", [reference.statute], set(pack.statutes))


def _unknown(
    at: Way, what: str, named: Iterable[str], known: Iterable[str]
) -> Iterator[Fault]:
    allowed = set(known)
    for code in named:
        if code not in allowed:
            yield at, f"unknown {what} `{code}`"


def _some(code: str | ActKind | None) -> tuple[str, ...]:
    return () if code is None else (code,)


def _codes(rows: Iterable[Coded]) -> set[str]:
    return {row.code for row in rows}


def _rows(pack: Pack, name: str) -> tuple[Coded, ...]:
    rows: tuple[Coded, ...] = getattr(pack, name)
    return rows


def _law_rows(pack: Pack, name: str) -> tuple[LawRow, ...]:
    rows: tuple[LawRow, ...] = getattr(pack, name)
    return rows


_CODED = (
    "facts", "stages", "clocks", "sources", "age_filters", "offences", "limbs",
    "persons", "outcomes", "requirements", "preconditions", "identifiers",
    "interests", "retention", "logs", "warnings", "to_confirm",
)  # fmt: skip
_CITING = (
    *(name for name in _CODED if name != "to_confirm"),
    "acts",
    "closed_doors",
    "closures",
    "tellings",
)
