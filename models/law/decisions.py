"""What can be decided, and what must be there before."""

from __future__ import annotations

from enum import StrEnum

from models.act_kinds import ActKind
from models.law.rows import Code, Label, LabelledRow


class PermitRegime(StrEnum):
    """The situation in which an outcome exists."""

    ANY = "any"
    PERMIT = "permit"
    NO_PERMIT = "no_permit"
    AFTER_MEASURE = "after_measure"

    @classmethod
    def of(cls, permit: bool) -> PermitRegime:
        """Return the regime of a case, by whether its activity needs a permit."""
        return cls.PERMIT if permit else cls.NO_PERMIT


class OutcomePart(StrEnum):
    """What an outcome must carry beyond its reasons."""

    LIFTING_CONDITIONS = "lifting_conditions"
    SPECIAL_CONDITIONS = "special_conditions"
    NEW_ELEMENTS = "new_elements"


class Outcome(LabelledRow):
    """One way a case can end; `negative` ones need every requirement."""

    negative: bool
    regime: PermitRegime
    max_clock: Code | None = None
    requires: tuple[OutcomePart, ...] = ()

    def is_possible(self, permit: bool) -> bool:
        """Tell whether a case can end so, by whether its activity needs a permit."""
        return self.regime in (PermitRegime.ANY, PermitRegime.of(permit))


class RequirementKind(StrEnum):
    """What must be there before a negative decision.

    Where it binds an act and `policies.readiness` has no check for it, it counts as
    missing.
    """

    PROPOSAL_BY_MAYOR = "proposal_by_mayor"
    ADVICE_DELIVERED = "advice_delivered"
    REGISTER_QUERIED = "register_queried"
    LIMB_AND_OFFENCE = "limb_and_offence"
    FACTS_TIED_TO_SOURCES = "facts_tied_to_sources"
    WEIGHING_PRESENT = "weighing_present"
    LINK_TO_PERSON = "link_to_person"
    HEARD = "heard"
    HEARD_OR_INVITED = "heard_or_invited"
    ARGUMENTS_ANSWERED = "arguments_answered"
    MOTIVATION_PRESENT = "motivation_present"
    ADVICE_ANNEXED = "advice_annexed"
    COPIES_SENT = "copies_sent"
    STANDSTILL_OVER = "standstill_over"
    PROSECUTOR_NOT_OPPOSED = "prosecutor_not_opposed"


class Requirement(LabelledRow):
    """A condition of a negative decision.

    `check` is what the engine looks at; `act` the act that is refused without it;
    empty where it binds the execution of the measure, which happens elsewhere.
    """

    check: RequirementKind
    act: ActKind | None


class GateScope(StrEnum):
    """When a precondition must be met before a case is opened."""

    ALWAYS = "always"
    PARTIAL_ZONE = "partial_zone"
    VOLUNTARY = "voluntary"
    DUTY = "duty"
    """A duty or a possibility beside the gate: shown, never blocking."""


class Precondition(LabelledRow):
    """What must hold before an inquiry starts."""

    scope: GateScope


class Interest(LabelledRow):
    """A protected interest: data that could harm it may not appear in the advice."""


class Caution(LabelledRow):
    """Advice to the reader at one moment of the procedure; never blocks.

    It belongs before `act`, or on the counted `day` of `clock`. Kept as law and shown
    with the pack, not yet at its moment.
    """

    text: Label
    act: ActKind | None = None
    clock: Code | None = None
    day: int | None = None
