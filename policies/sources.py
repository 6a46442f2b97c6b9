"""Whether a question may be asked: the closed list, and the lawful alternative."""

from __future__ import annotations

from models.agencies import AgencyKind
from models.errors import OutsidePack, PiecesMissing
from models.law.rows import Label
from models.law.sources import FactScope, Source
from models.packs import Pack
from models.values import Value


class CaseFacts(Value):
    """What conditions of sources turn on: results so far, and established facts."""

    results: frozenset[str] = frozenset()
    established: dict[str, bool] = {}


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
    source = next((row for row in pack.sources if row.code == code), None)
    fits = source is not None and (
        source.in_force and asker in source.asked_by and source.agency_kind is asked
    )
    if source is None or not fits:
        raise _outside(pack, asked)
    for condition in source.conditions:
        if _fact(pack, condition.fact, facts) is not condition.expected:
            raise _refused(condition.reason, condition.alternative, condition.article)
    needed = set(source.requires_result_of)
    if needed and not needed & facts.results:
        raise PiecesMissing(
            f"`{code}` needs a motivation from an inquiry under way: no other source"
            " has given a result yet",
            help="add own material with `estafette item add`, or wait for an answer",
            article=source.article,
        )
    return source


def _fact(pack: Pack, code: str, facts: CaseFacts) -> bool:
    row = next(fact for fact in pack.facts if fact.code == code)
    if row.scope is FactScope.INSTALLATION:
        return row.default
    return facts.established.get(code, row.default)


def _outside(pack: Pack, asked: AgencyKind) -> OutsidePack:
    for door in pack.closed_doors:
        if door.agency_kind is asked:
            return _refused(door.reason, door.alternative, door.article)
    rule = pack.outside
    return _refused(rule.reason, rule.alternative, rule.article)


def _refused(reason: Label, alternative: Label, article: str) -> OutsidePack:
    return OutsidePack(
        f"{reason.en} ({article})",
        help=alternative.en,
        article=article,
        alternative=[alternative.fr, alternative.nl, alternative.en],
    )
