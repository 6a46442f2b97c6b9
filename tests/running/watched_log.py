"""A log over real tables, its integrator and witnesses, for tests to tamper with."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, text

from activities.integrator import Integrator
from activities.witnessing import Offers
from ledger import checkpoint
from ledger.signed_note import SignerKey
from ledger.witness import Witness
from runtime.roles import Role
from runtime.witness import FileMemory, cosigner
from storage.engine import connect, transaction
from storage.log import witnessing
from tests.pieces.staged import staging
from tests.running.offices import AGENCIES, Offices
from vault.duties import Duties
from vault.watching import Watching

SIGNER = SignerKey.generate("ledger.example")
STAGE = text(staging("cast(:word as text)", "1", ":n"))
STAGED = text("select leaf from ledger_staging order by staged_at desc limit :n")
# What nodes say of their keys is the affair of other tests.
FORGET_KEYS = text(
    "delete from ledger_staging where position('witness_key.used'::bytea in body) > 0"
)
WATCH = ("witness", "witness_offer", "contradiction", "node_alarm")
LOG = ("ledger_entry", "ledger_tile_hash", "ledger_checkpoint")


class Rig:
    """A log, its integrator and the witnesses of three agencies."""

    def __init__(self, offices: Offices, place: Path) -> None:
        self.offices = offices
        self.place = place
        self.ledger: Engine = connect(offices.urls[Role.LEDGER], pool=2)
        self.owner: Engine = connect(offices.urls[Role.OWNER], pool=1)
        self.restart()

    def restart(self) -> None:
        """Go on with an integrator that remembers nothing."""
        offers = Offers(SIGNER, timedelta(0))
        self.integrator = Integrator(self.ledger, SIGNER, offers)

    def stage(self, count: int, word: str = "entry") -> list[bytes]:
        """Stage entries; return their leaves."""
        with transaction(self.offices.database) as connection:
            connection.execute(STAGE, {"n": count, "word": word})
        with transaction(self.ledger) as connection:
            return list(connection.execute(STAGED, {"n": count}).scalars())

    def grow(self, count: int, word: str = "entry") -> int:
        """Stage entries, and let the integrator look; return how many it took."""
        self.stage(count, word)
        return self.integrator.once()

    def witness(self, agency: str) -> Witness:
        memory = FileMemory(self.place / f"{agency}.checkpoint")
        node = self.offices.nodes[agency]
        return Witness(SIGNER.verifier, cosigner(SIGNER.verifier, agency, node), memory)

    def look(self, *agencies: str) -> None:
        """Let the nodes of agencies do their duties once."""
        for agency in agencies or AGENCIES:
            orders = self.offices.orders(agency)
            watching = Watching(self.witness(agency))
            Duties(self.offices.nodes[agency], orders, watching).once()
        with transaction(self.ledger) as connection:
            connection.execute(FORGET_KEYS)

    def as_owner(self, *statements: str) -> None:
        """Play who owns the database: no wall of ours stops them."""
        with transaction(self.owner) as connection:
            for table in (*LOG, *WATCH, "ledger_staging"):
                connection.execute(
                    text(f"alter table {table} no force row level security")
                )
            for statement in statements:
                connection.execute(text(statement))

    def forget(self, *tables: str) -> None:
        self.as_owner(*("truncate " + table for table in tables))

    def cosigned(self) -> dict[str, int]:
        with transaction(self.ledger) as connection:
            sizes = witnessing.cosigned_sizes(connection)
        return {agency: size for agency, (size, _) in sizes.items()}

    def contradictions(self) -> list[tuple[str, int, int]]:
        """Return whose witness saw what, with the sizes of both checkpoints."""
        with transaction(self.ledger) as connection:
            rows = witnessing.contradictions(connection)
        return [
            (
                row.agency_id,
                checkpoint.verify(row.seen, SIGNER.verifier).size,
                checkpoint.verify(row.held, SIGNER.verifier).size,
            )
            for row in rows
        ]

    def close(self) -> None:
        """Leave nothing behind for the next test."""
        self.forget(*LOG, *WATCH, "cosignature", "ledger_staging")
        self.ledger.dispose()
        self.owner.dispose()
