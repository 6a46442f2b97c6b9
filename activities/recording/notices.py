"""Who is told that something happened; never what it is about."""

from __future__ import annotations

from collections.abc import Iterator

from activities.recording.scene import Scene
from models.act_kinds import ActKind
from models.agencies import OfficerFunction
from models.deadlines import DeadlineRecord
from models.handoffs import HandoffRecord, HandoffState
from models.ids import AgencyId, HandoffId
from models.notices import Notice, NoticeKind
from storage import handoffs
from storage.notices import leave
from storage.people import directory

_TOLD = {
    HandoffState.OFFERED,
    HandoffState.ANSWERED,
    HandoffState.REFUSED,
    HandoffState.RETURNED,
    HandoffState.EXPIRED,
}


def of_moves(scene: Scene) -> None:
    """Tell the asked that a question came or expired, the asker that one came back."""
    for move in scene.effects.moved:
        if move.state not in _TOLD:
            continue
        handoff = handoffs.find(scene.connection, move.handoff)
        if handoff is not None:
            for agency in _concerned(scene, handoff, move.state):
                of_item(scene, agency, handoff.id, NoticeKind(move.state))


def _concerned(
    scene: Scene, handoff: HandoffRecord, state: HandoffState
) -> Iterator[AgencyId]:
    """Yield who hears of a move; the end of a guarded question is all its answer."""
    if state in (HandoffState.OFFERED, HandoffState.EXPIRED):
        yield handoff.asked
    if state is HandoffState.OFFERED:
        return
    if state is not HandoffState.EXPIRED or scene.guard_of(handoff):
        yield handoff.asker


def of_item(
    scene: Scene,
    agency: AgencyId,
    handoff: HandoffId | None,
    kind: NoticeKind,
    detail: str = "",
) -> None:
    """Tell those who work on a question what became of it, or of an item in it."""
    for function in working_level(scene, agency):
        notice = Notice(
            case=scene.case.id,
            handoff=handoff,
            agency=agency,
            function=function,
            kind=kind,
            detail=detail,
            at=scene.at,
        )
        leave(scene.connection, notice)


def of_case(
    scene: Scene,
    agency: AgencyId,
    function: OfficerFunction,
    kind: NoticeKind,
    detail: str = "",
) -> None:
    """Tell one function of an agency what happened in the case."""
    notice = Notice(
        case=scene.case.id,
        agency=agency,
        function=function,
        kind=kind,
        detail=detail,
        at=scene.at,
    )
    leave(scene.connection, notice)


def of_asked(
    scene: Scene, handoff: HandoffRecord, function: OfficerFunction, kind: NoticeKind
) -> None:
    """Tell one function of the agency that was asked a question."""
    notice = Notice(
        case=handoff.case,
        handoff=handoff.id,
        agency=handoff.asked,
        function=function,
        kind=kind,
        at=scene.at,
    )
    leave(scene.connection, notice)


def of_term(
    scene: Scene,
    term: DeadlineRecord,
    function: OfficerFunction,
    kind: NoticeKind,
    *,
    question: HandoffId | None = None,
) -> None:
    """Tell one function of the agency that a term binds.

    `question`: where the term is of no question, the one that it came from.
    """
    notice = Notice(
        case=scene.case.id,
        handoff=term.handoff or question,
        deadline=term.id,
        agency=term.agency,
        function=function,
        kind=kind,
        clock=term.clock,
        due_on=term.due_on,
        at=scene.at,
    )
    leave(scene.connection, notice)


def working_level(scene: Scene, agency: AgencyId) -> Iterator[OfficerFunction]:
    """Yield who works on a case: the handler of the lead, elsewhere who receives.

    Elsewhere they are those functions of the agency, among the ones that the pack lets
    receive a question, which somebody holds.
    """
    if agency == scene.case.agency:
        yield OfficerFunction.HANDLER
        return
    for function in scene.pack.doers(ActKind.HANDOFF_RECEIVE):
        if directory.officers_with(scene.connection, agency, function):
            yield function
