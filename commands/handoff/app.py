"""`estafette handoff`: a question to another agency, and the duty to act on it."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Annotated

import typer

from acts import handoffs, previewing
from acts.offered.bodies import Named, Reasons, RefusalGiven, Text
from acts.pages import lists
from acts.pages.naming import names_of_questions
from acts.performing import Done
from acts.seat import Seat
from commands.handoff import guarded, views
from commands.handoff.drafts import QuestionOptions, reply_of
from commands.handoff.previews import ShownPreview
from commands.terminal.handling import HandlingOptions
from commands.terminal.offices import look_in, order
from commands.terminal.options import (
    CaseArgument,
    HandoffArgument,
    NamesOption,
    Part,
    Who,
    article,
    grouped,
    text,
)
from commands.terminal.output import lines, show
from commands.terminal.references import act_on, case_id, handoff_id
from commands.terminal.seats import act, look
from commands.terminal.sources import source_between
from models.act_kinds import ActKind
from models.agencies import ReadReason
from models.errors import InvalidInput
from models.ids import HandoffId, OfficerId
from models.law.sources import SourceKind

app = typer.Typer(rich_markup_mode=None)
app.add_typer(guarded.app)


@app.command("ask")
@grouped
def ask(case: CaseArgument, asked: QuestionOptions, who: Who) -> None:
    """Ask another agency, within the closed list (119ter §6).

    The register has `estafette register query`, an advice `estafette advice request`.
    What the list does not hold is refused, with the article and the lawful alternative.
    Only the identifiers that the route allows go with the question.
    """

    def deed(at: Seat) -> Awaitable[Done]:
        where = case_id(at, case)
        source = asked.source or source_between(at, where, asked.to, SourceKind.HANDOFF)
        reader = at.reader()
        return handoffs.ask(at.desk, reader, where, asked.build(at, source))

    act(who, deed)


@app.command("inbox")
@grouped
def inbox(
    who: Who,
    part: Part,
    closed: Annotated[
        bool, typer.Option("--all", help="Also what is answered or over.")
    ] = False,
    ours: Annotated[
        bool, typer.Option("--asked-by-us", help="What your agency asked others.")
    ] = False,
    names: NamesOption = False,
) -> None:
    """List what your agency was asked, first due on top.

    The newest notices for you come after. Receive a handoff first; then read its
    question with `estafette item show`. With `--names` the questions of the page that
    you may read are opened at your node; one more entry names all of them.
    """
    if ours and names:
        raise InvalidInput(
            "`--names` is for what your agency was asked",
            help="see your own cases with `estafette case list --names`",
        )
    if ours:
        _show_asked(who, part, closed=closed)
        return

    if not names:
        plain = look_in(
            who,
            lambda office: views.ShownInbox(
                office.inbox(part.window, closed=closed), office.today
            ),
        )
        _show_inbox(plain, part, who)
        return

    def see(at: Seat) -> views.ShownInbox:
        page = lists.inbox(at.desk, at.reader(), part.window, closed=closed)
        questions = [each.question for each in page.handoffs]
        reader = at.reader(ReadReason.ANSWERING)
        named = names_of_questions(at.desk, reader, questions)
        return views.ShownInbox(page, at.today, named)

    _show_inbox(look(who, see), part, who)


@app.command("notices")
@grouped
def notices(who: Who, part: Part) -> None:
    """List the notices for you, newest first."""
    found = look_in(who, lambda office: list(office.notices(part.window)))
    hint = lines(part.more([each.id for each in found]), "dim")
    show(found, views.notices_table(found), hint, as_json=who.json)


@app.command("show")
@grouped
def show_(handoff: HandoffArgument, who: Who) -> None:
    """Show a handoff and the items that belong to it."""
    found = look(who, lambda at: views.shown(at, handoff_id(at, handoff)))
    show(found, *views.page(found), as_json=who.json)


@app.command("receive")
@grouped
def receive(handoff: HandoffArgument, who: Who) -> None:
    """Take a question in hand.

    From then on you are named for it, and may read it.
    """
    order(who, ActKind.HANDOFF_RECEIVE, handoff)


@app.command("designate")
@grouped
def designate(
    handoff: HandoffArgument,
    officer: Annotated[
        str, typer.Argument(metavar="OFFICER", help="AGENCY/OFFICER, of your agency.")
    ],
    who: Who,
) -> None:
    """Name who works on a question that your agency was asked.

    By its supervisor, so that none is left with somebody who is gone. Who receives a
    question is named for it anyway.
    """
    order(who, ActKind.HANDOFF_DESIGNATE, handoff, Named(officer=OfficerId(officer)))


@app.command("accept")
@grouped
def accept(handoff: HandoffArgument, who: Who) -> None:
    """Undertake to answer (119quater §1 al.2)."""
    order(who, ActKind.HANDOFF_ACCEPT, handoff)


@app.command("answer")
@grouped
def answer(
    handoff: HandoffArgument,
    words: Annotated[str, text("--text", help="The answer.")],
    handling: HandlingOptions,
    who: Who,
    hit: Annotated[
        bool | None,
        typer.Option("--hit/--no-hit", help="What the register says; only there."),
    ] = None,
) -> None:
    """Answer, and say how the answer may be used.

    The handling options travel with it (119quater §1 al.2).
    """

    def deed(at: Seat, it: HandoffId) -> Awaitable[Done]:
        reply = reply_of(at, it, words, handling, hit)
        return handoffs.answer(at.desk, at.officer, it, (reply,))

    act_on(who, handoff, deed)


@app.command("preview")
@grouped
def preview(case: CaseArgument, asked: QuestionOptions, who: Who) -> None:
    """Show what the asked agency would see of a question; nothing is sent.

    Every field, what stays with you and why. A query of the register is previewed by
    its number, with `--source`. The subject is opened, as it is when you ask.
    """

    def see(at: Seat) -> ShownPreview:
        where = case_id(at, case)
        source = asked.source or source_between(at, where, asked.to, SourceKind.HANDOFF)
        question = asked.build(at, source)
        found = previewing.preview_question(at.desk, at.reader(), where, question)
        return ShownPreview(found, at.desk.sharing)

    shown = look(who, see)
    show(shown.document, *shown.page, as_json=who.json)


@app.command("preview-answer")
@grouped
def preview_answer(
    handoff: HandoffArgument,
    words: Annotated[str, text("--text", help="The answer.")],
    handling: HandlingOptions,
    who: Who,
    hit: Annotated[
        bool | None,
        typer.Option("--hit/--no-hit", help="What the register says; only there."),
    ] = None,
) -> None:
    """Show what the asker would see of an answer; nothing is sent."""

    def see(at: Seat) -> ShownPreview:
        it = handoff_id(at, handoff)
        reply = reply_of(at, it, words, handling, hit)
        found = previewing.preview_answer(at.desk, at.reader(), it, (reply,))
        return ShownPreview(found, at.desk.sharing)

    shown = look(who, see)
    show(shown.document, *shown.page, as_json=who.json)


@app.command("refuse")
@grouped
def refuse(
    handoff: HandoffArgument,
    basis: Annotated[str, article("--article", help="It lets you refuse.")],
    reasons: Annotated[str, text("--reasons", help="Why.")],
    who: Who,
) -> None:
    """Refuse to answer, with article and reasons.

    See 119quater §1 al.2, and L24 21 §1 al.3 for services that DEIPP asks.
    """
    refusal = RefusalGiven(article=basis, reasons=reasons)
    order(who, ActKind.HANDOFF_REFUSE, handoff, refusal)


@app.command("return")
@grouped
def return_(
    handoff: HandoffArgument,
    reasons: Annotated[str, text("--reasons", help="What the question lacks.")],
    who: Who,
) -> None:
    """Send a question back to be completed."""
    order(who, ActKind.HANDOFF_RETURN, handoff, Reasons(reasons=reasons))


@app.command("complete")
@grouped
def complete(
    handoff: HandoffArgument,
    words: Annotated[str, text("--text", help="What the question lacked.")],
    who: Who,
) -> None:
    """Offer a returned question again, with what it lacked.

    Its term ran on meanwhile. A request for advice has `estafette advice complete`.
    """
    order(who, ActKind.HANDOFF_COMPLETE, handoff, Text(text=words))


@app.command("recall")
@grouped
def recall(handoff: HandoffArgument, who: Who) -> None:
    """Take your question back."""
    order(who, ActKind.HANDOFF_RECALL, handoff)


def _show_inbox(found: views.ShownInbox, part: Part, who: Who) -> None:
    hint = lines(part.more([each.id for each in found.found.handoffs]), "dim")
    show(found.document, *views.inbox_page(found), hint, as_json=who.json)


def _show_asked(who: Who, part: Part, *, closed: bool) -> None:
    found = look(
        who,
        lambda at: views.ShownAsked(
            lists.asked_by_us(at.desk, at.reader(), part.window, closed=closed),
            at.today,
        ),
    )
    hint = lines(part.more([each.id for each in found.found]), "dim")
    page = views.asked_table("asked by us", found.document["handoffs"])
    show(found.document, page, hint, as_json=who.json)
