"""What is in use enters the log when it changes: once, whoever notes it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson
import psycopg
import pytest

from activities.noting import Told, note_start
from activities.services import Services
from models.agencies import (
    Agency,
    AgencyKind,
    AgencyName,
    Officer,
    OfficerFunction,
    Oversight,
)
from models.ids import AgencyId, OfficerId
from models.kinds.installation import SettingChanged
from policies.loading import Packs
from policies.rulings import SharingPolicies
from runtime.clock import SystemClock
from runtime.roles import Role
from storage.engine import connect, transaction
from storage.log.in_use import note
from storage.people import entering
from tests.pieces.masters import open_keyring
from tests.pieces.packs import PACKS
from tests.running.offices import Offices, open_offices
from tests.running.postgres import SUPERUSER

NOW = datetime.now(UTC)
TOLD = Told({"witnesses_needed": "2"}, "estafette/ledger+0+key", "aa")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory):
    return tmp_path_factory.mktemp("offices")


@pytest.fixture(scope="module")
def offices(place) -> Iterator[Offices]:
    with open_offices(place) as made:
        yield made


@pytest.fixture(scope="module")
def services(offices: Offices) -> Services:
    sharing = SharingPolicies.load()
    return Services(offices.database, PACKS, sharing, SystemClock())


@pytest.fixture(autouse=True)
def _nothing_staged(offices: Offices) -> None:
    forget(offices)


def forget(offices: Offices) -> None:
    with psycopg.connect(offices.urls[SUPERUSER]) as connection:
        connection.execute("truncate ledger_staging")


def staged(offices: Offices) -> list[dict[str, Any]]:
    with psycopg.connect(offices.urls[SUPERUSER]) as connection:
        rows = connection.execute("select body from ledger_staging order by staged_at")
        return [orjson.loads(body) for (body,) in rows]


def kinds(offices: Offices) -> list[str]:
    return sorted(each["kind"] for each in staged(offices))


def test_a_start_says_what_it_starts_with_and_the_next_nothing(
    offices: Offices, services: Services
) -> None:
    note_start(services, TOLD)

    said = {(each["kind"], each["detail"]) for each in staged(offices)}
    assert {each["agency"] for each in staged(offices)} == {"estafette"}
    for pack in services.packs.packs:
        assert ("pack.used", f"{pack.id} {pack.version} {pack.digest}") in said
    assert ("policy.used", f"sharing {services.sharing.digest}") in said
    assert ("ledger_key.used", TOLD.ledger_key) in said
    assert {"deployment.started", "database.used", "payload_key.used"} <= {
        kind for kind, _ in said
    }

    before = len(staged(offices))
    note_start(services, TOLD)
    assert len(staged(offices)) == before


def test_a_start_says_what_changed_and_nothing_else(
    offices: Offices, services: Services
) -> None:
    note_start(services, TOLD)
    forget(offices)
    first, *rest = services.packs.packs
    other = first.model_copy(update={"digest": "ff"})
    changed = replace(services, packs=Packs((other, *rest)))

    note_start(changed, TOLD._replace(settings={"witnesses_needed": "1"}))

    assert kinds(offices) == ["pack.used", "setting.changed"]
    (setting,) = [e for e in staged(offices) if e["kind"] == "setting.changed"]
    name, value = setting["detail"].split()
    assert name == "witnesses_needed"
    assert len(value) == 64


def test_of_many_that_start_at_once_one_says_it(offices: Offices) -> None:
    def say(_number: int) -> bool:
        event = SettingChanged(at=NOW, detail="at_once 1")
        with transaction(offices.database) as connection:
            return note(connection, event, "at_once") is not None

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(say, range(16))) == 1

    assert kinds(offices) == ["setting.changed"]


def test_a_restored_database_says_that_it_is_another(
    offices: Offices, services: Services
) -> None:
    """A copy has all rows, as a backup has, and is told from what it is a copy of."""
    note_start(services, TOLD)
    forget(offices)
    offices.database.dispose()
    with psycopg.connect(offices.urls[SUPERUSER], autocommit=True) as connection:
        connection.execute("create database restored template estafette")
    urls = {k: v.replace("/estafette?", "/restored?") for k, v in offices.urls.items()}
    restored = connect(urls[Role.RECORD], pool=1)

    copy = replace(services, database=restored)
    note_start(copy, TOLD)
    note_start(copy, TOLD)

    restored.dispose()
    assert kinds(Offices(restored, restored, {}, urls)) == ["database.used"]


def test_a_node_says_which_keys_and_program_it_works_with(offices: Offices) -> None:
    offices.duties("tax").publish()

    assert kinds(offices) == [
        "certificate.used",
        "delivery_key.used",
        "deployment.started",
        "master_key.used",
    ]
    assert {each["agency"] for each in staged(offices)} == {"tax"}

    offices.duties("tax").publish()
    assert len(staged(offices)) == 4


def test_each_replaced_key_is_said_once(offices: Offices, place) -> None:
    offices.duties("hub").publish()
    before = len(staged(offices))

    offices.nodes["hub"].rotate_delivery_key()
    offices.duties("hub").publish()
    assert [each["kind"] for each in staged(offices)][before:] == ["delivery_key.used"]

    with closing(open_keyring(place / "hub.keyring")) as keyring:
        keyring.change_master_key()
    offices.duties("hub").publish()
    said = staged(offices)[-1]
    assert (said["kind"], said["agency"]) == ("master_key.used", "hub")
    assert len(staged(offices)) == before + 2


def test_who_is_entered_in_the_directory_is_said_once_by_commitment(
    offices: Offices,
) -> None:
    person = Officer(
        id=OfficerId("town/new"),
        agency=AgencyId("town"),
        functions=frozenset({OfficerFunction.HANDLER, OfficerFunction.SUPERVISOR}),
        service_number="T-9",
    )
    body = Agency(
        id=AgencyId("watch"),
        kind=AgencyKind.AUDITOR,
        name=AgencyName(fr="Audit", nl="Audit", de="Audit", en="Audit"),
        certificates=(),
        statement=b"",
    )
    over = Oversight(
        auditor=AgencyId("watch"), agency=AgencyId("town"), article="LVP 56"
    )
    owner = connect(offices.urls[Role.OWNER], pool=1)
    for _ in range(2):
        with transaction(owner) as connection:
            entering.enter(connection, [body], [person], [over], at=NOW)
    owner.dispose()

    entered = {each["kind"]: each for each in staged(offices)}
    assert len(staged(offices)) == 3
    assert entered["agency.entered"]["agency"] == "watch"
    assert entered["officer.entered"]["detail"] == "handler supervisor"
    assert len(entered["officer.entered"]["named"]) == 64
    assert "town/new" not in str(entered)
    watched = entered["oversight.entered"]
    assert (watched["agency"], watched["recipients"]) == ("town", ["watch"])
