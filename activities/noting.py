"""What goes into the log when something else is in use than before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from typing import NamedTuple

from sqlalchemy import Connection

from activities.services import Services
from models.events import INSTALLATION
from models.kinds.installation import (
    CertificateUsed,
    DatabaseUsed,
    DeliveryKeyUsed,
    DeploymentStarted,
    LedgerKeyUsed,
    MasterKeyUsed,
    PackUsed,
    PayloadKeyUsed,
    PolicyUsed,
    SettingChanged,
    WitnessKeyUsed,
)
from models.link import PublishedKey
from policies import rule_files
from storage.engine import transaction
from storage.log import witnessing
from storage.log.in_use import database, note
from vault.statements import Statement


class Told(NamedTuple):
    """What a process of coordination was told: nothing of it is secret.

    `settings` are values by name; `ledger_key` is the public one; `payload_key` is a
    digest.
    """

    settings: Mapping[str, str]
    ledger_key: str
    payload_key: str


def note_start(services: Services, told: Told) -> None:
    """Note with what coordination starts, law, rules and database included.

    Raises:
        DatabaseUnavailable: nothing may run on what the log does not say.
    """
    at = services.clock.now()
    with transaction(services.database) as connection:
        note_version(connection, "coordination", at)
        note(connection, DatabaseUsed(at=at, detail=database(connection)))
        _note_rules(connection, services, at)
        for name, value in sorted(told.settings.items()):
            said = f"{name} {digest(value.encode())}"
            note(connection, SettingChanged(at=at, detail=said), name)
        note(connection, LedgerKeyUsed(at=at, detail=told.ledger_key))
        note(connection, PayloadKeyUsed(at=at, detail=told.payload_key))


def note_version(
    connection: Connection,
    program: str,
    at: datetime,
    agency: str = INSTALLATION,
    number: str = "",
) -> None:
    """Note which version of a program started."""
    said = f"{program} {number or version('estafette')}"
    note(connection, DeploymentStarted(at=at, agency=agency, detail=said), program)


def note_keys(
    connection: Connection, key: PublishedKey, said: Statement, at: datetime
) -> None:
    """Note with which keys and program an agency's node works, as it says."""
    agency = said.agency
    for kind, public in (
        (CertificateUsed, said.certificate),
        (DeliveryKeyUsed, said.key),
    ):
        note(connection, kind(at=at, agency=agency, detail=digest(public)))
    if key.master_key:
        note(connection, MasterKeyUsed(at=at, agency=agency, detail=key.master_key))
    if key.version:
        note_version(connection, "node", at, agency, key.version)


def note_witness(connection: Connection, agency: str, at: datetime) -> None:
    """Note under which key an agency's witness cosigns, once it did."""
    if key := witnessing.key_of(connection, agency):
        note(connection, WitnessKeyUsed(at=at, agency=agency, detail=digest(key)))


def digest(said: bytes) -> str:
    """Return SHA-256 in hex."""
    return hashlib.sha256(said).hexdigest()


def _note_rules(connection: Connection, services: Services, at: datetime) -> None:
    for pack in services.packs.packs:
        name = f"{pack.id} {pack.version}"
        note(connection, PackUsed(at=at, detail=f"{name} {pack.digest}"), name)
    rules = {"sharing": services.sharing.digest, **rule_files.digests()}
    for name, value in rules.items():
        note(connection, PolicyUsed(at=at, detail=f"{name} {value}"), name)
