"""Taking a stored ruling again: under the policies of then, and under today's."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from models.errors import EntryAltered, NotConfigured, NotFound
from models.rulings import Ruling
from models.values import Value
from policies.rulings import SharingPolicies
from storage import policy_sets, rulings
from storage.rulings import StoredRuling


class Replayed(Value):
    """A stored ruling and what its facts give now.

    Attributes:
        stored: as it was given, with its facts.
        then: under the stored policies and the engine that is installed; None if
            that engine cannot read them any more.
        now: under the policies in force.
    """

    id: UUID
    at: datetime
    stored: Ruling
    then: Ruling | None
    now: Ruling

    @property
    def same_engine(self) -> bool:
        """Tell whether the engine that is installed gave the ruling."""
        return self.stored.engine == self.now.engine

    @property
    def same_texts(self) -> bool:
        """Tell whether the policies in force are the very texts of then."""
        return self.stored.digest == self.now.digest

    @property
    def same_then(self) -> bool:
        """Tell whether the stored policies give the same answer and reasons."""
        return self.then is not None and _alike(self.then, self.stored)

    @property
    def same_now(self) -> bool:
        """Tell whether the policies in force give the same answer and reasons."""
        return _alike(self.now, self.stored)


def replay(connection: Connection, ruling: UUID, today: SharingPolicies) -> Replayed:
    """Take a stored ruling again.

    Args:
        connection: one that may read every ruling; officers have none such.
        ruling: its id.
        today: the policies in force.

    Raises:
        NotFound: no such ruling is stored, or its policy texts are not.
        EntryAltered: the same texts and engine give another answer, so the stored
            ruling or its policies were changed.
    """
    found = rulings.find(connection, ruling)
    if found is None:
        raise NotFound(
            f"there is no ruling `{ruling}`",
            help="its id is in the ledger entry, and in what `item show` prints",
        )
    replayed = Replayed(
        id=found.id,
        at=found.at,
        stored=found.ruling,
        then=_under_its_own_policies(connection, found),
        now=today.decide(found.ruling.facts),
    )
    if replayed.same_engine and not replayed.same_then:
        raise EntryAltered(
            f"ruling `{ruling}` is not what its own policies give",
            help="see what else was altered with `estafette ledger verify`",
        )
    return replayed


def _under_its_own_policies(
    connection: Connection, found: StoredRuling
) -> Ruling | None:
    digest = found.ruling.digest
    try:
        then = policy_sets.find(connection, digest)
    except NotConfigured:
        return None
    if then is None:
        raise NotFound(
            f"the policy texts `{digest[:16]}` are not stored",
            help="check out the release that gave the ruling, and start it once",
        )
    return then.decide(found.ruling.facts)


def _alike(one: Ruling, other: Ruling) -> bool:
    return (one.verdict, one.policies) == (other.verdict, other.policies)
