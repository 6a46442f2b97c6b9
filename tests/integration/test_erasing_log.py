"""The log's own retention: ten years, or three, and then nobody is named any more."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import insert, select, text

from activities.destruction import destroy
from activities.log_retention import erase_old_log
from activities.services import Services
from ledger.certificate import FORMAT, Certificate, verify_certificate, write
from ledger.checkpoint import parse
from ledger.proofs import inclusion_proof
from ledger.tiles import tree_over
from models.events import Entry
from policies.rulings import SharingPolicies
from runtime.clock import SystemClock
from runtime.roles import Role
from storage import tables as t
from storage.engine import connect, transaction
from storage.log import ledger, tombstones
from tests.pieces.happenings import CASE
from tests.pieces.packs import PACKS
from tests.running.small_log import OFFICER, OTHER, SmallLog, small_log

TODAY = datetime.now(UTC)


def in_years(years: int) -> datetime:
    """Return a day on which all that is logged today is that old, and no older."""
    return TODAY.replace(year=TODAY.year + years, month=12, day=31)


class At:
    """A clock that stands still on a day."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant

    def now(self) -> datetime:
        """Return the instant at which it stands."""
        return self._instant


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallLog]:
    with small_log(tmp_path_factory.mktemp("witness")) as made:
        made.integrator.once()
        yield made


@pytest.fixture(scope="module")
def services(log: SmallLog) -> Iterator[Services]:
    """Those of retention; it connects as the record role."""
    engine = connect(log.urls[Role.RECORD], pool=2)
    yield Services(engine, PACKS, SharingPolicies.load(), SystemClock())
    engine.dispose()


def dump(log: SmallLog) -> str:
    """Return every row of every table as text."""
    found = []
    with log.root.connect() as connection:
        tables = text("select tablename from pg_tables where schemaname = 'public'")
        for name in connection.execute(tables).scalars():
            query = " ".join(("select x::text from", name, "x"))
            found += connection.execute(text(query)).scalars()
    return "\n".join(found)


def salts(log: SmallLog) -> set[str]:
    """Return every salt that lies beside the log, in hex as a row's text has it."""
    query = text(
        "select encode(salt, 'hex') from ledger_salt"
        " union all select encode(salt, 'hex') from subject_salt"
        " union all select encode(salt, 'hex') from ruling"
        " union all select encode(salt, 'hex') from list_page"
    )
    with log.root.connect() as connection:
        return set(connection.execute(query).scalars())


def open_flemish_case(log: SmallLog) -> None:
    """Let the case of the log be one under the Flemish decree."""
    with transaction(log.root) as connection:
        connection.execute(
            insert(t.case_file).values(
                id=CASE, route="be-vlg", pack_version=FLEMISH, pack_digest="",
                agency_id="town", stage="x", version=1, activity="car_wash",
                permit_regime=False, opened_on=TODAY.date(), next_due=TODAY.date(),
                secrecy="stub",
            )
        )  # fmt: skip
        connection.execute(
            insert(t.designation).values(
                id=CASE, case_id=CASE, agency_id="town", officer_id=OTHER,
                from_day=TODAY.date(), ended_on=TODAY.date(),
            )
        )  # fmt: skip


FLEMISH = next(p.version for p in PACKS.packs if p.id == "be-vlg")


def test_nothing_is_erased_before_its_time(log: SmallLog, services: Services) -> None:
    before = dump(log)

    assert erase_old_log(services, in_years(2)) == 0
    assert erase_old_log(services, in_years(9)) == 0
    assert dump(log) == before


def test_under_the_flemish_decree_names_go_after_three_years(
    log: SmallLog, services: Services
) -> None:
    """VLG 17 al.4; until the case is one under it, the longest term holds."""
    known = salts(log)
    assert OFFICER in dump(log) and len(known) > 100
    assert erase_old_log(services, in_years(4)) == 0
    open_flemish_case(log)  # where somebody was named, and is no more

    # As the daily round does, and `demo advance` with it.
    batches = destroy(replace(services, clock=At(in_years(4))), None)

    log.integrator.once()
    with log.tampering() as connection:
        found = log.verify(connection)
        told = list(ledger.everything(connection))
    assert batches == 2 and found.erasures == 3
    assert found.officers.opened == found.officers.subjects == 0
    assert found.rulings == found.sightings == 0
    of_salts, of_rows = (Entry.model_validate_json(each.body) for each in told[-2:])
    for said in (of_salts, of_rows):
        assert (said.kind, said.article) == ("log.erased", "VLG 17 al.4")
        assert said.detail.startswith("vl.ret.log ")
    assert of_salts.erased and not of_rows.erased


def test_afterwards_no_row_holds_an_officer_or_a_salt(
    log: SmallLog, services: Services
) -> None:
    with transaction(log.root) as connection:
        known = {OFFICER, OTHER}
        kept = set(connection.execute(text("select leaf from tombstone")).scalars())

    left = dump(log)

    assert kept
    assert [each for each in known if each in left] == []
    assert salts(log) == set()


def test_its_certificate_holds_and_names_nobody(log: SmallLog) -> None:
    with log.tampering() as connection:
        note = ledger.latest_checkpoint(connection)
        assert note
        last = list(ledger.entries(connection))[-2]
        tree = tree_over(partial(ledger.hashes, connection))
        proof = inclusion_proof(last.seq, parse(note).size, tree)
        erasure = Entry.model_validate_json(last.body)
        parts = tombstones.parts_of(connection, erasure.id)
    raw = write(
        Certificate(
            certificate=FORMAT,
            checkpoint=note,
            entry=last.body.decode(),
            seq=last.seq,
            proof=tuple(step.hex() for step in proof),
            parts=tuple((part.leaf.hex(), part.name) for part in parts),
        )
    )

    found = verify_certificate(raw, log.signer.verifier)

    assert erasure.erased and len(found.parts) == erasure.erased.parts > 100
    assert OFFICER not in raw.decode() and OTHER not in raw.decode()


def test_what_lets_somebody_in_names_nobody_once_it_is_over(
    log: SmallLog, services: Services
) -> None:
    """Whoever never came back would stand there for ever."""
    signed_in = text(
        "insert into signed_in select sha256(convert_to(id, 'UTF8')), id, 'strong',"
        " now(), now(), now(), now() + cast(:left as interval), '', ''"
        " from officer where id = :of"
    )
    feed = text(
        "insert into calendar_feed select id, sha256(convert_to(id, 'UTF8')),"
        " now() + cast(:left as interval), '' from officer where id = :of"
    )
    with transaction(log.root) as connection:
        connection.execute(
            text("insert into agency values ('spa', 'tax', '{}', '{}', '')")
        )
        for name, left in (("spa/gone", "-1 second"), ("spa/here", "1 hour")):
            hire = "insert into officer values (:of, 'spa', '{analyst}', 'S')"
            connection.execute(text(hire), {"of": name})
            for enter in (signed_in, feed):
                connection.execute(enter, {"of": name, "left": left})

    destroy(services, None)

    with transaction(log.root) as connection:
        for table in (t.signed_in, t.calendar_feed):
            found = connection.execute(select(table.c.officer_id))
            assert list(found.scalars()) == ["spa/here"]
