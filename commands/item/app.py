"""`estafette item`: entering own material, and the one way to read anything."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
from rich.console import RenderableType

from acts.items.reading import OpenedItem
from acts.offered.bodies import Material
from commands.case.views import items_table, taken_back_tables
from commands.item import recalls, releases
from commands.terminal.files import content
from commands.terminal.handling import HandlingOptions
from commands.terminal.offices import Office, look_in, order
from commands.terminal.options import (
    Caller,
    CaseArgument,
    ItemArgument,
    Part,
    grouped,
    text,
)
from commands.terminal.output import fields, lines, show, table
from models.act_kinds import ActKind
from models.agencies import ReadReason
from models.errors import InvalidInput
from models.events import EventKind
from models.handling import Regime

app = typer.Typer(rich_markup_mode=None)


@dataclass(frozen=True)
class MaterialOptions:
    """What is entered, and under which number of the closed list."""

    source: Annotated[
        str, typer.Option(metavar="CODE", help="Number in the list, such as src.3.")
    ]
    words: Annotated[str | None, text("--text", help="A fact, in words.")] = None
    file: Annotated[
        Path | None, typer.Option(metavar="PATH", help="A document, byte by byte.")
    ] = None

    def content(self) -> dict[str, Any]:
        """Return what is entered, as the fields of what the act says.

        Raises:
            InvalidInput: neither or both were given, or the file cannot be read.
        """
        if (self.words is None) == (self.file is None):
            raise InvalidInput(
                "give either `--text` or `--file`", help="one item is one of the two"
            )
        return content(self.words, self.file)


@app.command("add")
@grouped
def add(
    case: CaseArgument, given: MaterialOptions, handling: HandlingOptions, who: Caller
) -> None:
    """Enter own material in the file (119ter §6).

    Give `--text` or `--file`. It is sealed at once; how it may be handled is fixed now.
    """
    said = given.content()

    def material(office: Office, where: UUID) -> Material:
        article = office.pack_of(where).source(given.source).article
        chosen = handling.handling(article, office.today, Regime.GDPR)
        return Material(**said, source=given.source, handling=chosen)

    order(who, ActKind.ITEM_ADD, case, material)


@app.command("show")
@grouped
def show_(
    item: ItemArgument,
    reason: Annotated[
        ReadReason, typer.Option(help="Why you read it; written in the ledger.")
    ],
    who: Caller,
    save: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Write what it holds to a file.")
    ] = None,
) -> None:
    """Read one item: ruled on, logged, then opened.

    Prints what it holds, and the receipt of the entry that says who read it and why.
    """
    if save is not None and save.exists():
        raise InvalidInput(f"`{save}` is there already", help="name a new file")
    opened = look_in(
        who, lambda office: office.item(office.id_of("item", item), reason)
    )
    if save is not None:
        _save(save, opened.body)
    show(_document(opened), _head(opened), _content(opened, save), as_json=who.json)


@app.command("list")
@grouped
def list_(case: CaseArgument, who: Caller, part: Part) -> None:
    """List the items of a case that you may read: kind, source, handling."""
    found = look_in(
        who, lambda office: office.items(office.id_of("case", case), part.window)
    )
    rows = (*found.taken_back, *found.items)
    document = [each.model_dump(mode="json", exclude={"audience"}) for each in rows]
    hint = lines(part.more([each.item for each in found.items]), "dim")
    page = (*taken_back_tables(found.taken_back), items_table(found.items))
    show(document, *page, hint, as_json=who.json)


@app.command("readers")
@grouped
def readers(item: ItemArgument, who: Caller) -> None:
    """Show to whom an item was released: for superiors.

    Officers of your own agency by name, and why they opened it; those of others, of
    what your agency gave, as function and service number, once it was released.
    """
    found = look_in(
        who, lambda office: [*office.readers_of(office.id_of("seen item", item))]
    )
    rows = (
        (
            r.at, "released" if r.kind == EventKind.ITEM_RELEASED else "listed",
            r.agency, r.function, r.officer, r.service_number, r.reason,
        )
        for r in found
    )  # fmt: skip
    page = table("readers", "when|how|agency|function|officer|number|why?", rows)
    show(found, page, as_json=who.json)


for _name, _command in (*releases.COMMANDS, *recalls.COMMANDS):
    app.command(_name)(_command)


def _document(opened: OpenedItem) -> dict[str, Any]:
    known = opened.known.model_dump(mode="json", exclude={"audience"})
    try:
        content = {"encoding": "utf-8", "body": opened.body.decode()}
    except UnicodeDecodeError:
        content = {"encoding": "base64", "body": base64.b64encode(opened.body).decode()}
    return {
        **known,
        **content,
        "ruling": str(opened.ruling),
        "receipt": opened.receipt,
    }


def _head(opened: OpenedItem) -> RenderableType:
    known, handling = opened.known, opened.known.handling
    grade = f"{handling.source_grade}{handling.information_grade}"
    return fields(
        ("item", str(known.item)),
        ("kind", known.kind),
        ("from", known.originator),
        ("source", known.source),
        ("basis", handling.basis),
        ("nature", f"{handling.nature}, grade {grade}, {handling.code}"),
        ("label", f"TLP {handling.tlp}"),
        ("speaks of", handling.data_subject),
        ("disclosable", handling.disclosable),
        ("judicial hold", handling.judicial_hold),
        ("readable until", handling.expires_on),
        ("ruling", opened.ruling),
        ("receipt", opened.receipt),
    )


def _content(opened: OpenedItem, saved: Path | None) -> RenderableType:
    if saved is not None:
        return lines(f"\n{len(opened.body)} bytes are in {saved}")
    try:
        return lines(f"\n{opened.body.decode()}")
    except UnicodeDecodeError:
        return lines(f"\n{len(opened.body)} bytes that are no text: use --save PATH")


def _save(path: Path, body: bytes) -> None:
    """Write what was read where only this account reads it; never over a file."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(body)
    except OSError as error:
        raise InvalidInput(
            f"`{path}` cannot be written: {(error.strerror or 'unknown').lower()}",
            help="the item was read and that is logged; name another file",
        ) from None
