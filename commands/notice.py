"""`estafette notice`: how you hear that something waits, and what was sent."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import RenderableType

from acts import notices
from commands.terminal.installation import settings_here
from commands.terminal.options import AsJson, Who, grouped
from commands.terminal.output import show, table
from commands.terminal.references import whole_id
from commands.terminal.seats import look
from models.posting import Language, ParcelLine, Way
from runtime import keys
from runtime.posting.webhooks import public_key

app = typer.Typer(rich_markup_mode=None)


@app.command("mail")
@grouped
def mail(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="Yours.")],
    who: Who,
    language: Annotated[Language, typer.Option(help="Of the mails.")] = "fr",
) -> None:
    """Hear by mail that something waits; the mail says nothing else.

    The address takes the place of the one before. Nobody but you is shown it.
    """
    way = look(who, lambda at: notices.by_mail(at.desk, at.officer, address, language))
    show(way, _ways([way]), as_json=who.json)


@app.command("webhook")
@grouped
def webhook(
    address: Annotated[
        str, typer.Argument(metavar="ADDRESS", help="Such as https://host/path.")
    ],
    who: Who,
) -> None:
    """Let a program of yours hear of notices: ids, and a signature.

    Whoever runs the installation lists the hosts to which one may lead.
    """
    way = look(who, lambda at: notices.by_webhook(at.desk, at.officer, address))
    show(way, _ways([way]), as_json=who.json)


@app.command("ways")
@grouped
def ways(who: Who) -> None:
    """List your mail address and your webhooks."""
    found = look(who, lambda at: notices.ways(at.desk, at.officer))
    show(found, _ways(found), as_json=who.json)


@app.command("stop")
@grouped
def stop(
    way: Annotated[str, typer.Argument(metavar="WAY", help="Its whole id.")], who: Who
) -> None:
    """Forget a way: its address, and what was sent by it."""
    chosen = whole_id("way", way)
    look(who, lambda at: notices.stop(at.desk, at.officer, chosen))
    show({"stopped": chosen}, "it is forgotten", as_json=who.json)


@app.command("sent")
@grouped
def sent(who: Who) -> None:
    """List the newest deliveries to you, and what became of each.

    One that is `dead` was given up: `estafette notice again` sends it anew.
    """
    found = look(who, lambda at: notices.sent(at.desk, at.officer))
    show(found, _sent(found), as_json=who.json)


@app.command("again")
@grouped
def again(who: Who) -> None:
    """Send anew what was given up."""
    number = look(who, lambda at: notices.again(at.desk, at.officer))
    show({"waiting": number}, f"{number} wait again", as_json=who.json)


@app.command("key")
@grouped
def key(as_json: AsJson = False) -> None:
    """Show the public key that notices to programs are signed under."""
    found = public_key(keys.notice_key(settings_here()))
    show({"key": found}, found, as_json=as_json)


def _ways(found: list[Way]) -> RenderableType:
    rows = ((str(each.id), each.kind, each.address, each.language) for each in found)
    return table("ways", "way|by|address|language", rows)


def _sent(found: list[ParcelLine]) -> RenderableType:
    rows = (
        (each.kind, each.state, each.attempts, each.sent_at or each.next_at, each.fault)
        for each in found
    )
    return table("deliveries", "by|state|attempts|at|why not", rows)
