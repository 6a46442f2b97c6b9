"""Answers as they are typed, or written in a file: in one part, or in several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
from pydantic import Field

from acts.handoffs import Reply
from acts.offered.bodies import MOST_IN_ANSWER, Enclosed, Replies
from commands.terminal.files import content, fill, read_form
from commands.terminal.handling import HandlingOptions
from commands.terminal.offices import Office
from commands.terminal.options import text
from models.errors import EstafetteError, InvalidInput
from models.handling import Handling
from models.handoffs import HandoffRecord
from models.law.sources import SourceKind
from models.texts import Words
from models.values import Value
from policies.documents import DOCUMENTS


class Part(Value):
    """One part: its words, its documents, and the conditions of both."""

    text: Words
    hit: bool | None = None
    files: tuple[Path, ...] = ()
    handling: Handling


class Parts(Value):
    """An answer as a file holds it."""

    parts: Annotated[tuple[Part, ...], Field(min_length=1, max_length=MOST_IN_ANSWER)]


@dataclass(frozen=True)
class AnswerOptions:
    """What an answer says, and which documents go with it."""

    words: Annotated[str | None, text("--text", help="The answer.")] = None
    hit: Annotated[
        bool | None,
        typer.Option("--hit/--no-hit", help="What the register says; only there."),
    ] = None
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
    parts: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            help="A YAML file with several parts, each with words, documents and"
            " conditions of its own; in the place of all other options.",
        ),
    ] = None

    def written(
        self, office: Office, handoff: UUID, conditions: HandlingOptions
    ) -> tuple[Part, ...]:
        """Return the parts, under the article of the question where none was named.

        Raises:
            InvalidInput: nothing is said, or something twice; of a file, it names what
                does not hold.
        """
        found = office.handoff_of(handoff)
        if self.parts is not None:
            self._check_alone(conditions)
            parts = _read(self.parts, found.article, office.today)
        elif self.words is None:
            raise InvalidInput(
                "there is no answer", help="give `--text`, or `--parts` with a file"
            )
        else:
            chosen = conditions.handling(found.article, office.today)
            files = tuple(self.files or ())
            parts = (Part(text=self.words, hit=self.hit, files=files, handling=chosen),)
        for each in parts:
            _check_hit(each.hit, found)
        return parts

    def _check_alone(self, conditions: HandlingOptions) -> None:
        if self != AnswerOptions(parts=self.parts) or conditions != HandlingOptions():
            raise InvalidInput(
                "`--parts` leaves nothing to say beside it",
                help="write words, documents and conditions in the file",
            )


@dataclass
class Sending:
    """Sends parts, and knows by which number each of them is refused."""

    _names: list[str] = field(default_factory=list)

    def body(self, parts: tuple[Part, ...]) -> Replies:
        """Return what the act says.

        Raises:
            InvalidInput: a document cannot be read, or there are too many.
        """
        files = [(path, part.handling) for part in parts for path in part.files]
        if len(files) > MOST_IN_ANSWER:
            raise InvalidInput(
                f"{len(files)} documents are too many for one answer",
                help=f"give {MOST_IN_ANSWER} at most",
            )
        words = [
            f"part {n}" if len(parts) > 1 else "" for n in range(1, len(parts) + 1)
        ]
        self._names = [*words, *(f"`{path}`" for path, _ in files)]
        return Replies(
            replies=replies_of(parts),
            documents=tuple(
                Enclosed(**content(None, path), handling=handling)
                for path, handling in files
            ),
        )

    @contextmanager
    def telling_which(self) -> Iterator[None]:
        """Name the part or the document that a refusal is about."""
        try:
            yield
        except EstafetteError as refused:
            names = dict(enumerate(self._names))
            if name := names.get(refused.details.get("draft", -1)):
                refused.message = f"{name}: {refused.message}"
            raise


def replies_of(parts: tuple[Part, ...]) -> tuple[Reply, ...]:
    """Return the words of an answer, without its documents."""
    return tuple(
        Reply(body=each.text, handling=each.handling, hit=each.hit) for each in parts
    )


def _read(path: Path, article: str, today: date) -> tuple[Part, ...]:
    """Read parts from a file; their documents lie beside it."""
    form = read_form(path)
    unsaid = {"basis": article, "collected_on": today, "processed_on": today}
    if isinstance(parts := form.get("parts"), list):
        form["parts"] = [_with(unsaid, each) for each in parts]
    found = fill(Parts, form, path).parts
    return tuple(
        each.model_copy(update={"files": tuple(path.parent / f for f in each.files)})
        for each in found
    )


def _with(unsaid: Mapping[str, Any], part: Any) -> Any:
    """Return a part with what its conditions leave out; what is none stays as it is."""
    given = (part.get("handling") or {}) if isinstance(part, dict) else None
    return (
        {**part, "handling": {**unsaid, **given}} if isinstance(given, dict) else part
    )


def _check_hit(hit: bool | None, question: HandoffRecord) -> None:
    register = question.kind == SourceKind.REGISTER
    if register and hit is None:
        raise InvalidInput(
            "the register says hit or no hit", help="add `--hit` or `--no-hit`"
        )
    if not register and hit is not None:
        raise InvalidInput(
            "only the register answers with a hit",
            help="leave `--hit` and `--no-hit` out",
        )
