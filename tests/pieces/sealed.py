"""Three agencies with nodes, and items that they seal for each other."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path

from tests.pieces.certified import certified, signer_of
from tests.pieces.masters import new_keyring
from vault.local_node import LocalNode
from vault.values import Recipient, SealRequest

AGENCIES = ("town", "tax", "labour")


@contextmanager
def open_nodes(folder: Path, *names: str) -> Iterator[dict[str, LocalNode]]:
    """Make a node for each agency, or those named, with a keyring in a folder."""
    with ExitStack() as opened:
        keyrings = {
            name: opened.enter_context(
                closing(new_keyring(folder / f"{name}.keys", name))
            )
            for name in names or AGENCIES
        }
        yield {name: certified(name, keyring) for name, keyring in keyrings.items()}


def recipients(nodes, *names):
    """Return agencies as those whom an item is sealed for."""
    return tuple(Recipient(name, nodes[name].public_keys().statement) for name in names)


def seal(nodes, *names, giver="town", **changes):
    """Seal an item of one giver for some agencies; deliver nothing yet."""
    request = SealRequest(
        item_id="item-1",
        case_id="case-1",
        scope="file",
        header=b'{"item":"item-1"}',
        body=b"what was found",
        audience=recipients(nodes, *names),
    )
    return nodes[giver].seal(replace(request, **changes))


def deliver(nodes, item):
    """Carry every delivery of an item to its receiver and confirm it."""
    for delivery in item.deliveries:
        nodes[delivery.receiver].accept(delivery)
        nodes[delivery.giver].delivered(delivery.case_key_id)


def read(nodes, item, name, giver="town"):
    """Open an item at the node of one agency."""
    (wrap,) = [wrap for wrap in item.wraps if wrap.receiver == name]
    return nodes[name].open(item.sealed, wrap, signer_of(nodes[giver]))
