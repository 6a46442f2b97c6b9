"""`estafette session`: signing in to an installation elsewhere, and leaving."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from commands.afar import device, keeping
from commands.terminal.output import show, tell
from models.errors import InvalidInput

app = typer.Typer(rich_markup_mode=None)


@app.command("begin")
def begin(
    client: Annotated[
        str,
        typer.Option(
            envvar="ESTAFETTE_CLI_CLIENT", help="As whom the provider knows this."
        ),
    ] = "estafette-cli",
    strength: Annotated[
        str, typer.Option(metavar="ACR", help="How strong a proof to give.")
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document and nothing else.")
    ] = False,
) -> None:
    """Sign in to the installation of ESTAFETTE_URL, with a browser anywhere.

    The token is kept for this account alone, until it ends or `session end`.
    """
    url = keeping.address()
    if not url:
        raise InvalidInput(
            "ESTAFETTE_URL is not set",
            help="set it to the address of an installation, such as https://HOST",
        )
    kept = device.sign_in(url, client, strength, tell)
    keeping.keep(kept)
    show(
        {"url": url, "ends_at": kept.ends_at},
        Text(f"signed in at {url}"),
        as_json=as_json,
    )


@app.command("end")
def end() -> None:
    """Forget the token; the provider's own sign-in is not ended."""
    keeping.forget()
