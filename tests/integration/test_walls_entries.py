"""The business connection in a stranger's hands: entries that it would like to forge.

It may claim to be any officer, which the database cannot tell. Whatever it does then
must leave an entry, and no entry of its own may pass for another.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from activities.admitting import NONE, TAKEN
from acts import existence
from acts.items.reading import read_item
from models.ids import CaseId, ItemId
from models.secrecy import Secrecy
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.deeds.forging import Seat, entry, promise, redeem, stage
from tests.oracles.evidence import entries, items_of
from tests.running.world import World, eventually

WITHOUT = "release without an entry"
REFUSED = psycopg.errors.InsufficientPrivilege
COLLEAGUES = b"select officer_id from designation where case_id = %s"
TOLD = b"select case_id from existence"


@pytest.fixture(scope="module")
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


@pytest.fixture(scope="module")
def item(world: World, case: CaseId) -> ItemId:
    (card,) = items_of(world, "subject_card", case)
    return ItemId(card.item)


@pytest.fixture
def read(world: World, cast: Cast, item: ItemId) -> dict[str, Any]:
    """The entry of an item that was opened, once it is ordered."""
    read_item(cast.desk, cast.reader(HANDLER), item)
    found = [
        each
        for each in entries(world)
        if each["kind"] == "item.released" and each["items"] == [str(item)]
    ][-1]
    ordered = "select count(*) from ledger_entry where entry_id = %s"
    assert eventually(lambda: world.one(ordered, found["id"]))
    return found


@pytest.fixture
def refused(world: World) -> Iterator[None]:
    """Let the next test find a log that holds: what this one forged is taken away."""
    yield
    with world.superuser() as intruder:
        intruder.execute(
            "delete from ledger_salt where leaf in (select leaf from ledger_refused)"
        )
        intruder.execute("delete from ledger_refused")


def reason(world: World, forged: UUID) -> str | None:
    """Return why an entry was refused, once it was."""
    why = (
        "select reason from ledger_refused"
        " where convert_from(body, 'UTF8')::jsonb->>'id' = %s"
    )
    return eventually(lambda: world.one(why, str(forged)))


@pytest.mark.parametrize(
    "forged",
    [
        {"id": str(uuid4())},
        {"act": str(uuid4())},
        {"agency": "pz-midi"},
        {"kind": "handoff.answer"},
        {"operation": "erasure"},
        {"erased": {"root": "00" * 32}},
        {"at": "2016-03-02T10:30:00+01:00"},
        {"at": "2036-03-02T10:30:00+01:00"},
    ],
    ids=["id", "act", "agency", "kind", "operation", "erased", "earlier", "later"],
)
def test_an_entry_takes_no_other_id_act_erasure_agency_or_time(
    world: World, cast: Cast, forged: dict[str, object]
) -> None:
    written = entry(HANDLER)
    with pytest.raises(REFUSED, match="row-level"):
        with world.seat(cast.officer(HANDLER)) as seat:
            stage(seat, written | forged, under=written["id"])


def test_an_id_is_staged_once(world: World, cast: Cast) -> None:
    written = entry(HANDLER)
    with pytest.raises(psycopg.errors.UniqueViolation):
        with world.seat(cast.officer(HANDLER)) as seat:
            stage(seat, written)
            stage(seat, written | {"detail": "another"})


@pytest.mark.usefixtures("refused")
def test_an_entry_under_the_id_of_another_opens_no_ruling_and_is_found(
    world: World, cast: Cast, read: dict[str, Any]
) -> None:
    """The police's auditor would see why somebody in Anderlecht was let in."""
    with world.seat(cast.officer(POLICE)) as seat:
        forged = stage(seat, entry(POLICE, id=read["id"], kind="list.shown"))

    assert reason(world, forged) == TAKEN
    ordered = "select agency_id from ledger_entry where entry_id = %s"
    assert world.rows(ordered, read["id"]) == [("anderlecht",)]


@pytest.mark.usefixtures("refused")
@pytest.mark.parametrize(
    "more", [{"rulings": "none"}, {"v": 2**60}, {"recorded_at": 1}, {"detail": ""}]
)
def test_what_is_no_entry_is_refused_and_the_log_goes_on(
    world: World, cast: Cast, item: ItemId, more: dict[str, object]
) -> None:
    with world.seat(cast.officer(HANDLER)) as seat:
        forged = stage(seat, entry(HANDLER, kind="list.shown", **more))
    read_item(cast.desk, cast.reader(HANDLER), item)

    assert reason(world, forged) == NONE
    waiting = "select count(*) from ledger_staging"
    assert eventually(lambda: world.one(waiting) == 0)


@pytest.mark.parametrize(
    "case_", ["", "none", "urn:uuid:0b8c6f0e-5d5e-4f0b-9d4b-6f4f8c3c1d11"]
)
def test_what_the_log_could_not_hold_is_not_staged(
    world: World, cast: Cast, case_: str
) -> None:
    with pytest.raises(psycopg.errors.InvalidTextRepresentation):
        with world.seat(cast.officer(HANDLER)) as seat:
            stage(seat, entry(HANDLER, case=case_))


def test_a_release_without_an_entry_is_refused(
    world: World, cast: Cast, item: ItemId
) -> None:
    with pytest.raises(REFUSED, match=WITHOUT):
        with world.seat(cast.officer(HANDLER)) as seat:
            promise(seat, item, HANDLER, noted=uuid4())


def test_a_release_against_the_entry_of_another_is_refused(
    world: World, cast: Cast, item: ItemId, read: dict[str, Any]
) -> None:
    """Of an item that was opened before, or one that somebody else opens just now."""
    about = {"items": [str(item)]}
    for written, who in (
        (entry(HANDLER, **about), MAYOR),
        (entry(HANDLER, items=[str(uuid4())]), HANDLER),
        (entry(HANDLER, kind="list.shown", **about), HANDLER),
        (entry(HANDLER, **about), ""),
    ):
        with pytest.raises(REFUSED, match=WITHOUT):
            with world.seat(cast.officer(HANDLER)) as seat:
                promise(seat, item, HANDLER, noted=stage(seat, written, who))
    with pytest.raises(psycopg.errors.UniqueViolation):
        with world.seat(cast.officer(HANDLER)) as seat:
            promise(seat, item, HANDLER, noted=UUID(read["id"]))


def test_an_entry_of_one_agency_is_no_release_in_another(
    world: World, cast: Cast, item: ItemId
) -> None:
    with pytest.raises(REFUSED, match=WITHOUT):
        with world.seat(cast.officer(POLICE)) as seat:
            noted = stage(seat, entry(POLICE, items=[str(item)]), POLICE)
            seat.execute("select set_config('app.agency', 'anderlecht', true)")
            seat.execute("select set_config('app.officer', %s, true)", [HANDLER])
            promise(seat, item, HANDLER, noted=noted)


def test_two_releases_do_not_share_an_entry(
    world: World, cast: Cast, item: ItemId
) -> None:
    with pytest.raises(psycopg.errors.UniqueViolation):
        with world.seat(cast.officer(HANDLER)) as seat:
            noted = stage(seat, entry(HANDLER, items=[str(item)]), HANDLER)
            for _ in range(2):
                promise(seat, item, HANDLER, noted=noted)


def test_a_release_with_its_entry_gives_what_a_read_gives(
    world: World, cast: Cast, item: ItemId
) -> None:
    """Else the refusals above would prove nothing."""
    with world.seat(cast.officer(HANDLER)) as seat:
        release = promise(seat, item, HANDLER)
    with world.seat(cast.officer(HANDLER)) as seat:
        assert redeem(seat, release, item) == (1, 1)


def test_whether_a_case_exists_is_told_against_a_question_of_earlier_on(
    world: World, cast: Cast, case: CaseId
) -> None:
    world.do(existence.conceal(cast.desk, cast.officer(HANDLER), case, Secrecy.STUB))
    asking = {"kind": "case.sought", "operation": "procedure", "case": str(case)}
    elsewhere = asking | {"case": str(uuid4())}

    with world.seat(cast.officer(POLICE)) as seat:
        assert told(seat, uuid4()) == []
        asked = stage(seat, entry(POLICE, **asking), POLICE)
        with seat.transaction():
            within = stage(seat, entry(POLICE, **asking), POLICE)
        other = stage(seat, entry(POLICE, **elsewhere), POLICE)
        assert told(seat, asked) == told(seat, within) == []
    with world.seat(cast.officer(POLICE)) as seat:
        assert told(seat, asked) == [(case,)]
        assert told(seat, other) == []
    with world.seat(cast.officer("ciear-bxl/analyst")) as seat:
        assert told(seat, asked) == []
    assert eventually(lambda: world.one("select count(*) from ledger_staging") == 0)
    with world.seat(cast.officer(POLICE)) as seat:
        assert told(seat, asked) == [(case,)]


def told(seat: Seat, asked: UUID) -> list[tuple[Any, ...]]:
    seat.execute("select set_config('app.entry', %s, true)", [str(asked)])
    return seat.execute(TOLD).fetchall()


def test_who_works_on_a_case_is_told_to_who_sees_it(
    world: World, cast: Cast, case: CaseId
) -> None:
    for who, colleagues in (
        (HANDLER, True),
        ("anderlecht/supervisor", True),
        ("anderlecht/second", False),
        (POLICE, False),
    ):
        with world.seat(cast.officer(who)) as seat:
            assert bool(seat.execute(COLLEAGUES, [case]).fetchall()) == colleagues, who
