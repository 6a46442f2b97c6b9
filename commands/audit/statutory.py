"""`estafette audit statutory`: lists for the supervisory authority, by the DPO."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

import typer
from rich.console import RenderableType

from acts.audit.statutory import ListMade, ListRead
from acts.offered.audits import Period
from commands.terminal.offices import Office, look_in, order_audit
from commands.terminal.options import Caller, Part, day, grouped
from commands.terminal.output import fields, lines, short, show, table
from models.statutory import ListContent, Processed

app = typer.Typer(
    rich_markup_mode=None, help="Persons processed and databases consulted, as DPO."
)


@app.command("make")
@grouped
def make(
    since: Annotated[date, day("--since", help="The first day.")],
    until: Annotated[date, day("--until", help="The last day.")],
    who: Caller,
) -> None:
    """Make the list of persons processed and databases consulted in a period.

    By the DPO, for the own agency. The subject cards are opened for it, which is logged
    as reading; the list is sealed for the DPO and kept on terms of its own.
    """
    period = Period(first=since, last=until)
    done: ListMade = order_audit(who, "statutory_list.make", period)
    said = fields(
        ("list", short(done.made.id)),
        ("persons", done.persons),
        ("databases", done.databases),
        ("kept until", done.made.kept_until),
        ("receipt", done.receipt),
    )
    show(done, said, as_json=who.json)


@app.command("list")
@grouped
def list_(who: Caller, part: Part) -> None:
    """List the statutory lists of your agency, newest first."""
    found = look_in(who, lambda office: [*office.audits.lists(part.window)])
    rows = ((short(e.id), e.first, e.last, e.made_at, e.kept_until) for e in found)
    columns = "list|first day|last day|made|kept until"
    hint = lines(part.more([each.id for each in found]), "dim")
    show(found, table("statutory lists", columns, rows), hint, as_json=who.json)


@app.command("show")
@grouped
def show_(
    list_given: Annotated[
        str, typer.Argument(metavar="LIST", help="Its id, or the start of it.")
    ],
    who: Caller,
) -> None:
    """Show what stands on a statutory list; that you read it is logged."""

    def see(office: Office) -> ListRead:
        return office.audits.list_of(office.id_of("statutory list", list_given))

    page = look_in(who, see)
    show(page, _head(page), *_tables(page.content), as_json=who.json)


def _head(page: ListRead) -> RenderableType:
    made = page.made
    return fields(
        ("list", made.id),
        ("agency", made.agency),
        ("from", made.first),
        ("until", made.last),
        ("made", made.made_at),
        ("kept until", made.kept_until),
        ("receipt", page.receipt),
    )


def _tables(content: ListContent | None) -> Iterator[RenderableType]:
    if content is None:
        yield lines("\nwhat stood on it cannot be opened any more", "dim")
        return
    yield lines("")
    persons = (row for each in content.persons for row in _persons(each))
    yield table("persons", "case|name|number|as|born|address?", persons)
    yield lines("")
    rows = ((e.day, e.source, e.asked, short(e.case)) for e in content.databases)
    yield table("databases", "day|source|asked|case", rows)


def _persons(each: Processed) -> Iterator[tuple[object, ...]]:
    """Yield a row for the enterprise, its establishment, and each natural person."""
    card, case = each.about, short(each.case)
    enterprise = (card.enterprise_name, card.enterprise_number, "enterprise")
    yield (case, *enterprise, None, card.address)
    if card.establishment_name or card.establishment_number:
        place = (card.establishment_name, card.establishment_number, "establishment")
        yield (case, *place, None, "")
    for one in card.persons:
        name = f"{one.first_name} {one.name}"
        born = f"{one.birth_date:%d/%m/%Y}" if one.birth_date else ""
        yield (case, name, one.national_number, one.role, born, one.address)
