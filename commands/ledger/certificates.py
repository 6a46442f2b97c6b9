"""Commands of `estafette ledger` about certificates: what was erased, naming nobody."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from acts.audit.auditing import TrailLine
from acts.audit.certifying import certify, erasures
from acts.seat import Seat
from commands.audit.entries import Entries, auditor
from commands.ledger.keys import read_keys
from commands.terminal.files import new_file, read_bytes
from commands.terminal.options import Part, Who, grouped
from commands.terminal.output import fields, lines, short, show, table
from commands.terminal.references import entry_id
from commands.terminal.seats import look
from ledger.bundle import LONGEST_LINE
from ledger.certificate import MARK, Certified, verify_certificate
from ledger.erased import KINDS

app = typer.Typer(rich_markup_mode=None)

PROVES = (
    "The ledger says that these parts were erased on that day, under that article, and"
    " no other parts by that entry. Nothing here names anybody."
)
DOES_NOT_PROVE = (
    "That nobody kept a copy from before. Nor that there are such receipts of keys:"
    " nothing in this file signs their hashes, so ask each agency for the one that"
    " hashes so."
)


@app.command("certificates")
@grouped
def certificates(entries: Entries, who: Who, part: Part) -> None:
    """List what was erased: data of a class, or names beside old entries.

    For auditors, about the agencies that they watch over; latest first.
    """
    found = look(
        who,
        lambda at: erasures(at.desk, auditor(at), entries.wanted(at), part.window),
    )
    hint = lines(part.more([each.entry for each in found]), "dim")
    show(found, _table(found), hint, as_json=who.json)


@app.command("certificate")
@grouped
def certificate(
    erasure: Annotated[str, typer.Argument(metavar="ERASURE", help="Its id.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="The file to write.")],
    who: Who,
) -> None:
    """Write the certificate of an erasure: one file that anybody can verify offline.

    For auditors. It says what was erased, how much, when and under which article, and
    whose nodes signed that keys are destroyed. It names nobody.
    """

    def made(at: Seat) -> dict[str, object]:
        reader = auditor(at)
        written = certify(at.desk, reader, entry_id(at, erasure))
        with new_file(out) as file:
            file.write(written)
        return {"file": str(out), "bytes": len(written)}

    done = look(who, made)
    show(done, fields(*done.items()), as_json=who.json)


def is_one(path: Path) -> bool:
    """Tell whether a file is, or says that it is, a certificate."""
    try:
        with path.open("rb") as file:
            return MARK in file.readline(LONGEST_LINE)
    except OSError:
        return False  # whoever reads it says why it cannot be read


def verify_file(path: Path, keys: Path, *, as_json: bool) -> None:
    """Verify a certificate with keys from a file, and say what that proves."""
    found = verify_certificate(read_bytes(path, None), read_keys(keys).ledger)
    document = _document(found) | {"proves": PROVES, "does_not_prove": DOES_NOT_PROVE}
    page = fields(
        ("verified", f"erased on {found.day}"),
        ("by", str(found.entry.get("agency", ""))),
        ("what", str(found.entry.get("detail", ""))),
        ("article", str(found.entry.get("article", ""))),
        *_counts(found),
        *((f"keys at {each.agency}", each.receipt) for each in found.receipts),
        ("checkpoint", f"covers {found.size} entries"),
    )
    words = lines(f"\nThis proves: {PROVES}\nIt does not: {DOES_NOT_PROVE}")
    show(document, page, words, as_json=as_json)


def _document(found: Certified) -> dict[str, object]:
    said = ("id", "kind", "agency", "case", "article", "detail")
    return {
        "verified": True,
        "erased_on": found.day,
        **{name: found.entry[name] for name in said if name in found.entry},
        **dict(_counts(found)),
        "receipts": [each.model_dump() for each in found.receipts],
        "size": found.size,
    }


def _counts(found: Certified) -> list[tuple[str, int]]:
    items, said = found.entry.get("items"), found.entry.get("erased")
    counts = said if isinstance(said, dict) else {}
    counted = [(name, _number(counts.get(name))) for name in KINDS]
    return [("items", len(items) if isinstance(items, list) else 0), *counted]


def _number(said: object) -> int:
    """Return a count; an entry that came in a file may say anything."""
    return said if isinstance(said, int) else 0


def _table(found: Sequence[TrailLine]) -> RenderableType:
    rows = (
        (
            short(each.entry),
            each.at,
            each.agency,
            each.detail,
            _erased(each),
            short(each.case),
            each.article,
        )
        for each in found
    )
    columns = "erasure|at|agency|what|erased|case?|article?"
    return table("erasures", columns, rows)


def _erased(line: TrailLine) -> str:
    """Return how much an erasure took: items, and what lay beside earlier entries."""
    counts = {name: getattr(line.erased, name, 0) for name in KINDS}
    named = {"items": len(line.items), **counts}
    return ", ".join(f"{name} {count}" for name, count in named.items() if count)
