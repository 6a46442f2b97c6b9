"""An operator who puts keys of its own into the directory learns nothing by it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from acts.handoffs import Question
from acts.performing import Done
from models.errors import CiphertextInvalid
from models.ids import AgencyId, CaseId
from tests.deeds.cast import HANDLER, Cast
from tests.deeds.control import Control, Kept
from tests.deeds.staff import directory_says
from tests.oracles.evidence import refused
from tests.pieces.certified import certified
from tests.pieces.masters import new_keyring
from tests.running.world import World
from vault.values import AgencyKeys


@pytest.fixture
def operators(tmp_path: Path) -> Iterator[AgencyKeys]:
    """Keys that the operator made and certified itself, in the police's name."""
    keyring = new_keyring(tmp_path / "operator.keys", "pz-midi")
    yield certified("pz-midi", keyring).public_keys()
    keyring.close()


def stored(world: World) -> list[tuple[int, ...]]:
    """Count all that is sealed or wrapped."""
    return world.rows(
        "select (select count(*) from item), (select count(*) from item_body),"
        " (select count(*) from item_key), (select count(*) from staged_wrap)"
    )


def test_a_question_is_not_sealed_for_a_key_that_the_operator_put_there(
    world: World, cast: Cast, operators: AgencyKeys
) -> None:
    case = world.do(cast.open_case())
    world.do(cast.add_fact(case))
    others = "select statement from agency where id = 'audit'"
    swaps = (operators.statement, world.one(others), b"\x00")
    before = stored(world)

    for statement in swaps:
        both = {"statement": statement, "certificates": [operators.certificate]}
        with directory_says(world, "pz-midi", **both):
            error = refused(world, case, _ask(cast, case), CiphertextInvalid)
        assert "delivery key of `pz-midi` is not vouched for" in error.message
        assert "by another way than this system" in error.help
    assert stored(world) == before

    assert world.do(_ask(cast, case)).outcome


def test_no_item_is_granted_to_a_key_that_the_operator_put_there(
    world: World, control: Control, kept: Kept
) -> None:
    handoff = world.do(control.requested(kept))
    recipient = kept.recipient.split("/")[0]
    other = world.one("select statement from agency where id = 'audit'")
    before = stored(world)

    with directory_says(world, recipient, statement=other):
        refused(world, kept.case, control.grant(handoff), CiphertextInvalid)

    assert stored(world) == before
    world.do(control.grant(handoff))


def test_an_item_is_not_read_as_of_whom_the_operator_certified(
    world: World, control: Control, kept: Kept, operators: AgencyKeys
) -> None:
    mine = [operators.certificate]
    with directory_says(world, "pz-midi", certificates=mine):
        with pytest.raises(CiphertextInvalid, match="certificate does not hold"):
            control.read(kept.item, HANDLER)

    assert control.read(kept.item, HANDLER).body


async def _ask(cast: Cast, case: CaseId) -> Done:
    asked = Question(
        to=AgencyId("pz-midi"),
        source="src.2",
        question="Faits constatés?",
        context="Enquête d'intégrité.",
    )
    return await cast.put(case, asked)
