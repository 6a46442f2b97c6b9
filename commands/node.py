"""`estafette node`: an agency's node, for those who operate it."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError

from commands.terminal.errors import EXIT_CODES
from commands.terminal.installation import settings_here
from commands.terminal.options import AsJson, noun_of_one
from commands.terminal.output import fields, lines, show, table
from models.directory import EnteredId
from models.errors import (
    Conflict,
    IntegrityFailure,
    InvalidInput,
    NotConfigured,
    NotFound,
)
from models.faults import said
from models.link import NodeAlarm
from runtime.masters import master_keys
from runtime.nodes import local_nodes
from runtime.paths import DataDirectory
from runtime.receipts import ReceiptFile, ReceiptFiles
from runtime.settings import MasterKeyPlace, Settings
from vault import certificates
from vault.keyring.keyring import Keyring

app = noun_of_one()

_RENEWED = "every key is sealed anew, under a new keyring key and a new master key"
_REWRAPPED = "the keyring's key is wrapped under a new master key"
_NEXT = "Next: `estafette node request` asks for a certificate of its signing key."
_GONE = "The master key before is destroyed: older copies of the keyring are shut"


def _read_agency(text: str) -> str:
    """Read the name of an agency, by which its files are called.

    Raises:
        InvalidInput: no directory would take one of that name in.
    """
    try:
        return TypeAdapter(EnteredId).validate_python(text)
    except ValidationError as error:
        fault = said(error.errors()[0])
        raise InvalidInput(
            f"`{text}` is no name of an agency: it {fault}",
            help="write it as `pz-midi`",
        ) from error


@app.command("create")
def create(
    agency: Annotated[
        str,
        typer.Option(
            metavar="AGENCY", parser=_read_agency, help="Whose node, such as pz-midi."
        ),
    ],
    json: AsJson = False,
) -> None:
    """Make an agency's keyring, with a master key where the settings say.

    Refused where there is one: nothing but it opens what was sealed under it.
    """
    settings = settings_here()
    _check_free(settings, agency)
    if settings.node:  # a directory of the node's own, which nobody else enters
        settings.node_files.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    local_nodes(settings).create(agency)
    place = str(settings.node_files.keyrings)
    document = {"agency": agency, "keyrings": place}
    told = f"{agency}: a keyring was made in {place}.\n{_NEXT}"
    show(document, lines(told), as_json=json)


@app.command("rotate")
def rotate(
    agency: Annotated[
        str,
        typer.Option(
            metavar="AGENCY",
            parser=_read_agency,
            help="Whose keyring, such as pz-midi.",
        ),
    ],
    renew: Annotated[
        bool, typer.Option("--renew", help="Renew the keyring's own key as well.")
    ] = False,
    from_: Annotated[
        MasterKeyPlace | None,
        typer.Option("--from", help="Where the master key was kept until now."),
    ] = None,
    json: AsJson = False,
) -> None:
    """Make a new master key for a keyring, and destroy the one before.

    With `--renew`, after a theft, whoever has an older keyring and its master key does
    not open the present file. With `--from`, the master key moves from there to where
    the settings say; stop what uses the keyring first.
    """
    settings = settings_here()
    with closing(local_nodes(settings, from_).keyring(agency)) as keyring:
        _change(keyring, settings, renew=renew, moved=from_ is not None)
    document = {"agency": agency, "renewed": renew, "moved": from_ is not None}
    done = _RENEWED if renew else _REWRAPPED
    show(document, lines(f"{agency}: {done}.\n{_GONE}."), as_json=json)


@app.command("request")
def request(
    agency: Annotated[
        str,
        typer.Option(
            metavar="AGENCY",
            parser=_read_agency,
            help="Whose signing key, such as pz-midi.",
        ),
    ],
    json: AsJson = False,
) -> None:
    """Ask for a certificate of the agency's signing key: PKCS#10, in PEM.

    Hand it to your authority; put what it issues into `signing` of the node's
    directory, as AGENCY.pem, and start the node again.
    """
    with closing(local_nodes(settings_here()).keyring(agency)) as keyring:
        asked = certificates.request(agency, keyring.signing_key).decode()
    document = {"agency": agency, "request": asked}
    show(document, lines(asked.rstrip()), as_json=json)


@app.command("receipts")
def receipts(
    agency: Annotated[
        str, typer.Option(metavar="AGENCY", help="Whose node, such as pz-midi.")
    ],
    json: AsJson = False,
) -> None:
    """Show the receipts that a node keeps, and what it raised the alarm about.

    A receipt is settled once it was proven to stand in the tree of a checkpoint that
    this node's own witness cosigned. Exit code 8 while an alarm is not over.
    """
    files = settings_here().node_files
    with closing(_kept_by(agency, files)) as book:
        tally, alarms = book.tally(), [_row(each) for each in book.alarms()]
    document = {
        "agency": agency,
        "kept": tally.kept,
        "settled": tally.kept - tally.unsettled,
        "oldest_unsettled": tally.oldest,
        "alarms": alarms,
    }
    page = fields(
        ("kept", f"{tally.kept} receipts"),
        ("settled", f"{tally.kept - tally.unsettled} proven to be in the log"),
        ("oldest open", tally.oldest),
    )
    rows = [tuple(each.values()) for each in alarms]
    show(document, page, table("Alarms", "what|receipt|since|over", rows), as_json=json)
    if not all(each["over"] for each in alarms):
        raise typer.Exit(EXIT_CODES[IntegrityFailure])


def _check_free(settings: Settings, agency: str) -> None:
    """Refuse to make keys where there are some that they could be taken for.

    Raises:
        Conflict: the agency has its keyring here already.
        NotConfigured: ESTAFETTE_NODE names the directory of another agency's node.
    """
    there, place = list(local_nodes(settings)), settings.node_files.keyrings
    if agency in there:
        raise Conflict(
            f"the keyring of `{agency}` is in `{place}` already",
            help="keep it: nothing else opens what was sealed under it",
        )
    if settings.node and there:
        raise NotConfigured(
            f"`{place}` holds the keyring of `{there[0]}`",
            help="point ESTAFETTE_NODE to a directory for this agency alone",
        )


def _kept_by(agency: str, files: DataDirectory) -> ReceiptFile:
    """Return the receipts that an agency's node keeps in a directory.

    Raises:
        NotFound: none were kept here.
    """
    book = ReceiptFiles(lambda _: files).of(agency)
    if book.exists():
        return book
    raise NotFound(
        f"no receipts of `{agency}` are kept in `{files.root}`",
        help="point ESTAFETTE_NODE to the directory of that agency's node",
    )


def _row(alarm: NodeAlarm) -> dict[str, object]:
    """Return what is shown of an alarm."""
    return {
        "what": alarm.kind,
        "receipt": alarm.leaf.hex(),
        "since": alarm.since,
        "over": alarm.over,
    }


def _change(keyring: Keyring, settings: Settings, *, renew: bool, moved: bool) -> None:
    if renew and moved:
        raise InvalidInput(
            "`--renew` and `--from` do not go together", help="move first, then renew"
        )
    if moved:
        keyring.move_master_key(master_keys(settings))
    elif renew:
        keyring.renew()
    else:
        keyring.change_master_key()
