"""`estafette pack`: the law of a route as data. Needs no database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from commands.terminal.options import AsJson, day
from commands.terminal.output import fields, show, table
from models.clock import legal_day
from models.law.clocks import Clock
from models.law.procedure import AgencyRole
from models.packs import Pack
from policies.loading import PACKS, load_packs

app = typer.Typer(rich_markup_mode=None)

Rows = Iterator[Sequence[object]]


class Part(StrEnum):
    """The parts of a pack that are shown as a table."""

    STAGES = "stages"
    ACTS = "acts"
    SOURCES = "sources"
    CLOCKS = "clocks"
    PRECONDITIONS = "preconditions"
    REQUIREMENTS = "requirements"
    OUTCOMES = "outcomes"
    OFFENCES = "offences"
    LIMBS = "limbs"
    PERSONS = "persons"
    ACTIVITIES = "activities"
    AGE_FILTERS = "age_filters"
    STATUTES = "statutes"


@app.command("list")
def list_(json: AsJson = False) -> None:
    """List the packs, and whether they are in force."""
    packs = load_packs().packs
    rows = [(p.id, p.version, p.status, p.title.en) for p in packs]
    names = ("pack", "version", "status", "title")
    show(
        [dict(zip(names, row, strict=True)) for row in rows],
        table("packs", "pack|from|status|route", rows),
        as_json=json,
    )


@app.command("show")
def show_(
    pack: Annotated[str, typer.Argument(metavar="PACK", help="Such as be-119ter.")],
    part: Annotated[Part | None, typer.Option(help="One part only.")] = None,
    on: Annotated[
        date | None, day("--on", help="The version that holds on a day (today).")
    ] = None,
    json: AsJson = False,
) -> None:
    """Show what a pack allows and demands, with articles.

    The mark tells how sure we are of a row: F was read in the statute; counsel has to
    confirm every other. `--part statutes` says what the short names of laws stand for.
    """
    found = load_packs().current(pack, on or legal_day(datetime.now(UTC)))
    parts = [part] if part else list(Part)
    head = fields(
        ("pack", f"{found.id} of {found.version}"),
        ("route", found.title.en),
        ("status", found.status),
        ("digest", found.digest),
    )
    tables = [_table(each, found) for each in parts]
    show(_document(found, part), *([] if part else [head]), *tables, as_json=json)


@app.command("check")
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER", exists=True, file_okay=False, help="Packs; ours if none."
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Check pack files.

    The first fault is named with its file and line, and exit code 2.
    """
    packs = load_packs(folder or PACKS).packs
    rows = [(p.id, p.version, p.digest) for p in packs]
    document = {
        "valid": True,
        "packs": [{"pack": p, "version": v, "digest": d} for p, v, d in rows],
    }
    show(document, table("packs that hold", "pack|from|digest", rows), as_json=json)


def _document(pack: Pack, part: Part | None) -> object:
    whole = pack.model_dump(mode="json")
    if part is None:
        return whole
    if part is Part.ACTIVITIES:
        return whole["scope"]["activities"] if whole["scope"] else []
    if part is Part.STATUTES:
        return [{"key": key, **row} for key, row in whole["statutes"].items()]
    return whole[part]


def _table(part: Part, pack: Pack) -> RenderableType:
    columns, rows = _TABLES[part]
    return table(part, columns, rows(pack))


def _stages(pack: Pack) -> Rows:
    for row in pack.stages:
        yield row.code, row.label.en, row.article, row.mark


def _acts(pack: Pack) -> Rows:
    for row in pack.acts:
        whose = "any" if row.agency is AgencyRole.ANY else f"the {row.agency}"
        by = f"{' or '.join(row.by)} of {whose} agency"
        yield row.act, by, ", ".join(row.stages), row.to, row.article, row.mark


def _sources(pack: Pack) -> Rows:
    for row in pack.sources:
        asked_by = ", ".join(row.asked_by)
        yield row.code, row.label.en, row.kind, row.agency_kind, asked_by, row.article


def _clocks(pack: Pack) -> Rows:
    for row in pack.clocks:
        length = _length(row)
        longer = (
            f"{row.extension.times} x {row.extension.length}" if row.extension else ""
        )
        yield row.code, row.label.en, length, longer, row.article, row.mark


def _length(row: Clock) -> str:
    if row.length is None:
        return "not fixed"
    unit = row.unit.replace("_", " ")
    return f"{row.length} {unit.removesuffix('s') if row.length == 1 else unit}"


def _preconditions(pack: Pack) -> Rows:
    for row in pack.preconditions:
        yield row.code, row.label.en, row.scope, row.article, row.mark


def _requirements(pack: Pack) -> Rows:
    for row in pack.requirements:
        yield row.code, row.label.en, row.act, row.article, row.mark


def _outcomes(pack: Pack) -> Rows:
    for row in pack.outcomes:
        yield row.code, row.label.en, row.negative, row.regime, row.article, row.mark


def _offences(pack: Pack) -> Rows:
    for row in pack.offences:
        yield row.code, row.point, row.label.en, row.article, row.mark


def _limbs(pack: Pack) -> Rows:
    for row in pack.limbs:
        yield row.code, row.label.en, row.article, row.mark


def _persons(pack: Pack) -> Rows:
    for row in pack.persons:
        yield row.code, row.label.en, row.needs_reasons, row.article, row.mark


def _activities(pack: Pack) -> Rows:
    for row in pack.scope.activities if pack.scope else ():
        yield row.number, row.code, row.label.en, row.sector, row.article, row.mark


def _age_filters(pack: Pack) -> Rows:
    for row in pack.age_filters:
        yield row.code, row.label.en, row.years, row.tested, row.article, row.mark


def _statutes(pack: Pack) -> Rows:
    for key, row in pack.statutes.items():
        yield key, row.title.en, row.enacted, row.in_force, row.mark


_TABLES: dict[Part, tuple[str, Callable[[Pack], Rows]]] = {
    Part.STAGES: ("code|stage|article|mark", _stages),
    Part.ACTS: ("act|by|in stage|leads to|article|mark", _acts),
    Part.SOURCES: ("code|source|kind|answered by|asked by|article", _sources),
    Part.CLOCKS: ("code|term|length|extension|article|mark", _clocks),
    Part.PRECONDITIONS: ("code|precondition|scope|article|mark", _preconditions),
    Part.REQUIREMENTS: ("code|demanded|before|article|mark", _requirements),
    Part.OUTCOMES: ("code|outcome|negative|regime|article|mark", _outcomes),
    Part.OFFENCES: ("code|point|offence|article|mark", _offences),
    Part.LIMBS: ("code|limb of the test|article|mark", _limbs),
    Part.PERSONS: ("code|who may be examined|needs reasons|article|mark", _persons),
    Part.ACTIVITIES: ("no|code|activity|sector|article|mark", _activities),
    Part.AGE_FILTERS: ("code|age filter|years|tested|article|mark", _age_filters),
    Part.STATUTES: ("short|legal text|of|in force since|mark", _statutes),
}
