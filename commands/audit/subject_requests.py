"""`estafette audit subject-request`: rights that persons ask for, by the DPO."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

import typer
from rich.console import RenderableType

from acts.audit.subject_request_pages import Holdings, RequestPage
from acts.audit.subject_requests import NewRequest, RequestDone, RequestReply
from acts.offered.bodies import Text
from commands.terminal.offices import Office, look_in, order_audit
from commands.terminal.options import Caller, Part, day, grouped, text
from commands.terminal.output import fields, lines, short, show, table
from models.subject_requests import RequestOutcome, RequestRegime, SubjectRight

app = typer.Typer(
    rich_markup_mode=None, help="Requests of data subjects, as DPO: term and answer."
)

RequestArgument = Annotated[
    str, typer.Argument(metavar="REQUEST", help="Its id, or the start of it.")
]
TextOption = Annotated[str, text("--text", help="What is said.")]


@dataclass(frozen=True)
class Asked:
    """Who asks for what, as options."""

    right: Annotated[SubjectRight, typer.Option(help="What the person asks for.")]
    regime: Annotated[
        RequestRegime, typer.Option(help="Under which law the request falls.")
    ]
    number: Annotated[
        str,
        text(
            "--number",
            help="The national number of the person, or that of an enterprise or"
            " establishment of theirs; `@-` keeps it out of your shell's history.",
        ),
    ]
    received: Annotated[date, day("--received", help="When it came in.")]
    identity: Annotated[
        str, text("--identity", help="How the identity of who asks was checked.")
    ]
    words: TextOption

    @property
    def request(self) -> NewRequest:
        """Return the request that is to be recorded."""
        return NewRequest(
            right=self.right,
            regime=self.regime,
            received_on=self.received,
            number=self.number,
            identity=self.identity,
            text=self.words,
        )


@app.command("record")
@grouped
def record(asked: Asked, who: Caller) -> None:
    """Record that a person asks for a right; from its receipt a month runs.

    By the DPO of the agency that was asked. Number, identity and text are sealed for
    the DPO; in clear are the right, the regime and the days.
    """
    _tell(order_audit(who, "subject_request.record", asked.request), who)


@app.command("acknowledge")
@grouped
def acknowledge(request: RequestArgument, words: TextOption, who: Caller) -> None:
    """Record that the receipt was acknowledged to the person, with its date.

    Under the law on the police that is what the month is for; the rest goes through
    the supervisory authority.
    """
    said = Text(text=words)
    _tell(order_audit(who, "subject_request.acknowledge", said, request), who)


@app.command("extend")
@grouped
def extend(request: RequestArgument, words: TextOption, who: Caller) -> None:
    """Record that the person was told, with the reasons, that it takes longer.

    Before the term ends, and only where the regime knows an extension.
    """
    said = Text(text=words)
    _tell(order_audit(who, "subject_request.extend", said, request), who)


@app.command("answer")
@grouped
def answer(
    request: RequestArgument,
    outcome: Annotated[RequestOutcome, typer.Option(help="What was answered.")],
    words: TextOption,
    who: Caller,
    limit: Annotated[
        str,
        typer.Option(
            metavar="CODE",
            help="The restriction that it rests on: `subject-request show` lists them.",
        ),
    ] = "",
) -> None:
    """Record what the person was answered.

    What is refused or granted in part rests on a restriction in law. Under some
    regimes the agency only refers to whoever answers in its place.
    """
    reply = RequestReply(outcome=outcome, text=words, limit=limit)
    _tell(order_audit(who, "subject_request.answer", reply, request), who)


@app.command("close")
@grouped
def close(request: RequestArgument, words: TextOption, who: Caller) -> None:
    """Close a request that was answered; its texts are destroyed on their last day."""
    said = Text(text=words)
    _tell(order_audit(who, "subject_request.close", said, request), who)


@app.command("list")
@grouped
def list_(
    who: Caller,
    part: Part,
    closed: Annotated[
        bool, typer.Option("--all", help="Those that are closed as well.")
    ] = False,
) -> None:
    """List the requests that your agency has, the first due on top."""
    found = look_in(
        who,
        lambda office: [*office.audits.requests(part.window, closed=closed)],
    )
    hint = lines(part.more([each.request.id for each in found]), "dim")
    rows = (
        (
            short(each.request.id),
            each.request.right,
            each.request.regime,
            each.request.state,
            each.request.received_on,
            each.request.due_on,
            "overdue" if each.overdue else "",
            each.request.outcome,
        )
        for each in found
    )
    columns = "request|right|regime|state|received|due|late?|outcome?"
    shown = table("requests of data subjects", columns, rows)
    show(found, shown, hint, as_json=who.json)


@app.command("show")
@grouped
def show_(request: RequestArgument, who: Caller) -> None:
    """Show a request, who asks, and what was written; that you read it is logged."""

    def see(office: Office) -> RequestPage:
        return office.audits.request(_meant(office, request))

    page = look_in(who, see)
    show(page, _fields(page), *_below(page), as_json=who.json)


@app.command("held")
@grouped
def held(request: RequestArgument, who: Caller) -> None:
    """List what your agency holds in the cases of the person, and what may be said.

    Kind, giver, regime and day of each item, and no content: you read the subject
    cards of your agency with `item show`, and nothing else.
    """

    def see(office: Office) -> Holdings:
        return office.audits.held(_meant(office, request))

    found = look_in(who, see)
    show(found, *_holdings(found), as_json=who.json)


def _meant(office: Office, given: str) -> UUID:
    return office.id_of("subject request", given)


def _tell(done: RequestDone, who: Caller) -> None:
    found = done.request
    said = fields(
        ("request", short(found.id)),
        ("state", found.state),
        ("due", found.due_on),
        ("outcome", found.outcome),
        ("receipt", done.receipt),
    )
    show(done, said, as_json=who.json)


def _fields(page: RequestPage) -> RenderableType:
    found, content = page.request, page.content
    return fields(
        ("request", found.id),
        ("right", found.right),
        ("regime", found.regime),
        ("who answers", f"{page.rule.words.en} ({page.rule.article})"),
        ("received", found.received_on),
        ("due", f"{found.due_on}{' (overdue)' if page.overdue else ''}"),
        ("under", page.rule.term.article),
        ("state", found.state),
        ("outcome", found.outcome),
        ("rests on", found.limit),
        ("number", content.number if content else None),
        ("identity", content.identity if content else None),
        ("asked", content.text if content else None),
        ("kept until", found.kept_until),
        ("receipt", page.receipt),
    )


def _below(page: RequestPage) -> Iterator[RenderableType]:
    if page.content is None:
        yield lines("\nwho asked cannot be opened any more", "dim")
    if page.limits:
        yield lines("")
        limits = (
            (e.limit.code, e.limit.label.en, e.limit.article, e.due_on)
            for e in page.limits
        )
        yield table("restrictions", "code|what|article|answer due?", limits)
    yield lines("")
    steps = ((e.taken.at, e.taken.step, e.text or "destroyed") for e in page.steps)
    yield table("steps", "at|step|text", steps)


def _holdings(found: Holdings) -> Iterator[RenderableType]:
    rows = (
        (
            short(each.held.item),
            each.held.kind,
            each.held.originator,
            each.held.added_on,
            each.held.regime,
            each.delay.words,
            each.delay.article,
            short(each.held.case),
        )
        for each in found.found
    )
    columns = "item|kind|from|day|regime|may be said|under|case?"
    yield table("held", columns, rows)
    yield lines("\nunder every regime, whether anything is held or not:", "dim")
    rules = ((each.regime, each.words, each.article) for each in found.rules)
    yield table("what may be said", "regime|told|under", rules)
