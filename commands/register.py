"""`estafette register`: the central register of integrity inquiries."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Annotated

import typer

from acts import decisions, handoffs
from acts.decisions import Filing
from acts.handoffs import Question
from acts.performing import Done
from acts.seat import Seat
from commands.terminal.choices import decision_of
from commands.terminal.options import CaseArgument, DecisionOption, Who, grouped, text
from commands.terminal.references import case_id
from commands.terminal.seats import act
from commands.terminal.sources import source_between
from models.decisions import DecisionState
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
    who: Who,
) -> None:
    """Query the register: hit or no hit (119ter §6 1°).

    Mandatory, and never first: the motivation (L24 12) rests on an inquiry under way,
    so a result of another source must be there.
    """

    def deed(at: Seat) -> Awaitable[Done]:
        where = case_id(at, case)
        question = Question(
            to=AgencyId(to),
            source=source_between(at, where, to, SourceKind.REGISTER),
            question=_QUESTION,
            context=motivation,
        )
        reader = at.reader()
        return handoffs.query_register(at.desk, reader, where, question)

    act(who, deed)


@app.command("file")
@grouped
def file(
    case: CaseArgument,
    to: KeeperOption,
    words: Annotated[str, text("--text", help="What is filed of the measure.")],
    who: Who,
    decision: DecisionOption = None,
) -> None:
    """File a measure, within five working days (L24 10).

    The term runs from the day of the decision (KB-REG 3 §1).
    """

    def deed(at: Seat) -> Awaitable[Done]:
        where = case_id(at, case)
        chosen = decision_of(
            at, where, decision, DecisionState.ADOPTED, DecisionState.NOTIFIED
        )
        filing = Filing(decision=chosen.id, to=AgencyId(to), text=words)
        return decisions.file_in_register(at.desk, at.officer, where, filing)

    act(who, deed)
