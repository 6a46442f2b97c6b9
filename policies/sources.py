"""Whether a question may be asked: the closed list, and the lawful alternative."""

from __future__ import annotations

from models.agencies import AgencyKind
from models.errors import OutsidePack, PiecesMissing
from models.ids import AgencyId
from models.items import ItemKind
from models.law.sources import (
    ClosedDoor,
    Condition,
    FactScope,
    Refusal,
    Source,
    SourceKind,
)
from models.packs import Pack
from models.values import Value

_COMMANDS = {
    SourceKind.REGISTER: "register query",
    SourceKind.HANDOFF: "handoff ask",
    SourceKind.RECORD: "item add",
    SourceKind.ADVICE: "advice request",
}


QUESTIONS = {
    SourceKind.HANDOFF: ItemKind.QUESTION,
    SourceKind.REGISTER: ItemKind.REGISTER_QUERY,
}
"""As what a question goes out; requests for advice or for an item have their own."""


class CaseFacts(Value):
    """What conditions of sources turn on.

    Attributes:
        results: codes of the sources that gave a result so far.
        established: facts of the pack that are known to hold, or not to.
        requesters: agencies that asked the asker something in this case.
    """

    results: frozenset[str] = frozenset()
    established: dict[str, bool] = {}
    requesters: frozenset[AgencyId] = frozenset()


def may_ask(
    pack: Pack,
    asker: AgencyKind,
    asked: AgencyKind,
    code: str,
    facts: CaseFacts,
) -> Source:
    """Return the source of the closed list that a question uses.

    Raises:
        OutsidePack: the route has no such question; article and alternative inside.
        PiecesMissing: the question needs a result of another source first.
    """
    source = _source(pack, asker, asked, code)
    if not source.in_force:
        raise OutsidePack(
            f"`{source.code}` is not in force ({source.article})",
            help=pack.outside.alternative.en,
            article=source.article,
            alternative=pack.outside.alternative.en,
        )
    for condition in source.conditions:
        if holds(pack, condition.fact, facts) is not condition.expected:
            raise _refused(condition)
    needed = source.requires_result_of
    if needed and not facts.results.intersection(needed):
        raise PiecesMissing(
            f"`{source.code}` ({source.label.en}) comes after a result of"
            f" {_listed(needed)} ({source.article})",
            help=f"get one first: {_ways(pack, needed)}",
            article=source.article,
            gaps=list(needed),
        )
    return source


def answers(source: Source, asked: AgencyId, facts: CaseFacts) -> bool:
    """Tell whether an agency of the right kind is one that answers under a source."""
    return not source.requester_only or asked in facts.requesters


def check_answers(source: Source, asked: AgencyId, facts: CaseFacts) -> None:
    """Refuse a question to an agency that does not answer under a source.

    Raises:
        OutsidePack: only who asked the asker in this case does.
    """
    if not answers(source, asked, facts):
        raise OutsidePack(
            f"`{asked}` did not ask your agency anything in this case"
            f" ({source.article})",
            help="put it to the agency whose question you answer",
            article=source.article,
        )


def holds(pack: Pack, code: str, facts: CaseFacts) -> bool:
    """Return a fact of the pack: a switch as set there, any other as established."""
    row = next(fact for fact in pack.facts if fact.code == code)
    if row.scope is FactScope.INSTALLATION:
        return row.default
    return facts.established.get(code, row.default)


def candidates(
    pack: Pack, kind: SourceKind, asker: AgencyKind, asked: AgencyKind
) -> tuple[Source, ...]:
    """Return the sources of a kind under which a question may go, when none was named.

    Where none fits, the nearest alone is returned: whether a question is lawful is for
    the record to say, with article and alternative, and its refusal belongs in the
    ledger.
    """
    of_kind = [row for row in pack.sources if row.kind is kind]
    of_asked = [row for row in of_kind if row.agency_kind is asked]
    fit = tuple(row for row in of_asked if row.in_force and asker in row.asked_by)
    otherwise = _between(pack, asker, asked)
    return fit or ([*of_asked, *otherwise, *of_kind, *pack.sources][0],)


def asked_with(source: Source) -> str:
    """Return a source with the command that asks it, if there is one."""
    command = _COMMANDS.get(source.kind)
    named = f"`{source.code}` ({source.label.en})"
    return named + (f" with `estafette {command}`" if command else "")


def ways_to_ask(pack: Pack, asker: AgencyKind, asked: AgencyKind) -> str:
    """Return what one kind of agency may ask another, each with its command."""
    return ", ".join(map(asked_with, _between(pack, asker, asked)))


def exchanges(
    pack: Pack, giver: AgencyKind, receiver: AgencyKind
) -> tuple[Source, ...]:
    """Return the sources under which one kind asks the other, or answers it.

    Whether a particular question is lawful turns on its conditions too: `may_ask`.
    """
    both = {(giver, receiver), (receiver, giver)}
    return tuple(
        row
        for row in pack.sources
        if row.in_force and both & {(asker, row.agency_kind) for asker in row.asked_by}
    )


def _source(pack: Pack, asker: AgencyKind, asked: AgencyKind, code: str) -> Source:
    fitting = _between(pack, asker, asked)
    for source in fitting:
        if source.code == code:
            return source
    doors = [door for door in pack.closed_doors if door.agency_kind is asked]
    if doors and asker is pack.lead:
        raise _refused(doors[0])
    if fitting:
        raise OutsidePack(
            f"`{code}` is not the source under which `{asked}` is asked",
            help=f"use {ways_to_ask(pack, asker, asked)}",
            article=pack.outside.article,
        )
    raise _refused(pack.outside)


def _between(pack: Pack, asker: AgencyKind, asked: AgencyKind) -> list[Source]:
    return [
        source
        for source in pack.sources
        if asker in source.asked_by and source.agency_kind is asked
    ]


def _refused(rule: ClosedDoor | Condition | Refusal) -> OutsidePack:
    return OutsidePack(
        f"{rule.reason.en} ({rule.article})",
        help=rule.alternative.en,
        article=rule.article,
        alternative=rule.alternative.en,
    )


def _ways(pack: Pack, codes: tuple[str, ...]) -> str:
    """Return the commands by which a result of some sources is obtained."""
    kinds = dict.fromkeys(pack.source(code).kind for code in codes)
    commands = [f"`estafette {_COMMANDS[kind]}`" for kind in kinds if kind in _COMMANDS]
    return " or ".join(commands)


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(f"`{code}`" for code in codes)
