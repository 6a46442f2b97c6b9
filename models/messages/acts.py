"""Every message there is, told apart by its kind."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, TypeAdapter

from models.messages.advice import (
    AdmitAdvice,
    CompleteAdvice,
    DeliverAdvice,
    RejectAdvice,
    RequestAdvice,
)
from models.messages.appeals import ConfirmNoAppeal, RecordAppeal, RuleAppeal
from models.messages.cases import (
    AddItem,
    CloseCase,
    Conceal,
    Designate,
    Extend,
    OpenCase,
)
from models.messages.control import (
    CorrectItem,
    DenyRelease,
    GrantRelease,
    RecallItem,
    RequestRelease,
)
from models.messages.decisions import (
    AdoptDecision,
    NotifyDecision,
    ProposeDecision,
    WithdrawDecision,
)
from models.messages.handoffs import (
    AcceptHandoff,
    AnswerHandoff,
    AskHandoff,
    CompleteHandoff,
    ConfirmAnswer,
    DeclineAnswer,
    NothingKnown,
    RecallHandoff,
    ReceiveHandoff,
    RefuseHandoff,
    ReturnHandoff,
)
from models.messages.hearings import InviteHearing, RecordHearing
from models.messages.people import (
    BreakGlass,
    DesignateForHandoff,
    Exclude,
    Readmit,
    Recuse,
    Release,
    ReviewGlass,
)
from models.messages.register import FileInRegister, QueryRegister

ActMessage = Annotated[
    OpenCase | Designate | Conceal | Extend | CloseCase | AddItem
    | Release | DesignateForHandoff | Exclude | Recuse | Readmit
    | BreakGlass | ReviewGlass
    | RequestRelease | GrantRelease | DenyRelease | RecallItem | CorrectItem
    | AskHandoff | ReceiveHandoff | AcceptHandoff | AnswerHandoff | RefuseHandoff
    | ConfirmAnswer | DeclineAnswer | NothingKnown
    | ReturnHandoff | CompleteHandoff | RecallHandoff | QueryRegister | FileInRegister
    | RequestAdvice | CompleteAdvice | AdmitAdvice | RejectAdvice | DeliverAdvice
    | InviteHearing | RecordHearing | ProposeDecision | AdoptDecision
    | NotifyDecision | WithdrawDecision | RecordAppeal | ConfirmNoAppeal | RuleAppeal,
    Field(discriminator="kind"),
]  # fmt: skip

act_message: TypeAdapter[ActMessage] = TypeAdapter(ActMessage)
