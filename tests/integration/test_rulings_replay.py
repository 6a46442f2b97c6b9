"""Stored rulings, taken again where the data are; the texts they were given under."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from acts import handoffs
from acts.handoffs import Reply
from acts.items.reading import read_item
from models.errors import EntryAltered, NotPermitted
from models.handling import Regime
from models.ids import CaseId, HandoffId, ItemId
from policies.rulings import SharingPolicies
from policies.sharing_files import SHARING_ROOT, read_sources, read_texts
from runtime.roles import Role
from storage.policy_sets import load_sharing
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.oracles.evidence import entries
from tests.running.terminal import Terminal
from tests.running.world import World


@pytest.fixture(scope="module")
def ruling(cast: Cast, item: ItemId) -> UUID:
    return read_item(cast.desk, cast.reader(HANDLER), item).ruling


def test_a_ruling_gives_the_same_answer_under_the_same_texts(
    terminal: Terminal, ruling: UUID
) -> None:
    found = terminal.run("policy", "replay", ruling, "--json").document
    page = terminal.run("policy", "replay", ruling, "--lang", "fr").out

    assert found["stored"]["verdict"] == "allow"
    assert found["stored"]["facts"]["officer"] == HANDLER
    assert all(found[each] for each in ("same_engine", "same_texts", "same_then"))
    assert found["same_now"] and found["then"] == found["stored"]
    for line in found["said"]:
        assert line in page
    assert "Permis." in page and "Deux plaintes" not in page


def test_a_refused_read_is_replayed_too(
    terminal: Terminal, world: World, cast: Cast, case: CaseId, item: ItemId
) -> None:
    college = cast.officer("anderlecht/college")
    with world.superuser() as connection:
        connection.execute(
            "insert into designation values (%s, %s, null, 'anderlecht', %s, %s, null)",
            [uuid4(), case, college.id, cast.today],
        )
    with pytest.raises(NotPermitted) as caught:
        read_item(cast.desk, cast.reader(college.id), item)

    refused = caught.value.details["ruling"]
    found = terminal.run("policy", "replay", refused, "--json").document
    assert found["stored"]["verdict"] == "deny" and found["same_then"]


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later release, whose law lets nobody read any more."""
    sources = read_sources(SHARING_ROOT)
    texts = read_texts(SHARING_ROOT)
    law = sources["designation.cedar"]
    assert "context.designated &&" in law
    sources["designation.cedar"] = law.replace(
        "context.designated &&", "context.excluded &&"
    )
    today = SharingPolicies(sources, texts)
    monkeypatch.setattr(SharingPolicies, "load", lambda: today)


@pytest.mark.usefixtures("changed")
def test_policies_that_changed_since_are_told_apart_from_those_of_then(
    terminal: Terminal, ruling: UUID
) -> None:
    found = terminal.run("policy", "replay", ruling, "--json").document

    assert found["same_then"] and not found["same_texts"] and not found["same_now"]
    assert found["now"]["verdict"] == "deny"
    assert "another answer: deny, by no policy" in found["said"][-1]


@contextmanager
def altered(world: World, change: str, ruling: UUID) -> Iterator[None]:
    """Do to a ruling what no role of ours may do, and undo it."""
    kept = "select verdict, facts::text, digest, engine from ruling where id = %s"
    (before,) = world.rows(kept, ruling)
    with world.superuser() as connection:
        connection.execute(f"{change} where id = %s".encode(), [ruling])
    try:
        yield
    finally:
        with world.superuser() as connection:
            connection.execute(
                "update ruling set verdict = %s, facts = %s::jsonb, digest = %s,"
                " engine = %s where id = %s",
                [*before, ruling],
            )


@pytest.mark.parametrize(
    "change",
    [
        "update ruling set verdict = 'deny'",
        "update ruling set facts = jsonb_set(facts, '{designated}', 'false')",
    ],
)
def test_a_ruling_that_its_policies_do_not_give_was_altered(
    terminal: Terminal, world: World, ruling: UUID, change: str
) -> None:
    with altered(world, change, ruling):
        told = terminal.run("policy", "replay", ruling, "--json")

    assert (told.code, told.error["error"]) == (8, "EntryAltered")


def test_another_engine_is_named_and_a_difference_is_only_reported(
    terminal: Terminal, world: World, ruling: UUID
) -> None:
    change = "update ruling set engine = 'cedarpy 3.9.9', verdict = 'deny'"
    with altered(world, change, ruling):
        found = terminal.run("policy", "replay", ruling, "--json").document

    assert not found["same_engine"] and not found["same_then"]
    assert "cedarpy 3.9.9" in found["said"][0]
    assert "another answer: allow" in found["said"][1]


@pytest.mark.parametrize(
    "change",
    [
        "update ruling set digest = repeat('0', 64)",
        "update ruling set id = gen_random_uuid()",
    ],
)
def test_what_is_not_stored_cannot_be_replayed(
    terminal: Terminal, world: World, cast: Cast, item: ItemId, change: str
) -> None:
    fresh = read_item(cast.desk, cast.reader(HANDLER), item).ruling
    with world.superuser() as connection:
        connection.execute(b"create temporary table kept as table ruling")
        connection.execute(f"{change} where id = %s".encode(), [fresh])
        connection.commit()
        try:
            told = terminal.run("policy", "replay", fresh, "--json")
        finally:
            connection.execute(
                "delete from ruling where id not in (select id from kept)"
            )
            connection.execute(
                "insert into ruling select * from kept on conflict (id) do update"
                " set digest = excluded.digest"
            )

    assert (told.code, told.error["error"]) == (3, "NotFound")
    assert told.error["help"]


def test_the_texts_are_kept_once_under_their_digest(world: World) -> None:
    database = world.engine(Role.ACTS, pool=1)
    sharing = load_sharing(database)
    rows = world.rows("select digest, engine, schema_text from policy_set")

    assert [(digest, engine) for digest, engine, _ in rows] == [
        (sharing.digest, sharing.engine)
    ]
    assert "entity Officer" in rows[0][2]


@pytest.mark.parametrize("role", [Role.ACTS, Role.RECORD])
@pytest.mark.parametrize(
    "change", ["update policy_set set engine = ''", "delete from policy_set"]
)
def test_no_serving_role_changes_kept_texts(
    world: World, role: Role, change: str
) -> None:
    with pytest.raises(Exception, match="permission denied"):
        with world.connection(role) as connection:
            connection.execute(change.encode())


def test_a_process_does_not_start_with_texts_other_than_those_kept(
    terminal: Terminal, world: World, ruling: UUID
) -> None:
    database = world.engine(Role.RECORD, pool=1)
    change = "update policy_set set schema_text = schema_text || %s"
    with world.superuser() as connection:
        connection.execute(change.encode(), ["// x"])
    try:
        with pytest.raises(EntryAltered):
            load_sharing(database)
        told = terminal.run("policy", "replay", ruling, "--json")
    finally:
        with world.superuser() as connection:
            connection.execute(
                "update policy_set set schema_text = replace(schema_text, '// x', '')"
            )
    assert (told.code, told.error["error"]) == (8, "EntryAltered")
    assert load_sharing(database).digest


def test_the_ruling_that_refused_a_disclosure_is_stored_and_cited(
    terminal: Terminal, world: World, cast: Cast, case: CaseId
) -> None:
    handoff: HandoffId = world.do(cast.ask(case))
    world.do(cast.receive(handoff))
    secret = cast.handling(regime=Regime.INTELLIGENCE)
    reply = Reply(body="Rien.", handling=secret, hit=None)

    with pytest.raises(NotPermitted) as caught:
        officer = cast.officer(POLICE)
        world.do(handoffs.answer(cast.desk, officer, handoff, (reply,)))

    assert "ruling" not in caught.value.details
    (refusal,) = [
        e for e in entries(world)
        if e["kind"] == "act.refused" and e.get("rulings") and e["case"] == str(case)
    ]  # fmt: skip
    (note,) = refusal["rulings"]
    assert (note["allowed"], note["policies"]) == (False, ["intelligence-stays"])
    found = terminal.run("policy", "replay", note["id"], "--json").document
    assert found["stored"]["verdict"] == "deny" and found["same_then"]
