"""`estafette ledger`: recompute the whole trail from the database, and publish it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from sqlalchemy import Connection

from commands.ledger import bundles, certificates
from commands.ledger.publishing import publish, verify_published
from commands.ledger.twins import twins
from commands.ledger.verifying import (
    DOES_NOT_PROVE,
    PROVES,
    Believed,
    Findings,
    verify_whole,
)
from commands.ledger.witnesses import witnesses
from commands.terminal.files import read_bytes
from commands.terminal.installation import settings_here
from commands.terminal.noted import note_read
from commands.terminal.options import AsJson
from commands.terminal.output import fields, lines, show
from ledger.verify import StoredEntry
from models.errors import InvalidInput
from runtime.keys import ledger_verifier
from runtime.roles import Role
from runtime.settings import Settings
from runtime.timestamping import authorities
from serving.public_keys import trust_in
from storage.engine import connect, transaction
from storage.log import ledger as log

app = typer.Typer(rich_markup_mode=None)
app.command("publish")(publish)
app.command("witnesses")(witnesses)
app.command("twins")(twins)
app.add_typer(bundles.app)
app.add_typer(certificates.app)


@app.command("verify")
def verify(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            help="A bundle, certificate or published directory; else the whole ledger.",
        ),
    ] = None,
    keys: Annotated[
        Path | None,
        typer.Option(metavar="KEYS", help="Public keys for FILE, one a line."),
    ] = None,
    against: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="CHECKPOINT", help="A checkpoint that somebody kept; repeatable."
        ),
    ] = None,
    since: Annotated[
        list[Path] | None,
        typer.Option(
            "--certificate",
            metavar="CERTIFICATE",
            help="What was erased since FILE was made; repeatable.",
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Recompute every hash, root and signature, and what entries say of rulings.

    Exit code 8 if one differs. A bundle needs neither database nor network, nor does
    the directory of a published log. Of the whole ledger the public key is read from
    `ledger.vkey` in the data directory; what is not ordered yet is counted and said.
    """
    if (file is None) != (keys is None) or (file and against):
        raise InvalidInput(
            "a file is verified with a file of keys alone, and the ledger without",
            help="give FILE and `--keys KEYS`, or neither",
        )
    if file and keys:
        return _verify_file(file, keys, since or [], as_json=json)
    if since:
        raise _no_bundle()
    _show(_verify(settings_here(), against or [], quiet=json), as_json=json)


def _verify_file(file: Path, keys: Path, since: list[Path], *, as_json: bool) -> None:
    if file.exists() and not (file.is_file() or file.is_dir()):
        raise InvalidInput(
            f"`{file}` is no plain file, and is read more than once",
            help="write what comes from there to a file",
        )
    if file.is_dir() or certificates.is_one(file):
        if since:
            raise _no_bundle()
        given = verify_published if file.is_dir() else certificates.verify_file
        return given(file, keys, as_json=as_json)
    bundles.verify_file(file, keys, since, as_json=as_json)


def _no_bundle() -> InvalidInput:
    return InvalidInput(
        "`--certificate` goes with a bundle that was made before it",
        help="verify a certificate by itself: give it as FILE",
    )


def _show(found: Findings, *, as_json: bool) -> None:
    held = found.held
    page = [
        fields(
            ("verified", f"{held.entries} entries, {held.checkpoints} checkpoints"),
            ("last checkpoint", f"covers {held.size} entries"),
            ("root", held.root.hex()),
            ("cosignatures", f"{found.cosignatures} of checkpoints that are here"),
            (
                "officers",
                f"{found.officers.opened} named, {found.officers.erased} erased",
            ),
            (
                "data subjects",
                f"{found.officers.subjects} commitments to material about them,"
                f" {found.officers.subjects_erased} erased",
            ),
            ("erasures", f"{found.erasures} entries say what was erased"),
            ("timestamps", found.stamped.words),
            ("rulings", f"{found.rulings} stored as their entries say"),
            ("releases", f"{found.sightings} lines, all borne out by entries"),
            ("changes of hand-offs", found.twins.words),
            ("audits", f"{found.audits} rows, all borne out by entries"),
            ("waiting", f"{found.waiting} entries staged and not yet ordered"),
        ),
        lines(f"\nThis proves: {PROVES}\nIt does not: {DOES_NOT_PROVE}"),
    ]
    show(_document(found), *page, as_json=as_json)


def _document(found: Findings) -> dict[str, object]:
    held = found.held
    return {
        "verified": True,
        "entries": held.entries,
        "checkpoints": held.checkpoints,
        "size": held.size,
        "root": held.root.hex(),
        "cosignatures": found.cosignatures,
        "officers": found.officers.opened,
        "officers_erased": found.officers.erased,
        "subjects": found.officers.subjects,
        "subjects_erased": found.officers.subjects_erased,
        "erasures": found.erasures,
        "rulings": found.rulings,
        "sightings": found.sightings,
        "twins": found.twins.signed,
        "twins_missing": found.twins.missing,
        "twins_unchecked": found.twins.unchecked,
        "audits": found.audits,
        "timestamps": found.stamped.checked,
        "timestamps_unchecked": found.stamped.unchecked,
        "timestamped_size": found.stamped.size,
        "timestamped_at": found.stamped.at,
        "waiting": found.waiting,
        "waiting_since": found.since,
        "proves": PROVES,
        "does_not_prove": DOES_NOT_PROVE,
    }


def _verify(settings: Settings, against: list[Path], *, quiet: bool) -> Findings:
    """Read one snapshot, so that what is appended meanwhile does not disturb."""
    believed = Believed(
        key=ledger_verifier(settings),
        trust=trust_in(settings),
        authorities=authorities(settings),
        kept={f"`{path}`": _text(path) for path in against},
    )
    note_read(settings, Role.LEDGER, "ledger verify")
    with (
        _lent(settings, Role.LEDGER) as connection,
        _lent(settings, Role.RECORD) as record,
    ):
        log.share_snapshot(connection, record)
        track = partial(_shown, quiet=quiet)
        return verify_whole(connection, record, believed, track)


def _text(path: Path) -> str:
    return read_bytes(path).decode("utf-8", "replace")


@contextmanager
def _lent(settings: Settings, role: Role) -> Iterator[Connection]:
    """Lend one transaction as a role; the integrator's sees the log, no ruling."""
    database = connect(settings.database(role), pool=1)
    still = database.execution_options(isolation_level="REPEATABLE READ")
    try:
        with transaction(still) as connection:
            yield connection
    finally:
        database.dispose()


def _shown(
    entries: Iterator[StoredEntry], expected: int, *, quiet: bool
) -> Iterable[StoredEntry]:
    if quiet or not sys.stderr.isatty():
        return entries
    console = Console(stderr=True)
    return track(entries, "verifying", total=expected, console=console, transient=True)
