"""`estafette ledger`: recompute the whole trail from the database, and publish it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from cryptography import x509
from rich.console import Console
from rich.progress import track
from sqlalchemy import Connection

from commands.ledger import bundles
from commands.ledger.publishing import publish
from commands.ledger.witnesses import witnesses
from commands.terminal.options import AsJson
from commands.terminal.output import fields, lines, show, word
from ledger.checkpoint import parse
from ledger.cited import cited_rulings, verify_rulings
from ledger.shown import sights
from ledger.timestamp import verify_timestamp
from ledger.verify import StoredEntry, Verification, verify_entries
from models.errors import InvalidInput
from policies.loading import load_packs
from runtime.keys import ledger_verifier
from runtime.roles import Role
from runtime.settings import Settings, load_settings
from runtime.timestamping import authorities
from storage import ledger as log
from storage import rulings, sightings, timestamps
from storage.engine import connect, transaction
from storage.sightings import Guards

app = typer.Typer(rich_markup_mode=None)
app.command("publish")(publish)
app.command("witnesses")(witnesses)
app.add_typer(bundles.app)

PROVES = (
    "Every entry hashes to its leaf, every leaf is in the tree, and every checkpoint is"
    " signed by the ledger's key: nothing was changed, removed or reordered since the"
    " checkpoint that covers it. Every ruling that an entry cites is stored as it was"
    " given, with its facts. Who saw which item is listed as entries and pages say it."
)
DOES_NOT_PROVE = (
    "Who holds the signing key could rewrite the whole ledger and sign it anew; only"
    " checkpoints and receipts that others kept show that. Entries beyond the last"
    " checkpoint, and those not ordered yet, are not covered. That what an entry says"
    " is true is not shown either."
)


@dataclass(frozen=True)
class Stamped:
    """How many timestamps were checked, and what the last one covers, since when."""

    checked: int = 0
    unchecked: int = 0
    size: int = 0
    at: datetime | None = None

    @property
    def words(self) -> str:
        """Return it for people; without any timestamp there is nothing to say."""
        if self.unchecked:
            return f"{self.unchecked} not checked: no authority is believed here"
        last = f"the last, of {word(self.at)}, covers {self.size} entries"
        return f"{self.checked}; {last}" if self.checked else ""


@dataclass(frozen=True)
class Findings:
    """What held, and what waits to be ordered since when."""

    held: Verification
    rulings: int
    sightings: int
    waiting: int
    since: datetime | None
    stamped: Stamped


@app.command("verify")
def verify(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="A bundle; without it the whole ledger."),
    ] = None,
    keys: Annotated[
        Path | None,
        typer.Option(metavar="KEYS", help="Public keys for a bundle, one a line."),
    ] = None,
    json: AsJson = False,
) -> None:
    """Recompute every hash, root and signature, and what entries say of rulings.

    Exit code 8 if one differs. A bundle needs neither database nor network. Of the
    whole ledger the public key is read from `ledger.vkey` in the data directory; what
    is not ordered yet is counted and said.
    """
    if (file is None) != (keys is None):
        raise InvalidInput(
            "a bundle is verified with a file of keys, and the ledger without",
            help="give both FILE and `--keys KEYS`, or neither",
        )
    if file and keys:
        bundles.verify_file(file, keys, as_json=json)
        return
    _show(_verify(load_settings(), quiet=json), as_json=json)


def _show(found: Findings, *, as_json: bool) -> None:
    held = found.held
    document = {
        "verified": True,
        "entries": held.entries,
        "checkpoints": held.checkpoints,
        "size": held.size,
        "root": held.root.hex(),
        "uncovered": held.uncovered,
        "rulings": found.rulings,
        "sightings": found.sightings,
        "timestamps": found.stamped.checked,
        "timestamps_unchecked": found.stamped.unchecked,
        "timestamped_size": found.stamped.size,
        "timestamped_at": found.stamped.at,
        "waiting": found.waiting,
        "waiting_since": found.since,
        "proves": PROVES,
        "does_not_prove": DOES_NOT_PROVE,
    }
    page = [
        fields(
            ("verified", f"{held.entries} entries, {held.checkpoints} checkpoints"),
            ("last checkpoint", f"covers {held.size} entries"),
            ("root", held.root.hex()),
            ("after it", f"{held.uncovered} entries that no checkpoint covers yet"),
            ("timestamps", found.stamped.words),
            ("rulings", f"{found.rulings} stored as their entries say"),
            ("who saw what", f"{found.sightings} lines, all borne out by entries"),
            ("waiting", f"{found.waiting} entries staged and not yet ordered"),
        ),
        lines(f"\nThis proves: {PROVES}\nIt does not: {DOES_NOT_PROVE}"),
    ]
    show(document, *page, as_json=as_json)


def _verify(settings: Settings, *, quiet: bool) -> Findings:
    """Read one snapshot, so that what is appended meanwhile does not disturb."""
    key = ledger_verifier(settings)
    with (
        _lent(settings, Role.LEDGER) as connection,
        _lent(settings, Role.RECORD) as record,
    ):
        log.share_snapshot(connection, record)
        notes = log.checkpoints(connection)
        expected = parse(notes[-1]).size if notes else 0
        with closing(log.entries(connection)) as entries:
            shown = _shown(entries, expected, quiet=quiet)
            held = verify_entries(shown, notes, key)
        with closing(log.entries(connection)) as entries:
            recompute = partial(rulings.commitments, record)
            checked = verify_rulings(cited_rulings(entries), recompute)
        with closing(log.everything(connection)) as entries:
            seen = sightings.verify(record, sights(entries), _guards())
        stamped = _stamped(connection, authorities(settings))
        waiting, since = log.staged(connection)
    return Findings(held, checked, seen, waiting, since, stamped)


def _stamped(connection: Connection, believed: Sequence[x509.Certificate]) -> Stamped:
    """Check every timestamp over the checkpoint that is stored; that one is signed."""
    kept = timestamps.every(connection)
    if not kept or not believed:
        return Stamped(unchecked=len(kept))
    times = [verify_timestamp(each.reply, each.note, believed) for each in kept]
    return Stamped(checked=len(times), size=kept[-1].size, at=times[-1])


def _guards() -> Guards:
    packs = load_packs()

    def has_guard(route: str, version: date, source: str) -> bool:
        return packs.get(route, version).source(source).guard is not None

    return has_guard


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
