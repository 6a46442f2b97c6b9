"""Questions as they are typed, to be sent or to be previewed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

import typer

from acts.handoffs import Question
from commands.terminal.offices import Office
from commands.terminal.options import text
from commands.terminal.sources import source_between
from models.ids import AgencyId, HandoffId
from models.law.sources import SourceKind


@dataclass(frozen=True)
class QuestionOptions:
    """What is asked of whom."""

    to: Annotated[str, typer.Option(metavar="AGENCY", help="Which agency is asked.")]
    question: Annotated[str, text("--question", help="What is asked.")]
    context: Annotated[
        str, text("--context", help="Why it is asked (L24 21 §1 al.1).", blank=True)
    ] = ""
    source: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            help="Number in the closed list; may be left out where one fits.",
        ),
    ] = None
    parent: Annotated[
        str | None,
        typer.Option(
            metavar="HANDOFF", help="The advice request it serves (DEIPP only)."
        ),
    ] = None

    def build(self, office: Office, case: UUID) -> Question:
        """Return the question, under its number in the closed list."""
        source = self.source or source_between(
            office, case, self.to, SourceKind.HANDOFF
        )
        parent = (
            None
            if self.parent is None
            else HandoffId(office.id_of("handoff", self.parent))
        )
        return Question(
            to=AgencyId(self.to),
            source=source,
            question=self.question,
            context=self.context,
            parent=parent,
        )
