"""What the installation runs on: law, rules, settings, programs, keys, the database.

Each of these is written when it is another than the log said last, the first time too.
"""

from __future__ import annotations

from typing import Literal

from models.events import INSTALLATION, Event, EventKind, Operation, Word


class InUse(Event):
    """Something is in use from now on; `detail` says what, as a name and a digest."""

    operation: Literal[Operation.PROCEDURE] = Operation.PROCEDURE
    agency: str = INSTALLATION
    detail: Word


class PackUsed(InUse):
    """A pack is in use that was not, or not so: route, version and digest."""

    kind: Literal[EventKind.PACK_USED] = EventKind.PACK_USED


class PolicyUsed(InUse):
    """Rules (of sharing, emergencies and the like) are in use with another digest."""

    kind: Literal[EventKind.POLICY_USED] = EventKind.POLICY_USED


class SettingChanged(InUse):
    """A setting has another value; its name and the digest of the value are kept."""

    kind: Literal[EventKind.SETTING_CHANGED] = EventKind.SETTING_CHANGED


class DeploymentStarted(InUse):
    """Another version of coordination, of its link or of an agency's node started."""

    kind: Literal[EventKind.DEPLOYMENT_STARTED] = EventKind.DEPLOYMENT_STARTED


class DatabaseUsed(InUse):
    """The log lies in another database: restored, moved, or a standby took over."""

    kind: Literal[EventKind.DATABASE_USED] = EventKind.DATABASE_USED


class LedgerKeyUsed(InUse):
    """Another key signs checkpoints; it stands there as those who verify write it."""

    kind: Literal[EventKind.LEDGER_KEY_USED] = EventKind.LEDGER_KEY_USED


class PayloadKeyUsed(InUse):
    """Another key encrypts what the engine stores; its digest is kept."""

    kind: Literal[EventKind.PAYLOAD_KEY_USED] = EventKind.PAYLOAD_KEY_USED


class MasterKeyUsed(InUse):
    """A node's keyring lies under another master key; its id begins with its place."""

    kind: Literal[EventKind.MASTER_KEY_USED] = EventKind.MASTER_KEY_USED
    agency: str


class CertificateUsed(InUse):
    """An agency signs with another key or certificate; its digest (SHA-256) is kept."""

    kind: Literal[EventKind.CERTIFICATE_USED] = EventKind.CERTIFICATE_USED
    agency: str


class DeliveryKeyUsed(InUse):
    """An agency states another key that others deliver to; its digest is kept."""

    kind: Literal[EventKind.DELIVERY_KEY_USED] = EventKind.DELIVERY_KEY_USED
    agency: str


class WitnessKeyUsed(InUse):
    """An agency's witness cosigned for the first time; its key's digest is kept."""

    kind: Literal[EventKind.WITNESS_KEY_USED] = EventKind.WITNESS_KEY_USED
    agency: str
