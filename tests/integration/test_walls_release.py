"""The second wall, tried as the acts role: no release committed earlier, no content."""

from uuid import UUID, uuid4

import psycopg
import pytest

from acts.items.reading import read_item
from models.errors import NotPermitted
from models.ids import CaseId, ItemId
from models.rulings import SharingFacts
from runtime.roles import Role
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.deeds.forging import FORGED, promise, redeem
from tests.oracles.absence import heard
from tests.oracles.evidence import entries, items_of
from tests.running.world import World


@pytest.fixture(scope="module")
def case(world: World, cast: Cast) -> CaseId:
    opened = world.do(cast.open_case())
    world.do(cast.add_fact(opened, "Deux plaintes."))
    return opened


@pytest.fixture(scope="module")
def item(world: World, case: CaseId) -> ItemId:
    (fact,) = items_of(world, "fact", case)
    return ItemId(fact.item)


def test_without_a_release_the_header_is_all_there_is(
    world: World, cast: Cast, item: ItemId
) -> None:
    with world.seat(cast.officer(HANDLER)) as seat:
        known = seat.execute("select state from item where id = %s", [item])

        assert known.fetchall() == [("live",)]
        assert redeem(seat, "", item) == (0, 0)
        assert redeem(seat, uuid4(), item) == (0, 0)


def test_a_release_of_the_same_transaction_releases_nothing(
    world: World, cast: Cast, item: ItemId
) -> None:
    with world.seat(cast.officer(HANDLER)) as seat:
        release = promise(seat, item, HANDLER)

        assert redeem(seat, release, item) == (0, 0)


def test_a_release_of_a_part_of_the_same_transaction_releases_nothing(
    world: World, cast: Cast, item: ItemId
) -> None:
    with world.seat(cast.officer(HANDLER)) as seat:
        with seat.transaction():
            release = promise(seat, item, HANDLER)

        assert redeem(seat, release, item) == (0, 0)


def test_a_release_that_was_rolled_back_releases_nothing(
    world: World, cast: Cast, item: ItemId
) -> None:
    with world.seat(cast.officer(HANDLER)) as seat:
        release = promise(seat, item, HANDLER)
        seat.rollback()

    with world.seat(cast.officer(HANDLER)) as seat:
        assert redeem(seat, release, item) == (0, 0)


def test_a_release_that_was_committed_releases_its_item_to_its_officer_only(
    world: World, cast: Cast, case: CaseId, item: ItemId
) -> None:
    with world.seat(cast.officer(HANDLER)) as seat:
        release = promise(seat, item, HANDLER)
    (card,) = items_of(world, "subject_card", case)

    with world.seat(cast.officer(HANDLER)) as seat:
        assert redeem(seat, release, item) == (1, 1)
        assert redeem(seat, release, card.item) == (0, 0)
    for other in (MAYOR, "anderlecht/second", POLICE):
        with world.seat(cast.officer(other)) as seat:
            assert redeem(seat, release, item) == (0, 0)


def test_a_release_cannot_be_written_for_somebody_else(
    world: World, cast: Cast, item: ItemId
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level"):
        with world.seat(cast.officer(HANDLER)) as seat:
            promise(seat, item, MAYOR)


def test_a_release_cannot_be_dated_back(world: World, cast: Cast, item: ItemId) -> None:
    """Its transaction is the database's to write."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        with world.seat(cast.officer(HANDLER)) as seat:
            seat.execute(
                "insert into release (id, item_id, agency_id, officer_id, purpose,"
                " ruling_id, entry_id, at, txid)"
                " values (%s, %s, 'anderlecht', %s, '', %s, %s, now(), 1)",
                [uuid4(), item, HANDLER, uuid4(), uuid4()],
            )


def test_a_read_writes_its_entry_before_the_content_leaves(
    world: World, cast: Cast, item: ItemId
) -> None:
    opened = read_item(cast.desk, cast.reader(HANDLER), item)

    (entry,) = [
        e
        for e in entries(world)
        if e["kind"] == "item.released"
        and e["items"] == [str(item)]
        and e["nonce"] != FORGED
    ]
    releases = world.rows(
        "select officer_id, entry_id, verdict from release r"
        " join ruling g on g.id = r.ruling_id where r.item_id = %s",
        item,
    )
    assert opened.body == b"Deux plaintes."
    assert releases == [(HANDLER, UUID(entry["id"]), "allow")]
    assert (entry["agency"], entry["operation"]) == ("anderlecht", "consultation")
    assert entry["purpose"] == "integrity_inquiry" and HANDLER not in str(entry)


def test_a_read_fails_when_its_entry_cannot_be_written(
    world: World, cast: Cast, item: ItemId
) -> None:
    """Fail closed: no entry, no release, no content."""
    releases = "select count(*) from release where item_id = %s"
    before = world.one(releases, item)
    with world.connection(Role.OWNER) as owner:
        owner.execute("revoke insert on ledger_staging from estafette_acts")
    try:
        with pytest.raises(Exception, match="permission denied"):
            read_item(cast.desk, cast.reader(HANDLER), item)
    finally:
        with world.connection(Role.OWNER) as owner:
            owner.execute("grant insert on ledger_staging to estafette_acts")

    assert world.one(releases, item) == before


def test_a_refused_read_is_an_entry_too_and_names_who_may_help(
    world: World, cast: Cast, case: CaseId, item: ItemId
) -> None:
    """The college decides; it does not see the file (NLC 119quinquies §4)."""
    college = cast.officer("anderlecht/college")
    with world.superuser() as connection:
        connection.execute(
            "insert into designation values (%s, %s, null, 'anderlecht', %s, %s, null)",
            [uuid4(), case, college.id, cast.today],
        )

    with pytest.raises(NotPermitted) as caught:
        read_item(cast.desk, cast.reader(college.id), item)

    assert (
        caught.value.help and "college-not-the-file" in caught.value.details["policies"]
    )
    refusals = [e for e in entries(world) if e["kind"] == "read.refused"]
    assert [e["items"] for e in refusals if str(item) in e["items"]] == [[str(item)]]


@pytest.mark.parametrize("who", ["anderlecht/second", POLICE, "saint-gilles/handler"])
def test_an_item_that_is_hidden_is_as_absent_as_one_that_never_was(
    cast: Cast, item: ItemId, who: str
) -> None:
    def read(which: ItemId) -> object:
        return read_item(cast.desk, cast.reader(who), which)

    assert heard(read, item) == heard(read, ItemId(uuid4()))


def test_every_disclosure_and_every_read_stands_on_a_ruling(world: World) -> None:
    allowed = {
        ruling: verdict == "allow"
        for ruling, verdict in world.rows("select id, verdict from ruling")
    }

    for entry in entries(world):
        if entry["operation"] not in ("disclosure", "consultation"):
            continue
        if entry["nonce"] == FORGED:
            continue
        if entry["kind"] == "log.read":  # the operator's: no officer, and no item
            continue
        notes = {note["id"]: note["allowed"] for note in entry["rulings"]}
        assert notes
        assert notes == {one: allowed[UUID(one)] for one in notes}
        assert all(notes.values()) == (entry["kind"] != "read.refused")


def test_a_stored_ruling_can_be_taken_again(world: World, cast: Cast) -> None:
    # Other tests of this world rule by policies of their own.
    query = "select facts, verdict, policies from ruling where digest = %s limit 50"
    rows = world.rows(query, cast.desk.sharing.digest)

    assert rows
    for facts, verdict, policies in rows:
        again = cast.desk.sharing.decide(SharingFacts.model_validate(facts))
        assert (again.verdict, list(again.policies)) == (verdict, policies)
