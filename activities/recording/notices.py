"""Who is told when a question moves or a proposal waits; never what it is about."""

from __future__ import annotations

from collections.abc import Iterator

from activities.recording.step import Scene
from models.act_kinds import ActKind
from models.agencies import OfficerFunction
from models.handoffs import HandoffState
from models.ids import AgencyId, HandoffId
from storage import deadlines, directory, handoffs
from storage.deadlines import Notice

_TOLD = {
    HandoffState.ANSWERED,
    HandoffState.REFUSED,
    HandoffState.RETURNED,
    HandoffState.EXPIRED,
}


def of_moves(scene: Scene) -> None:
    """Tell the asker that a question came back, and the asked that one expired."""
    for move in scene.effects.moved:
        if move.state not in _TOLD:
            continue
        handoff = handoffs.find(scene.connection, move.handoff)
        if handoff is not None:
            expired = move.state is HandoffState.EXPIRED
            agency = handoff.asked if expired else handoff.asker
            for function in _working_level(scene, agency):
                _tell(scene, agency, function, kind=move.state, handoff=handoff.id)


def of_proposal(scene: Scene) -> None:
    """Tell the college that a proposal waits for it."""
    agency = AgencyId(scene.case.agency)
    _tell(scene, agency, OfficerFunction.COLLEGE, kind="proposal")


def _working_level(scene: Scene, agency: AgencyId) -> Iterator[OfficerFunction]:
    """Yield the handler of the lead; elsewhere who may take questions in hand."""
    if agency == scene.case.agency:
        yield OfficerFunction.HANDLER
        return
    rows = [row for row in scene.pack.acts if row.act is ActKind.HANDOFF_RECEIVE]
    for function in rows[0].by if rows else ():
        if directory.officers_with(scene.connection, agency, function):
            yield function


def _tell(
    scene: Scene,
    agency: AgencyId,
    function: OfficerFunction,
    *,
    kind: str,
    handoff: HandoffId | None = None,
) -> None:
    deadlines.notify(
        scene.connection,
        Notice(
            case=scene.case.id,
            handoff=handoff,
            deadline=None,
            agency=agency,
            function=function,
            kind=kind,
            at=scene.at,
        ),
    )
