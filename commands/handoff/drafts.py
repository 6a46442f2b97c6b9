"""Questions and answers as they are typed, to be sent or to be previewed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from acts.handoffs import Question, Reply
from acts.offered.bodies import MOST_IN_ANSWER
from commands.terminal.files import content
from commands.terminal.handling import HandlingOptions
from commands.terminal.offices import Office
from commands.terminal.options import text
from commands.terminal.sources import source_between
from models.errors import EstafetteError, InvalidInput
from models.ids import AgencyId, HandoffId
from models.law.sources import SourceKind
from policies.documents import DOCUMENTS


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


AnswerText = Annotated[str, text("--text", help="The answer.")]
HitOption = Annotated[
    bool | None,
    typer.Option("--hit/--no-hit", help="What the register says; only there."),
]


@dataclass(frozen=True)
class AnswerOptions:
    """What an answer says, and which documents go with it."""

    words: AnswerText
    hit: HitOption = None
    files: Annotated[
        list[Path] | None,
        typer.Option(
            "--file",
            metavar="PATH",
            help="A document that goes with it, byte by byte; once for each."
            f" All documents of an answer sent elsewhere share {DOCUMENTS.megabytes}"
            " MB.",
        ),
    ] = None

    def documents(self) -> list[dict[str, Any]]:
        """Return the documents, as fields of what the act says.

        Raises:
            InvalidInput: one cannot be read, or there are too many.
        """
        files = self.files or []
        if len(files) > MOST_IN_ANSWER:
            raise InvalidInput(
                f"{len(files)} documents are too many for one answer",
                help=f"give {MOST_IN_ANSWER} at most",
            )
        return [content(None, each) for each in files]

    @contextmanager
    def telling_which(self) -> Iterator[None]:
        """Name the document that a refusal is about; the words come before all."""
        try:
            yield
        except EstafetteError as refused:
            paths = dict(enumerate(self.files or [], start=1))
            if path := paths.get(refused.details.get("draft", 0)):
                refused.message = f"`{path}`: {refused.message}"
            raise


def reply_of(
    office: Office,
    handoff: UUID,
    words: str,
    handling: HandlingOptions,
    hit: bool | None,
) -> Reply:
    """Return what an answer says, under the article of its question."""
    found = office.handoff_of(handoff)
    _check_hit(hit, found.kind)
    chosen = handling.handling(found.article, office.today)
    return Reply(body=words, handling=chosen, hit=hit)


def _check_hit(hit: bool | None, kind: str) -> None:
    register = kind == SourceKind.REGISTER
    if register and hit is None:
        raise InvalidInput(
            "the register says hit or no hit", help="add `--hit` or `--no-hit`"
        )
    if not register and hit is not None:
        raise InvalidInput(
            "only the register answers with a hit",
            help="leave `--hit` and `--no-hit` out",
        )
