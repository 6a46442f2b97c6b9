"""Which version of the program this is."""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated

import typer


def _tell(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"estafette {version('estafette')}\n")
        raise typer.Exit


VersionOption = Annotated[
    bool,
    typer.Option("--version", callback=_tell, is_eager=True, help="Say which this is."),
]
