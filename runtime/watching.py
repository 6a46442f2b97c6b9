"""What watches for the nodes played here: witnesses, receipts, and twin records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from ledger.receipts import Receipts
from runtime.keys import ledger_verifier
from runtime.receipts import ReceiptFiles
from runtime.settings import Settings
from runtime.twins import TwinFile
from runtime.witness import memory, witnesses
from vault.node import Node
from vault.twins import Twins
from vault.watching import Watching


def watching(settings: Settings, nodes: Mapping[str, Node]) -> dict[str, Watching]:
    """Return what watches for each node; nothing where the ledger's key is not known.

    Receipts are kept there all the same, for when it is.
    """
    files = ReceiptFiles(lambda agency: settings.node_files)
    return {
        agency: Watching(
            witness,
            Receipts(
                ledger_verifier(settings),
                memory(settings, agency),
                files.of(agency),
                _now,
            ),
            Twins(
                nodes[agency],
                TwinFile(settings.node_files.receipts / f"{agency}.twins"),
                files.of(agency),
                _now,
            ),
        )
        for agency, witness in witnesses(settings, nodes).items()
    }


def _now() -> datetime:
    return datetime.now(UTC)
