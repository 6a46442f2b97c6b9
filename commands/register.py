"""`estafette register`: the central register of integrity inquiries."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from acts.decisions import Filing
from acts.handoffs import Question
from commands.terminal.choices import decision_of
from commands.terminal.offices import Office, order
from commands.terminal.options import (
    Caller,
    CaseArgument,
    DecisionOption,
    grouped,
    text,
)
from commands.terminal.sources import source_between
from models.act_kinds import ActKind
from models.decisions import DECIDED
from models.ids import AgencyId
from models.law.sources import SourceKind

app = typer.Typer(rich_markup_mode=None)

KeeperOption = Annotated[
    str, typer.Option(metavar="AGENCY", help="Who keeps the register, such as deipp.")
]
_QUESTION = "Is a decision of another municipality on these persons in the register?"


@app.command("query")
@grouped
def query(
    case: CaseArgument,
    to: KeeperOption,
    motivation: Annotated[
        str,
        text("--motivation", help="What announces a measure, and why to go on."),
    ],
    who: Caller,
) -> None:
    """Query the register: hit or no hit (119ter §6 1°).

    Mandatory, and never first: the motivation (L24 12) rests on an inquiry under way,
    so a result of another source must be there.
    """

    def question(office: Office, where: UUID) -> Question:
        return Question(
            to=AgencyId(to),
            source=source_between(office, where, to, SourceKind.REGISTER),
            question=_QUESTION,
            context=motivation,
        )

    order(who, ActKind.REGISTER_QUERY, case, question)


@app.command("file")
@grouped
def file(
    case: CaseArgument,
    to: KeeperOption,
    words: Annotated[str, text("--text", help="What is filed of the measure.")],
    who: Caller,
    decision: DecisionOption = None,
) -> None:
    """File a measure, within five working days (L24 10).

    The term runs from the day of the decision (KB-REG 3 §1).
    """

    def filing(office: Office, where: UUID) -> Filing:
        chosen = decision_of(office, where, decision, *DECIDED)
        return Filing(decision=chosen.id, to=AgencyId(to), text=words)

    order(who, ActKind.REGISTER_FILE, case, filing)
