"""Acts on a case, on who works on it, and on its items."""

from __future__ import annotations

from typing import Literal

from models.act_kinds import ActKind
from models.events import Operation
from models.kinds.acts import Act, CaseAct, HandoffAct, ItemAct


class CaseOpen(Act):
    """The mayor decided to open an inquiry."""

    kind: Literal[ActKind.CASE_OPEN] = ActKind.CASE_OPEN
    operation: Literal[Operation.COLLECTION] = Operation.COLLECTION


class CaseDesignate(CaseAct):
    """The mayor named an officer for a case."""

    kind: Literal[ActKind.CASE_DESIGNATE] = ActKind.CASE_DESIGNATE


class CaseRelease(CaseAct):
    """An officer's designations in a case were ended."""

    kind: Literal[ActKind.CASE_RELEASE] = ActKind.CASE_RELEASE


class CaseExclude(CaseAct):
    """An officer was kept out of a case: a conflict of interest."""

    kind: Literal[ActKind.CASE_EXCLUDE] = ActKind.CASE_EXCLUDE


class CaseRecuse(CaseAct):
    """An officer declared a conflict of interest of their own."""

    kind: Literal[ActKind.CASE_RECUSE] = ActKind.CASE_RECUSE


class CaseReadmit(CaseAct):
    """An exclusion was ended."""

    kind: Literal[ActKind.CASE_READMIT] = ActKind.CASE_READMIT


class CaseBreakGlass(CaseAct):
    """An officer who was not named declared an emergency, to read for some hours."""

    kind: Literal[ActKind.CASE_BREAK_GLASS] = ActKind.CASE_BREAK_GLASS


class CaseReview(CaseAct):
    """A supervisor concluded the review of an emergency."""

    kind: Literal[ActKind.CASE_REVIEW] = ActKind.CASE_REVIEW


class CaseConceal(CaseAct):
    """It was set what outsiders are told who ask whether a case exists."""

    kind: Literal[ActKind.CASE_CONCEAL] = ActKind.CASE_CONCEAL


class CaseExtend(CaseAct):
    """The inquiry was extended."""

    kind: Literal[ActKind.CASE_EXTEND] = ActKind.CASE_EXTEND


class CaseClose(CaseAct):
    """A case was closed."""

    kind: Literal[ActKind.CASE_CLOSE] = ActKind.CASE_CLOSE


class IntentionNotify(CaseAct):
    """The prosecutor was told of the intention to open an inquiry (`be-vlg`)."""

    kind: Literal[ActKind.INTENTION_NOTIFY] = ActKind.INTENTION_NOTIFY


class IntentionObject(CaseAct):
    """The prosecutor objected to it (`be-vlg`)."""

    kind: Literal[ActKind.INTENTION_OBJECT] = ActKind.INTENTION_OBJECT


class ItemAdd(ItemAct):
    """The municipality entered material of its own."""

    kind: Literal[ActKind.ITEM_ADD] = ActKind.ITEM_ADD
    operation: Literal[Operation.COLLECTION] = Operation.COLLECTION


class ItemRequestRelease(HandoffAct):
    """A holder asked the originator to let an item go on to one more agency."""

    kind: Literal[ActKind.ITEM_REQUEST_RELEASE] = ActKind.ITEM_REQUEST_RELEASE


class ItemGrant(HandoffAct):
    """The originator granted it: wrapped the key, or gave an item in its place."""

    kind: Literal[ActKind.ITEM_GRANT] = ActKind.ITEM_GRANT


class ItemDeny(HandoffAct):
    """The originator denied it, with a word of the list."""

    kind: Literal[ActKind.ITEM_DENY] = ActKind.ITEM_DENY


class ItemRecall(ItemAct):
    """The originator took an item back from everybody who held it."""

    kind: Literal[ActKind.ITEM_RECALL] = ActKind.ITEM_RECALL
    operation: Literal[Operation.ERASURE] = Operation.ERASURE


class ItemCorrect(ItemAct):
    """The originator took an item back and gave its holders another in its place."""

    kind: Literal[ActKind.ITEM_CORRECT] = ActKind.ITEM_CORRECT
    operation: Literal[Operation.ALTERATION] = Operation.ALTERATION
