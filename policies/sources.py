"""Whether a question may be asked: the closed list, and the lawful alternative."""

from __future__ import annotations

from models.agencies import AgencyKind
from models.errors import OutsidePack, PiecesMissing
from models.law.sources import ClosedDoor, Condition, FactScope, Refusal, Source
from models.packs import Pack
from models.values import Value


class CaseFacts(Value):
    """What conditions of sources turn on.

    Attributes:
        results: codes of the sources that gave a result so far.
        established: facts of the pack that are known to hold, or not to.
        language: the asker's (fr, nl or en); a refusal is worded in it.
    """

    results: frozenset[str] = frozenset()
    established: dict[str, bool] = {}
    language: str = "en"


def may_ask(
    pack: Pack,
    asker: AgencyKind,
    asked: AgencyKind,
    code: str | None,
    facts: CaseFacts,
) -> Source:
    """Return the source of the closed list that a question uses.

    Without `code` the first source that fits these two kinds of agency is taken.

    Raises:
        OutsidePack: the route has no such question; article and alternative inside.
        PiecesMissing: the question needs a result of another source first.
    """
    source = _source(pack, asker, asked, code, facts.language)
    if not source.in_force:
        raise OutsidePack(
            f"`{source.code}` is not in force ({source.article})",
            help=pack.outside.alternative.text(facts.language),
            article=source.article,
            alternative=pack.outside.alternative.text(facts.language),
        )
    for condition in source.conditions:
        if holds(pack, condition.fact, facts) is not condition.expected:
            raise _refused(condition, facts.language)
    needed = source.requires_result_of
    if needed and not facts.results.intersection(needed):
        raise PiecesMissing(
            f"`{source.code}` comes after a result of {_listed(needed)}"
            f" ({source.article})",
            help="add own material with `estafette item add`, or wait for an answer",
            article=source.article,
            gaps=list(needed),
        )
    return source


def holds(pack: Pack, code: str, facts: CaseFacts) -> bool:
    """Return a fact of the pack: a switch as set there, any other as established."""
    row = next(fact for fact in pack.facts if fact.code == code)
    if row.scope is FactScope.INSTALLATION:
        return row.default
    return facts.established.get(code, row.default)


def _source(
    pack: Pack, asker: AgencyKind, asked: AgencyKind, code: str | None, language: str
) -> Source:
    fitting = [
        source
        for source in pack.sources
        if asker in source.asked_by and source.agency_kind is asked
    ]
    wanted = [source for source in fitting if code in (None, source.code)]
    in_force = [source for source in wanted if source.in_force]
    if wanted:
        return (in_force or wanted)[0]
    doors = [door for door in pack.closed_doors if door.agency_kind is asked]
    if doors and asker is pack.lead:
        raise _refused(doors[0], language)
    if fitting:
        raise OutsidePack(
            f"`{code}` is not the source under which `{asked}` is asked",
            help=f"use {_listed(tuple(source.code for source in fitting))}",
            article=pack.outside.article,
        )
    raise _refused(pack.outside, language)


def _refused(rule: ClosedDoor | Condition | Refusal, language: str) -> OutsidePack:
    return OutsidePack(
        f"{rule.reason.text(language)} ({rule.article})",
        help=rule.alternative.text(language),
        article=rule.article,
        alternative=rule.alternative.text(language),
    )


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(f"`{code}`" for code in codes)
