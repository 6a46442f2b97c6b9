"""`estafette handoff`: a question to another agency, and the duty to act on it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from acts.offered.bodies import Named, Reasons, RefusalGiven, Replies, Text
from commands.handoff import guarded, views
from commands.handoff.answers import AnswerOptions, Sending, replies_of
from commands.handoff.previews import ShownPreview
from commands.handoff.questions import QuestionOptions
from commands.terminal.handling import HandlingOptions
from commands.terminal.offices import Office, look_in, order
from commands.terminal.options import (
    Caller,
    CaseArgument,
    HandoffArgument,
    NamesOption,
    Part,
    article,
    grouped,
    text,
)
from commands.terminal.output import lines, show
from models.act_kinds import ActKind
from models.errors import InvalidInput
from models.ids import OfficerId

app = typer.Typer(rich_markup_mode=None)
app.add_typer(guarded.app)


@app.command("ask")
@grouped
def ask(case: CaseArgument, asked: QuestionOptions, who: Caller) -> None:
    """Ask another agency, within the closed list (119ter §6).

    The register has `estafette register query`, an advice `estafette advice request`.
    What the list does not hold is refused, with the article and the lawful alternative.
    Only the identifiers that the route allows go with the question.
    """
    order(who, ActKind.HANDOFF_ASK, case, asked.build)


@app.command("inbox")
@grouped
def inbox(
    who: Caller,
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

    def see(office: Office) -> views.ShownInbox:
        page = office.inbox(part.window, closed=closed)
        questions = [each.question for each in page.handoffs]
        named = office.names_of_questions(questions) if names else None
        return views.ShownInbox(page, office.today, named)

    _show_inbox(look_in(who, see), part, who)


@app.command("notices")
@grouped
def notices(who: Caller, part: Part) -> None:
    """List the notices for you, newest first."""
    found = look_in(who, lambda office: list(office.notices(part.window)))
    hint = lines(part.more([each.id for each in found]), "dim")
    show(found, views.notices_table(found), hint, as_json=who.json)


@app.command("show")
@grouped
def show_(handoff: HandoffArgument, who: Caller) -> None:
    """Show a handoff and the items that belong to it."""
    found = look_in(who, lambda office: views.shown(office, handoff))
    show(found, *views.page(found), as_json=who.json)


@app.command("receive")
@grouped
def receive(handoff: HandoffArgument, who: Caller) -> None:
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
    who: Caller,
) -> None:
    """Name who works on a question that your agency was asked.

    By its supervisor, so that none is left with somebody who is gone. Who receives a
    question is named for it anyway.
    """
    order(who, ActKind.HANDOFF_DESIGNATE, handoff, Named(officer=OfficerId(officer)))


@app.command("accept")
@grouped
def accept(handoff: HandoffArgument, who: Caller) -> None:
    """Undertake to answer (119quater §1 al.2)."""
    order(who, ActKind.HANDOFF_ACCEPT, handoff)


@app.command("answer")
@grouped
def answer(
    handoff: HandoffArgument,
    given: AnswerOptions,
    handling: HandlingOptions,
    who: Caller,
) -> None:
    """Answer, and say how the answer may be used.

    The handling options travel with it, and with its documents (119quater §1 al.2).
    What is to be handled in different ways goes in parts: docs/examples/answer.yaml.
    """
    sending = Sending()

    def replies(office: Office, it: UUID) -> Replies:
        return sending.body(given.written(office, it, handling))

    with sending.telling_which():
        order(who, ActKind.HANDOFF_ANSWER, handoff, replies)


@app.command("preview")
@grouped
def preview(case: CaseArgument, asked: QuestionOptions, who: Caller) -> None:
    """Show what the asked agency would see of a question; nothing is sent.

    Every field, what stays with you and why. A query of the register is previewed by
    its number, with `--source`. The subject is opened, as it is when you ask.
    """

    def see(office: Office) -> ShownPreview:
        where = office.id_of("case", case)
        found = office.preview(where, asked.build(office, where))
        return ShownPreview(found, office.sharing)

    shown = look_in(who, see)
    show(shown.document, *shown.page, as_json=who.json)


@app.command("preview-answer")
@grouped
def preview_answer(
    handoff: HandoffArgument,
    given: AnswerOptions,
    handling: HandlingOptions,
    who: Caller,
) -> None:
    """Show what the asker would see of an answer; nothing is sent.

    It takes what `estafette handoff answer` takes. Documents are not shown.
    """

    def see(office: Office) -> ShownPreview:
        it = office.id_of("handoff", handoff)
        replies = replies_of(given.written(office, it, handling))
        return ShownPreview(office.preview_answer(it, replies), office.sharing)

    shown = look_in(who, see)
    show(shown.document, *shown.page, as_json=who.json)


@app.command("refuse")
@grouped
def refuse(
    handoff: HandoffArgument,
    basis: Annotated[str, article("--article", help="It lets you refuse.")],
    reasons: Annotated[str, text("--reasons", help="Why.")],
    who: Caller,
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
    who: Caller,
) -> None:
    """Send a question back to be completed."""
    order(who, ActKind.HANDOFF_RETURN, handoff, Reasons(reasons=reasons))


@app.command("complete")
@grouped
def complete(
    handoff: HandoffArgument,
    words: Annotated[str, text("--text", help="What the question lacked.")],
    who: Caller,
) -> None:
    """Offer a returned question again, with what it lacked.

    Its term ran on meanwhile. A request for advice has `estafette advice complete`.
    """
    order(who, ActKind.HANDOFF_COMPLETE, handoff, Text(text=words))


@app.command("recall")
@grouped
def recall(handoff: HandoffArgument, who: Caller) -> None:
    """Take your question back."""
    order(who, ActKind.HANDOFF_RECALL, handoff)


def _show_inbox(found: views.ShownInbox, part: Part, who: Caller) -> None:
    hint = lines(part.more([each.id for each in found.found.handoffs]), "dim")
    show(found.document, *views.inbox_page(found), hint, as_json=who.json)


def _show_asked(who: Caller, part: Part, *, closed: bool) -> None:
    found = look_in(
        who,
        lambda office: views.ShownAsked(
            office.asked_by_us(part.window, closed=closed), office.today
        ),
    )
    hint = lines(part.more([each.id for each in found.found]), "dim")
    page = views.asked_table("asked by us", found.document["handoffs"])
    show(found.document, page, hint, as_json=who.json)
