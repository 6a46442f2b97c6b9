"""Who may do which act in which stage: the procedure table of the pack."""

from __future__ import annotations

from collections.abc import Collection

from models.act_kinds import ActKind
from models.agencies import AgencyKind, OfficerFunction
from models.errors import NotFound, NotPermitted, TransitionNotAllowed
from models.law.procedure import Act, AgencyRole
from models.packs import Pack

# What an agency is to one question is looked up where the question is.
_OF_THE_CASE = frozenset({AgencyRole.LEAD, AgencyRole.HUB})


def check_act(
    pack: Pack,
    act: ActKind,
    functions: Collection[OfficerFunction],
    role: AgencyRole | None,
    stage: str,
) -> Act:
    """Return the row of an act if this officer may do it in this stage.

    Whether an agency is asker or asked is not checked here: that is a fact of the
    handoff, not of the case.

    Raises:
        NotPermitted: the wrong function, or the wrong agency; names who may.
        TransitionNotAllowed: not on this route, or not in this stage; names which.
    """
    row = _rule_for(pack, act)
    check_function(row, functions)
    if row.agency in _OF_THE_CASE and role is not row.agency:
        raise NotPermitted(
            f"`{act}` is not for your agency to do ({row.article})",
            help=f"it is done by the {row.agency} agency of the case",
            article=row.article,
        )
    _check_stage(pack, row, stage, leads=role is AgencyRole.LEAD)
    return row


def check_function(row: Act, functions: Collection[OfficerFunction]) -> None:
    """Refuse an officer without any function that the act is for.

    Raises:
        NotPermitted: names who may.
    """
    if not set(row.by) & set(functions):
        raise NotPermitted(
            f"`{row.act}` is done by {' or '.join(row.by)} ({row.article})",
            help="let an officer with that function do it",
            article=row.article,
        )


def role_of(pack: Pack, kind: AgencyKind, *, leads: bool) -> AgencyRole | None:
    """Return the part an agency plays in a case as a whole, if any."""
    if leads:
        return AgencyRole.LEAD
    return AgencyRole.HUB if kind is pack.hub else None


def stages_of(pack: Pack, row: Act) -> tuple[str, ...]:
    """Return the stages in which an act is possible; none named is all but the last.

    An act that any agency may do is possible in the last one too.
    """
    if row.stages:
        return row.stages
    every = tuple(stage.code for stage in pack.stages)
    return every if row.agency is AgencyRole.ANY else every[:-1]


def _rule_for(pack: Pack, act: ActKind) -> Act:
    try:
        return pack.act(act)
    except NotFound:
        raise TransitionNotAllowed(
            f"route `{pack.id}` has no act `{act}`",
            help=pack.see("acts"),
        ) from None


def _check_stage(pack: Pack, row: Act, stage: str, *, leads: bool) -> None:
    allowed = stages_of(pack, row)
    if stage not in allowed and not leads:
        # Where the case stands is not for those who were only asked something.
        raise TransitionNotAllowed(
            f"`{row.act}` is not possible at this point of the procedure",
            help="ask whoever put the question to you",
            article=row.article,
        )
    if stage not in allowed:
        raise TransitionNotAllowed(
            f"`{row.act}` is not possible in stage `{stage}`",
            help=f"it belongs to {', '.join(f'`{code}`' for code in allowed)}",
            stage=stage,
            article=row.article,
        )
