"""A small log in a real database, cosigned by witnesses, and whoever owns it all."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Engine, insert, text

from activities.hearing_witnesses import hear
from activities.integrator import Integrator
from activities.witnessing import Offers
from commands.ledger.verifying import Believed, Findings, verify_whole
from ledger.checkpoint import Checkpoint, parse, sign
from ledger.cosignature import witness_key
from ledger.merkle import CompactRange, leaf_hash
from ledger.signed_note import SignerKey
from ledger.tiles import tile_hashes
from ledger.witness import Cosigner, Witness
from models.events import Entry, EventKind
from models.ids import ItemId, OfficerId
from models.link import Witnessed
from models.pages import Shown, ShownItem
from models.rulings import Ruling, SharingAction, SharingFacts, Verdict
from runtime.roles import Role
from runtime.witness import FileMemory
from storage import rulings, sightings
from storage import tables as t
from storage.engine import connect, transaction
from storage.log import evidence, ledger, witnessing
from storage.writing import together
from tests.pieces.agencies import enter_agencies
from tests.pieces.erasing import erase_data, erase_log, keep_item
from tests.pieces.happenings import CASE, happening
from tests.running.postgres import SUPERUSER, migrated_database

AGENCIES = ("hub", "tax", "town")
OFFICER = OfficerId("town/handler")
OTHER = OfficerId("town/mayor")
ITEM = ItemId(UUID("c1f4b1c8-0f6e-4c8b-9a51-7f9f2d3e4a22"))
COSIGNED, BY_ONE, SIZE, STAGED = 260, 290, 300, 2
"""Entries that all witnesses cosigned, that `tax` did, ordered ones, and staged."""

DATA_ERASED, LOG_ERASED, ERASED = 19, 39, 15
"""The entries that erase: data, and the names in so many of the first entries."""

# Leaves are shown to the integrator and to auditors; the superuser is neither.
_SEE_LEAVES = text(
    "create or replace function my_audits() returns table (agency_id text)"
    " language sql stable as $$ select 'hub' $$"
)
_NEW_LEAF = (
    text("update ledger_entry set leaf = :leaf where leaf = :old"),
    text("update ledger_salt set leaf = :leaf where leaf = :old"),
    text("update subject_salt set leaf = :leaf where leaf = :old"),
)

RULED = Ruling(
    verdict=Verdict.ALLOW,
    policies=("designated-reads",),
    digest="cd" * 32,
    engine="cedar 4",
    facts=SharingFacts(
        action=SharingAction.READ,
        officer=OFFICER,
        agency="town",
        agency_kind="municipality",
        functions=("handler",),
        designated=True,
        excluded=False,
        purpose="be-119ter",
        item=str(ITEM),
        item_kind="fact",
        item_purpose="be-119ter",
        originator="town",
        regime="admin",
        code="none",
        disclosable=True,
        judicial_hold=False,
        in_audience=True,
        audience="town",
        audience_kind="municipality",
        lawful_route=True,
        expired=False,
        too_old=False,
    ),
)


class SmallLog:
    """Reads, pages, acts and ticks of a clock, ordered; and a way to tamper with it."""

    def __init__(self, urls: dict[Role | str, str], place: Path) -> None:
        self.signer = SignerKey.generate("ledger.example")
        self.place, self.urls = place, urls
        self.root: Engine = connect(urls[SUPERUSER], pool=2)
        self.integrating: Engine = connect(urls[Role.LEDGER], pool=1)
        offers = Offers(self.signer, timedelta(0))
        self.integrator = Integrator(self.integrating, self.signer, offers)
        secrets = {agency: Ed25519PrivateKey.generate() for agency in AGENCIES}
        self.witnesses = {
            agency: Witness(
                self.signer.verifier,
                _cosigner(self.signer.name, agency, secret),
                FileMemory(self.file(agency)),
            )
            for agency, secret in secrets.items()
        }

    def file(self, agency: str) -> Path:
        """Return where a witness remembers."""
        return self.place / f"{agency}.checkpoint"

    def fill(self) -> None:
        """Write what the tests below tamper with."""
        with transaction(self.root) as connection:
            enter_agencies(connection, AGENCIES)
            keep_item(connection, CASE, ITEM)
        for size, seen_by in ((COSIGNED, AGENCIES), (BY_ONE, ("tax",)), (SIZE, ())):
            self.grow_to(size)
            for agency in seen_by:
                self.look(agency)
        with transaction(self.root) as connection:
            for _ in range(STAGED):
                _read(connection)

    def grow_to(self, size: int) -> None:
        """Let entries be ordered until there are so many."""
        with transaction(self.root) as connection:
            there = ledger.last_number(connection) + 1
            for number in range(there, size):
                _WRITERS.get(number, _USUAL[min(number % 20, 3)])(connection)
        assert self.integrator.once() == size - there

    def look(self, agency: str) -> Witnessed:
        """Let a witness consider what it is offered."""
        with transaction(self.root) as connection:
            offered = witnessing.offer_to(connection, agency)
            assert offered
            said = self.witnesses[agency].consider(offered)
            hear(connection, agency, said)
        return said

    def verify(self, connection: Connection, *kept: str) -> Findings:
        """Verify as `estafette ledger verify --against` does."""
        given = {f"file {number}": note for number, note in enumerate(kept)}
        believed = Believed(self.signer.verifier, kept=given)
        return verify_whole(connection, connection, believed)

    @contextmanager
    def tampering(self, *statements: str, **numbers: int) -> Iterator[Connection]:
        """Lend what the owner of the database made of it; nothing of it stays."""
        with self.root.connect() as connection:
            connection.execute(text("set local session_replication_role = replica"))
            connection.execute(_SEE_LEAVES)
            for statement in statements:
                connection.execute(text(statement), numbers)
            yield connection
            connection.rollback()

    def sign_anew(self, connection: Connection) -> None:
        """Make tree and checkpoints fit the entries again, with the ledger's key."""
        entries = list(ledger.entries(connection))
        sizes = [parse(note).size for note in ledger.checkpoints(connection)]
        connection.execute(text("truncate ledger_tile_hash, ledger_checkpoint"))
        tree = CompactRange()
        for size in sorted({min(size, len(entries)) for size in (*sizes, SIZE)}):
            filled = tree.extend(each.leaf for each in entries[tree.size : size])
            ledger.keep_tile_hashes(connection, tile_hashes(filled))
            head = Checkpoint(self.signer.name, tree.size, tree.root())
            note = sign(head, self.signer)
            ledger.write_checkpoint(connection, tree, note, datetime.now(UTC))

    def close(self) -> None:
        """Let go of every connection."""
        self.root.dispose()
        self.integrating.dispose()


@contextmanager
def small_log(place: Path) -> Iterator[SmallLog]:
    """Lend such a log in a database of its own."""
    with migrated_database() as urls:
        made = SmallLog(dict(urls), place)
        made.fill()
        try:
            yield made
        finally:
            made.close()


def rehash(connection: Connection, seqs: Iterable[int]) -> None:
    """Give entries the leaves of their bytes, as a careful forger does."""
    for seq in seqs:
        found = connection.execute(
            text("select body, leaf from ledger_entry where seq = :seq"), {"seq": seq}
        ).one()
        new = {"leaf": leaf_hash(found.body), "old": found.leaf}
        for change in _NEW_LEAF:
            connection.execute(change, new)


def _cosigner(origin: str, agency: str, secret: Ed25519PrivateKey) -> Cosigner:
    key = witness_key(origin, agency, secret.public_key().public_bytes_raw())
    return Cosigner(key, secret.sign, lambda: 1_763_802_000)


def _entry(kind: str, **more: object) -> Entry:
    said = {"at": datetime.now(UTC), "case": CASE, "agency": "town", **more}
    return evidence.new_entry(happening(kind, **said))


def _read(connection: Connection) -> None:
    entry = _entry(EventKind.ITEM_RELEASED, items=(ITEM,))
    with together(connection) as rows:
        note = rulings.note(rows, RULED, entry)
        cited = entry.model_copy(update={"rulings": (note,)})
        evidence.gather(rows, cited, OFFICER)
    _see(connection, entry)


def _page(connection: Connection) -> None:
    entry = _entry(EventKind.LIST_SHOWN)
    shown = Shown(
        entry=entry.id, query="case", items=(ShownItem(item=ITEM, ruling=uuid4()),)
    )
    with together(connection) as rows:
        page = sightings.keep_page(rows, shown)
        evidence.gather(rows, entry.model_copy(update={"shown": page}), OFFICER)
    _see(connection, entry)


def _act(connection: Connection) -> None:
    entry = _entry("case.designate", act=uuid4())
    evidence.append(connection, entry, OFFICER, on_behalf_of=OTHER, named=OTHER)


def _tick(connection: Connection) -> None:
    evidence.append(connection, _entry(EventKind.CLOCK_REMINDED), None)


def _erase_data(connection: Connection) -> None:
    erase_data(connection, ITEM)


def _erase_log(connection: Connection) -> None:
    erase_log(connection, ERASED)


_USUAL = (_read, _page, _act, _tick)
_WRITERS = {DATA_ERASED: _erase_data, LOG_ERASED: _erase_log}


def _see(connection: Connection, entry: Entry) -> None:
    seen = {
        "item_id": ITEM,
        "entry_id": entry.id,
        "case_id": CASE,
        "originator": "town",
        "agency_id": "town",
        "officer_id": OFFICER,
        "function": "handler",
        "service_number": "7",
        "kind": entry.kind,
        "at": entry.at,
    }
    connection.execute(insert(t.sighting).values(seen))
