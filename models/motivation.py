"""The reasons of a decision, as a document with parts that can be checked.

Sealed as an item: only its identifiers and the list of parts it has leave the node.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from models.ids import ItemId
from models.law.decisions import RequirementKind
from models.texts import Words
from models.values import MOST, Value

Sentence = Annotated[Words, Field(min_length=3)]
"""Words that can be a reason: one letter or two are none."""


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
    reasoning: Sentence


class Weighing(Value):
    """The three things to weigh (119ter §10 al.3), and the milder ways considered."""

    gravity: Sentence
    link_with_sector: Sentence
    advantages: Sentence
    milder_measures: Sentence


class AnsweredArgument(Value):
    """The answer to one numbered argument of the hearing."""

    argument: int = Field(ge=1, le=MOST)
    answer: Sentence


class Motivation(Value):
    """The reasons of a proposal, fact by fact and argument by argument."""

    summary: Sentence
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
