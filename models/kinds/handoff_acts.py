"""Questions between agencies, the register's among them."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from models.act_kinds import ActKind
from models.events import Operation
from models.kinds.acts import Act, CaseAct, HandoffAct


class HandoffAsk(HandoffAct):
    """A question was put to another agency."""

    kind: Literal[ActKind.HANDOFF_ASK] = ActKind.HANDOFF_ASK


class HandoffDesignate(HandoffAct):
    """The supervisor of an asked agency named an officer for a question."""

    kind: Literal[ActKind.HANDOFF_DESIGNATE] = ActKind.HANDOFF_DESIGNATE


class HandoffReceive(HandoffAct):
    """An officer took a question in hand."""

    kind: Literal[ActKind.HANDOFF_RECEIVE] = ActKind.HANDOFF_RECEIVE


class HandoffAccept(HandoffAct):
    """The asked agency undertook to answer."""

    kind: Literal[ActKind.HANDOFF_ACCEPT] = ActKind.HANDOFF_ACCEPT


class HandoffAnswer(Act):
    """A question was answered."""

    kind: Literal[ActKind.HANDOFF_ANSWER] = ActKind.HANDOFF_ANSWER
    operation: Literal[
        Operation.PROCEDURE, Operation.DISCLOSURE, Operation.COLLECTION
    ] = Operation.PROCEDURE
    """Collection where a guard holds the answer back for the second key."""

    handoff: UUID


class HandoffConfirm(HandoffAct):
    """The second key was turned: a prepared answer left."""

    kind: Literal[ActKind.HANDOFF_CONFIRM] = ActKind.HANDOFF_CONFIRM


class HandoffDecline(HandoffAct):
    """The second key was refused: a prepared answer never leaves."""

    kind: Literal[ActKind.HANDOFF_DECLINE] = ActKind.HANDOFF_DECLINE


class HandoffNothing(HandoffAct):
    """The asked agency noted that nothing is known; the asker was not told."""

    kind: Literal[ActKind.HANDOFF_NOTHING] = ActKind.HANDOFF_NOTHING


class HandoffRefuse(HandoffAct):
    """A question was refused, with the article."""

    kind: Literal[ActKind.HANDOFF_REFUSE] = ActKind.HANDOFF_REFUSE


class HandoffReturn(HandoffAct):
    """A question went back for completion."""

    kind: Literal[ActKind.HANDOFF_RETURN] = ActKind.HANDOFF_RETURN


class HandoffComplete(HandoffAct):
    """A returned question was completed and offered again."""

    kind: Literal[ActKind.HANDOFF_COMPLETE] = ActKind.HANDOFF_COMPLETE


class HandoffRecall(HandoffAct):
    """The asker took a question back."""

    kind: Literal[ActKind.HANDOFF_RECALL] = ActKind.HANDOFF_RECALL


class RegisterQuery(HandoffAct):
    """The central register was queried."""

    kind: Literal[ActKind.REGISTER_QUERY] = ActKind.REGISTER_QUERY


class RegisterFile(CaseAct):
    """A measure was filed in the central register."""

    kind: Literal[ActKind.REGISTER_FILE] = ActKind.REGISTER_FILE
