"""`estafette directory`: who takes part and who acts for them, for operators.

No officer does this. It connects as the role that owns the tables, whose password is
where the tables are migrated and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from commands.terminal.files import fill, read_form
from commands.terminal.installation import settings_here
from commands.terminal.options import AsJson
from commands.terminal.output import fields, show, table
from models.agencies import Agency, Officer, OfficerFunction
from models.directory import Directory
from runtime.clock import clock_for
from runtime.roles import Role
from storage.engine import connect, transaction
from storage.people import changing
from storage.people import directory as rows
from storage.people.taking_in import take_in

app = typer.Typer(rich_markup_mode=None)

_Officer = Annotated[
    str, typer.Argument(metavar="AGENCY/OFFICER", help="Whose functions.")
]


def read_directory(path: Path) -> Directory:
    """Return what a file says of the directory.

    Raises:
        InvalidInput: names the line or the field that does not hold.
    """
    return fill(Directory, read_form(path), path)


@app.command("enter")
def enter(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="YAML or JSON: agencies, officers.")
    ],
    json: AsJson = False,
) -> None:
    """Enter agencies, officers and who watches over whom.

    What is there already stays, and a file that says otherwise is refused whole. What
    is not in the file stays too: nobody leaves by being left out. Each agency's own
    node publishes its keys.
    """
    given = read_directory(file)
    with _as_owner() as (connection, at):
        done = take_in(connection, given, at=at)
    page = fields(
        ("agencies", f"{len(done.agencies)} entered"),
        ("officers", f"{len(done.officers)} entered"),
        ("oversight", f"{len(done.oversight)} entered"),
    )
    document = {
        "agencies": [each.id for each in done.agencies],
        "officers": [each.id for each in done.officers],
        "oversight": done.oversight,
    }
    show(document, page, as_json=json)


@app.command("change")
def change(
    officer: _Officer,
    function: Annotated[
        list[OfficerFunction],
        typer.Option("--function", help="What they do from now on; repeatable."),
    ],
    json: AsJson = False,
) -> None:
    """Give an officer these functions and no others, at once.

    Somebody who left comes back in this way.
    """
    with _as_owner() as (connection, at):
        done = changing.change(connection, officer, set(function), at=at)
    _tell(done, as_json=json)


@app.command("leave")
def leave(officer: _Officer, json: AsJson = False) -> None:
    """Take every function from an officer who leaves, at once.

    Their sign-ins, the address of their calendar and the ways by which they heard of
    notices end. Cases where they were designated stay so until a colleague is.
    """
    with _as_owner() as (connection, at):
        done = changing.leave(connection, officer, at=at)
    _tell(done, as_json=json)


@app.command("list")
def list_(json: AsJson = False) -> None:
    """List agencies and officers, for `--as` and for an identity provider's claims."""
    with _as_owner() as (connection, _):
        agencies = rows.agencies(connection)
        officers = rows.officers(connection)
        oversight = rows.oversight(connection)
    over = {a.id: [o.auditor for o in oversight if o.agency == a.id] for a in agencies}
    document = {
        "agencies": [
            {
                "id": each.id,
                "kind": each.kind,
                "name": each.name,
                "keys_published": _has_keys(each),
                "watched_over_by": over[each.id],
            }
            for each in agencies
        ],
        "officers": [_document(each) for each in officers],
    }
    bodies = table(
        "agencies",
        "agency|kind|name|keys published|watched over by",
        (
            (a.id, a.kind, a.name.en, _has_keys(a), ", ".join(over[a.id]))
            for a in agencies
        ),
    )
    people = table(
        "officers",
        "officer|functions|service number",
        ((each.id, _said(each), each.service_number) for each in officers),
    )
    show(document, bodies, people, as_json=json)


@contextmanager
def _as_owner() -> Iterator[tuple[Connection, datetime]]:
    """Lend one transaction as the owner, and say what legal time it is."""
    settings = settings_here()
    database = connect(settings.database(Role.OWNER), pool=1)
    try:
        at = clock_for(settings, database).now()
        with transaction(database) as connection:
            yield connection, at
    finally:
        database.dispose()


def _tell(officer: Officer, *, as_json: bool) -> None:
    page = fields(("officer", officer.id), ("functions", _said(officer)))
    show(_document(officer), page, as_json=as_json)


def _document(officer: Officer) -> dict[str, object]:
    return {
        "id": officer.id,
        "functions": sorted(officer.functions),
        "service_number": officer.service_number,
    }


def _said(officer: Officer) -> str:
    return ", ".join(sorted(officer.functions)) or "has left"


def _has_keys(agency: Agency) -> bool:
    """Tell whether something can be sealed for it: its node has stated a key."""
    return bool(agency.statement)
