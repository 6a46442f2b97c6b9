"""Sealing 1 KB for 1, 4 and 8 agencies, against encryption and signature alone.

The node is the product's own, keyring on disk included, and its case keys are there:
what is counted is one more item of a case, not its first.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from statistics import median
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from rich.table import Table

from bench.timing import percentile, take_turns
from runtime.nodes import LocalNodes, local_nodes
from runtime.settings import Settings
from vault.node import Node
from vault.values import Recipient, SealRequest

_TIMES, _QUICK = 500, 50
_BODY, _SIZES = os.urandom(1024), (1, 4, 8)


def measure(settings: Settings, *, quick: bool) -> Table:
    """Return how long an item takes for each number of agencies."""
    nodes = local_nodes(settings)
    names = sorted(nodes)
    calls = {str(n): _sealing(nodes[names[0]], nodes, names[:n]) for n in _SIZES}
    found = take_turns(calls | {"alone": _alone()}, _QUICK if quick else _TIMES)
    table = Table(title="Sealing 1 KB", caption="case keys are there already")
    for heading in ("agencies", "p50", "p95", "times encrypting and signing alone"):
        table.add_column(heading, justify="right")
    alone = median(found["alone"])
    for name in calls:
        half, late = median(found[name]), percentile(found[name], 95)
        row = (f"{half:.2f} ms", f"{late:.2f} ms", f"[bold]{half / alone:.1f}[/bold]")
        table.add_row(name, *row)
    return table


def _sealing(node: Node, nodes: LocalNodes, names: list[str]) -> Callable[[], object]:
    case = str(uuid4())
    keys = [nodes[name].public_keys() for name in names]
    audience = tuple(Recipient(k.agency, k.statement, "file") for k in keys)

    def seal() -> None:
        sealed = node.seal(
            SealRequest(
                item_id=str(uuid4()),
                case_id=case,
                scope="file",
                header=b"{}",
                body=_BODY,
                audience=audience,
            )
        )
        node.delivered(*(each.case_key_id for each in sealed.deliveries))

    return seal


def _alone() -> Callable[[], object]:
    signer = Ed25519PrivateKey.generate()

    def encrypt_and_sign() -> None:
        nonce = os.urandom(12)
        text = AESGCM(os.urandom(32)).encrypt(nonce, _BODY, b"{}")
        signer.sign(nonce + text)

    return encrypt_and_sign
