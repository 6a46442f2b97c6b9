"""What watches the log for the nodes played here: witnesses, and receipts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from ledger.receipts import Receipts
from runtime.keys import ledger_verifier
from runtime.receipts import ReceiptFiles
from runtime.settings import Settings
from runtime.witness import memory, witnesses
from vault.node import Node
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
                lambda: datetime.now(UTC),
            ),
        )
        for agency, witness in witnesses(settings, nodes).items()
    }
