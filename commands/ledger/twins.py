"""`estafette ledger twins`: changes of hand-offs that lack the word of one side."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import typer
from sqlalchemy import Row

from commands.terminal.errors import EXIT_CODES
from commands.terminal.installation import settings_here
from commands.terminal.options import AsJson
from commands.terminal.output import lines, short, show, table
from models.errors import IntegrityFailure
from models.twins import PATIENCE
from runtime.roles import Role
from storage.engine import connect, transaction
from storage.log import twins as records

_COLUMNS = "handoff|step|change|side|owed by|since|alarm|refused"
_HINT = (
    "An agency's node signs its side within a second while it runs. See that it does;"
    " what it refused is offered to it again when it starts."
)


def twins(json: AsJson = False) -> None:
    """List the changes of hand-offs that one side has not signed for half a minute.

    Each agency's node signs its side of every change that both sides may know. What a
    node refused to sign is listed at once, with its reason. Exit code 8 while anything
    is missing.
    """
    database = connect(settings_here().database(Role.RECORD), pool=1)
    try:
        with transaction(database) as connection:
            found = records.missing(connection, datetime.now(UTC) - PATIENCE)
    finally:
        database.dispose()
    missing = [_document(row) for row in found]
    rows = [(short(each["handoff"]), *list(each.values())[1:]) for each in missing]
    hint = lines(_HINT if missing else "", "dim")
    show({"missing": missing}, table("Missing", _COLUMNS, rows), hint, as_json=json)
    if missing:
        raise typer.Exit(EXIT_CODES[IntegrityFailure])


def _document(row: Row[Any]) -> dict[str, Any]:
    return {
        "handoff": row.handoff_id,
        "step": row.step,
        "change": row.change,
        "side": row.side,
        "agency": row.agency_id,
        "since": row.since,
        "alarm": row.alarmed_at,
        "refused": row.refused,
    }
