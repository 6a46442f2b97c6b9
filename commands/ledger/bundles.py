"""Commands of `estafette ledger` about bundles: files for who lacks our database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from acts.audit.exporting import NAMES, Withheld, export
from acts.audit.keys import PublicKeys
from acts.seat import Seat
from commands.audit.entries import Entries, auditor
from commands.ledger.counting import Witnessed
from commands.ledger.keys import read_keys
from commands.terminal.files import new_file, read_bytes
from commands.terminal.installation import settings_here
from commands.terminal.options import Who, grouped
from commands.terminal.output import fields, lines, show, word
from commands.terminal.seats import look
from ledger.bundle import LONGEST_LINE, Header
from ledger.bundle_twins import SignedSides
from ledger.bundle_verify import Findings, verify_bundle
from ledger.certificate import told_since, verify_certificate
from models.errors import InvalidInput
from models.ids import AgencyId
from runtime.roles import Role
from serving.public_keys import public_keys
from storage.engine import connect

app = typer.Typer(rich_markup_mode=None)

PROVES = (
    "Each entry stood in the ledger, at its number, with these very bytes, before the"
    " checkpoint was signed. Officers, rulings and pages that are shown are those that"
    " the entry speaks of. Nothing was taken out of this file after it was sealed. An"
    " agency that signed a change of a hand-off said at its node that this became of it"
    " then, and that this very entry proves it."
)
DOES_NOT_PROVE = (
    "That no other entry is about the same matter: whoever made the file chose. That"
    " what an entry says is true. That a side did not sign whose record is not here, or"
    " that a change is what its entry is called: compare the two words. And whoever"
    " holds the ledger's signing key could have signed another history: compare the"
    " checkpoint with one that somebody else kept."
)

_STILL_HELD = {
    True: "which this older file still holds",
    False: "of that certificate are held by this file: it may be of another matter",
}


@app.command("export")
@grouped
def export_(
    entries: Entries,
    out: Annotated[Path, typer.Option(metavar="FILE", help="The file to write.")],
    who: Who,
    without: Annotated[
        list[str] | None,
        typer.Option(
            metavar="names|AGENCY",
            help="Leave out officers with rulings and pages, or an agency's entries.",
        ),
    ] = None,
) -> None:
    """Write a part of the trail into one file that anybody can verify offline.

    For auditors. It holds what the latest checkpoint covers; no entry holds content.
    What is left out stays in its place as a hash. That it was made is an entry.
    """
    left_out = without or []
    withheld = Withheld(
        names=NAMES in left_out,
        agencies=frozenset(AgencyId(each) for each in left_out if each != NAMES),
    )

    def write(at: Seat) -> dict[str, object]:
        made = export(at.desk, auditor(at), entries.wanted(at), withheld)
        with closing(made.lines), new_file(out) as file:
            file.writelines(made.lines)
        return {
            "file": str(out),
            "entries": made.entries,
            "size": made.checkpoint.size,
            "root": made.checkpoint.root.hex(),
            "receipt": made.receipt,
        }

    done = look(who, write)
    show(done, fields(*done.items()), as_json=who.json)


@app.command("keys")
def keys() -> None:
    """Print the public keys that bundles are verified with.

    Give them to who verifies by another way than the bundle.
    """
    settings = settings_here()
    database = connect(settings.database(Role.ACTS), pool=1)
    try:
        typer.echo(public_keys(settings, database), nl=False)
    finally:
        database.dispose()


def verify_file(
    path: Path, keys: Path, since: Sequence[Path] = (), *, as_json: bool
) -> None:
    """Verify a bundle with keys from a file, and say what that proves.

    `since` are certificates: what they say is erased counts as such, told or not.
    """
    given = read_keys(keys)
    found = _verified(path, given)
    told = _told_since(path, given, since)
    seen = Witnessed(found.cosigned, len(given.witnesses), found.last)
    document = _document(found) | seen.document | {"erased_since_on": told}
    page = fields(
        ("verified", f"{found.entries} entries"),
        ("about", _about(found.header)),
        ("made at", found.header.made_at),
        ("sealed by", found.sealed_by),
        ("checkpoint", f"covers {found.checkpoint.size} entries"),
        ("root", found.checkpoint.root.hex()),
        *seen.rows,
        *_timestamps(found),
        ("left out", ", ".join(found.header.withheld)),
        ("withheld", f"{found.withheld} entries stand as a hash alone"),
        ("officers", f"{found.opened} named"),
        ("data subjects", f"{found.subjects} commitments to material about them"),
        ("beside them", f"{found.rulings} rulings, {found.pages} pages"),
        *_signed(found.sides),
        *(
            (f"erased on {day}", f"{count} names, salts, rulings or pages")
            for day, count in sorted(found.erased.items())
        ),
        *(
            (f"erased on {day}", f"{count} parts {_STILL_HELD[bool(count)]}")
            for day, count in told.items()
        ),
    )
    words = lines(f"\nThis proves: {PROVES}\nIt does not: {DOES_NOT_PROVE}")
    show(document, page, words, as_json=as_json)


def _told_since(path: Path, keys: PublicKeys, since: Sequence[Path]) -> dict[str, int]:
    """Count, by day, what a file still tells that was erased after it was made."""
    shown = [verify_certificate(read_bytes(each, None), keys.ledger) for each in since]
    erased = {part: each.day for each in shown for part in each.parts}
    with path.open("rb") as file:
        told = told_since(_lines(file), erased)
    return {day: told[day] for day in sorted(each.day for each in shown)}


def _verified(path: Path, keys: PublicKeys) -> Findings:
    try:
        with path.open("rb") as file:
            return verify_bundle(_lines(file), keys)
    except OSError as error:
        raise InvalidInput(
            f"`{path}` cannot be read: {(error.strerror or 'no such file').lower()}",
            help="check the path, and that this account may read it",
        ) from None


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield lines, and no more of a line than a bundle may have."""
    return iter(lambda: file.readline(LONGEST_LINE + 1), b"")


def _document(found: Findings) -> dict[str, object]:
    return {
        "verified": True,
        "about": found.header.about.model_dump(exclude_defaults=True),
        "made_at": found.header.made_at,
        "sealed_by": found.sealed_by,
        "timestamps": [
            {"size": size, "at": at} for size, at in found.timestamps.items()
        ],
        "timestamps_unchecked": found.unchecked,
        "withheld": found.header.withheld,
        "size": found.checkpoint.size,
        "root": found.checkpoint.root.hex(),
        "entries": found.entries,
        "entries_withheld": found.withheld,
        "officers": found.opened,
        "subjects": found.subjects,
        "erased_on": dict(sorted(found.erased.items())),
        "rulings": found.rulings,
        "pages": found.pages,
        "twins": [
            {**each._asdict(), "entries": count}
            for each, count in sorted(found.sides.by.items())
        ],
        "twins_unsigned": found.sides.unsigned,
        "twins_unchecked": dict(sorted(found.sides.unchecked.items())),
        "proves": PROVES,
        "does_not_prove": DOES_NOT_PROVE,
    }


def _timestamps(found: Findings) -> list[tuple[str, object]]:
    """Return by when an authority had seen how many entries of the ledger."""
    said: list[tuple[str, object]] = [
        ("timestamp", f"the first {size} entries were there by {word(at)}")
        for size, at in found.timestamps.items()
    ]
    if found.unchecked:
        told = f"{found.unchecked} not checked: KEYS has no `timestamp` line"
        said.append(("timestamps", told))
    return said


def _signed(sides: SignedSides) -> list[tuple[str, object]]:
    """Return which changes of hand-offs both sides signed, or one of them."""
    said: list[tuple[str, object]] = [
        ("hand-offs", f"{count} {kind} as {change}: {_who(by)}")
        for (kind, change, by), count in sorted(sides.by.items())
    ]
    if sides.unsigned:
        told = f"{sides.unsigned} entries move one, and nobody's record of it is here"
        said.append(("hand-offs", told))
    said.extend(
        ("not checked", f"{count} records of {agency}: KEYS lacks the key they name")
        for agency, count in sorted(sides.unchecked.items())
    )
    return said


def _who(by: Sequence[str]) -> str:
    if by[1:]:
        return f"both sides signed, {' and '.join(by)}"
    return f"only {by[0]} signed" if by else "no signature could be checked"


def _about(header: Header) -> str:
    given = header.about.model_dump(exclude_defaults=True)
    return (
        ", ".join(f"{name} {value}" for name, value in given.items())
        or "whatever its maker chose"
    )
