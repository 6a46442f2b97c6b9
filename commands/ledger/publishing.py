"""Commands of `estafette ledger` that hand the log to those who will check it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from commands.ledger.counting import Witnessed
from commands.ledger.keys import read_keys
from commands.terminal.installation import settings_here
from commands.terminal.noted import note_read
from commands.terminal.options import AsJson
from commands.terminal.output import fields, lines, show
from ledger.checkpoint import parse
from ledger.cosignature import add, agency_of, cosigners
from models.errors import NotFound
from runtime.keys import ledger_verifier
from runtime.roles import Role
from runtime.settings import Settings
from storage.engine import connect, transaction
from storage.log import ledger as log
from storage.log import witnessing
from storage.log.publication import publish as write
from storage.log.published import check

PROVES = (
    "The tiles are those of the checkpoint, which the ledger's key signed; proofs for"
    " every entry and every earlier size can be made from them."
)
DOES_NOT_PROVE = (
    "What entries say; hashes tell nothing. And whoever holds the ledger's signing key"
    " could publish another history elsewhere: compare the checkpoint with one that"
    " somebody else kept, or count its cosignatures."
)

_Place = Annotated[
    Path,
    typer.Option(
        "--to", metavar="DIR", file_okay=False, help="Directory that is served."
    ),
]


def publish(to: _Place, json: AsJson = False) -> None:
    """Write hash tiles and the latest checkpoint, as C2SP tlog-tiles lays them out.

    Writes what is new since the last time, and refuses (exit code 8) when the log does
    not continue what was published. Hashes and counts only: no entry leaves.
    """
    settings = settings_here()
    key = ledger_verifier(settings)
    note_read(settings, Role.LEDGER, "ledger publish")
    with as_integrator(settings) as connection:
        note = log.latest_checkpoint(connection)
        if note is None:
            raise NotFound(
                "the ledger has no checkpoint yet", help="try again in a moment"
            )
        size = parse(note).size
        note = add(note, witnessing.cosignatures(connection, size))
        done = write(to, note, key, partial(log.hashes, connection))
    root = parse(note).root.hex()
    page = fields(
        ("published", f"{done.now} entries, {done.before} of them before"),
        ("root", root),
        ("tiles", f"{done.tiles} written"),
    )
    show({**done._asdict(), "root": root}, page, as_json=json)


def verify_published(place: Path, keys: Path, *, as_json: bool) -> None:
    """Verify a directory that somebody published, without database or network."""
    given = read_keys(keys)
    note, held = check(place, given.ledger)
    names = [agency_of(each) for each in cosigners(note, given.witnesses)]
    seen = Witnessed({held.size: names} if names else {}, len(given.witnesses))
    root = held.root.hex()
    document = {"verified": True, "size": held.size, "root": root, **seen.document}
    page = fields(
        ("verified", f"tiles of {held.size} entries"),
        ("root", root),
        *seen.rows,
    )
    words = lines(f"\nThis proves: {PROVES}\nIt does not: {DOES_NOT_PROVE}")
    show(
        {
            **document,
            **seen.document,
            "proves": PROVES,
            "does_not_prove": DOES_NOT_PROVE,
        },
        page,
        words,
        as_json=as_json,
    )


@contextmanager
def as_integrator(settings: Settings) -> Iterator[Connection]:
    """Lend one transaction, still, as the role that sees the log and no case."""
    database = connect(settings.database(Role.LEDGER), pool=1)
    still = database.execution_options(isolation_level="REPEATABLE READ")
    try:
        with transaction(still) as connection:
            yield connection
    finally:
        database.dispose()
