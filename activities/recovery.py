"""Where the log goes on: what a crash can leave of an integrator, and what it cannot.

A batch is one transaction: its entries, the tree above them, the checkpoint, and what
is offered to witnesses. So each start, and each batch, finds one of these states.

1. Nothing was ever ordered. The log begins.
2. The last batch was not committed. Its entries are still staged and are taken now,
   perhaps in another batch; a checkpoint that was signed over it left the process
   nowhere, because witnesses are shown what is committed.
3. The last batch was committed, whether or not anybody heard so. The log goes on after
   it; nothing of it is staged any more.
4. Another integrator has the lock. If it died, its connection goes, and the lock with
   it; if it hangs, the database ends its transaction (`storage.log.ledger.elect`).

What follows can come from no crash: somebody wrote into the tables, or the database
lost what it had committed. The log stops, because going on would sign it.

5. The latest checkpoint is not signed by this ledger's key, or its row contradicts it.
6. There are entries beyond the checkpoint, or the last one that it covers is missing.
7. The stored tree has another root than the checkpoint.

A database that lost whole batches looks like state 3; the witnesses remember, and
`witnessing.py` stops the log.
"""

from __future__ import annotations

from functools import partial

from sqlalchemy import Connection

from ledger.checkpoint import verify
from ledger.merkle import CompactRange
from ledger.proofs import range_subtrees
from ledger.signed_note import VerifierKey
from ledger.tiles import tree_over
from models.errors import EntryAltered
from storage.log import ledger
from storage.log.ledger import Head


def resume(connection: Connection, key: VerifierKey) -> CompactRange:
    """Return the tree to go on from.

    Raises:
        EntryAltered: a state that no crash leaves (5, 6 or 7).
    """
    head, last = ledger.head(connection), ledger.last_number(connection)
    size = head.size if head else 0
    if last + 1 != size:  # (6)
        raise EntryAltered(
            f"the checkpoint covers `{size}` entries, and the last one there is number"
            f" `{last}`"
        )
    if head is None:  # (1)
        return CompactRange()
    tree = _checked(head, key)
    stored = tree_over(partial(ledger.hashes, connection))
    if stored(range_subtrees((0, size))) != tree.hashes:  # (7)
        raise EntryAltered(f"the stored tree of `{size}` entries has another root")
    return tree


def _checked(head: Head, key: VerifierKey) -> CompactRange:
    """Return the tree of a checkpoint whose row says what is signed (5)."""
    signed, tree = verify(head.note, key), head.tree
    if (signed.size, signed.root) != (head.size, head.root):
        raise EntryAltered(
            f"the row of the checkpoint of `{head.size}` entries differs"
        )
    if tree.root() != signed.root:
        raise EntryAltered(
            f"the edge kept with the checkpoint of `{head.size}` entries has another"
            " root"
        )
    return tree
