"""The reasons of a decision, as a document with parts that can be checked.

Sealed as an item: only its identifiers and the list of parts it has leave the node.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from models.ids import ItemId
from models.law.decisions import RequirementKind
from models.values import MOST, Value

Words = Annotated[str, Field(min_length=3)]


class GroundOfDecision(Value):
    """One fact: the item it comes from, the offence, the limb, the person it links.

    Attributes:
        item: the source of the fact.
        offence, limb, person: codes of the pack (119ter §10 al.1, al.4, al.5).
        reasoning: why the fact is concrete, verifiable and relevant (al.2).
    """

    item: ItemId
    offence: str
    limb: str
    person: str
    reasoning: Words


class Weighing(Value):
    """The three things to weigh (119ter §10 al.3), and the milder ways considered."""

    gravity: Words
    link_with_sector: Words
    advantages: Words
    milder_measures: Words


class AnsweredArgument(Value):
    """The answer to one numbered argument of the hearing."""

    argument: int = Field(ge=1, le=MOST)
    answer: Words


class Motivation(Value):
    """The reasons of a proposal, fact by fact and argument by argument."""

    summary: Words
    grounds: tuple[GroundOfDecision, ...] = ()
    weighing: Weighing | None = None
    answers: tuple[AnsweredArgument, ...] = ()

    def parts(self) -> tuple[RequirementKind, ...]:
        """Return the demanded parts that this document has."""
        found = [RequirementKind.MOTIVATION_PRESENT]
        if self.grounds:
            found += [RequirementKind.LIMB_AND_OFFENCE, RequirementKind.LINK_TO_PERSON]
        if self.weighing:
            found.append(RequirementKind.WEIGHING_PRESENT)
        return tuple(found)
