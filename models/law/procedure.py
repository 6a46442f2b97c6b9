"""The procedure of a route: its stages, and what each act may do in them."""

from __future__ import annotations

from enum import StrEnum

from models.act_kinds import ActKind
from models.agencies import OfficerFunction
from models.law.rows import Code, Label, LabelledRow, LawRow


class AgencyRole(StrEnum):
    """The part an agency plays towards one act."""

    LEAD = "lead"
    """The agency whose case it is."""

    ASKED = "asked"
    """The agency a question was put to."""

    ASKER = "asker"
    """The agency that puts, or has put, the question."""

    ORIGINATOR = "originator"
    """The agency an item comes from."""

    HUB = "hub"
    """The agency that gathers answers and gives the advice."""

    ANY = "any"
    """Every agency that has a part in the case, for its own officers."""


class Stage(LabelledRow):
    """One stage of the procedure; `meaning` says what happens in it, in a sentence."""

    meaning: Label | None = None


class Act(LawRow):
    """One row of the procedure: who may do it, when, and what follows.

    `stages` empty means any stage but the last; for `any` agency, the last one too: who
    works on a case may change as long as it is kept. `to` empty means the stage stays.
    `starts` and `stops` are clock codes. `final_when` names clocks: when one of them
    is running, the act ends the matter and starts nothing (a second refusal of an
    advice request is final).
    """

    act: ActKind
    by: tuple[OfficerFunction, ...]
    agency: AgencyRole
    stages: tuple[Code, ...] = ()
    to: Code | None = None
    starts: tuple[Code, ...] = ()
    stops: tuple[Code, ...] = ()
    final_when: tuple[Code, ...] = ()
