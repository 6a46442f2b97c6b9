"""No node but the originator's makes a key of an item for one more agency."""

import pytest

from acts.performing import Deed, Done, Given, _carry_through, _Order
from models.errors import (
    CiphertextInvalid,
    InvalidInput,
    NotFound,
    NotPermitted,
)
from models.ids import AgencyId, HandoffId
from models.messages.control import GrantRelease
from storage.items import KeyRow
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.control import CIEAR, Control, Kept, holders
from tests.oracles.evidence import refused
from tests.running.world import World
from vault import wrapping
from vault.values import Recipient, Wrap


@pytest.mark.parametrize("who", [HANDLER, CIEAR])
def test_a_wrap_forged_by_another_agencys_node_is_refused_by_the_record(
    world: World, cast: Cast, control: Control, kept: Kept, who: str
) -> None:
    handoff = world.do(control.requested(kept))
    control.read(kept.item, HANDLER)
    key = forged(world, cast, kept)
    if who == CIEAR:
        key = key.model_copy(update={"giver": AgencyId("ciear-bxl")})

    refused(world, kept.case, granted(cast, who, kept, handoff, key), NotFound)

    assert holders(world, kept.item) == {"pz-midi", "anderlecht"}
    assert world.one("select count(*) from staged_wrap") == 0


def test_the_originator_grants_nothing_without_a_wrap_of_its_own_node(
    world: World, cast: Cast, control: Control, kept: Kept
) -> None:
    handoff = world.do(control.requested(kept))
    control.read(kept.item, HANDLER)
    key = forged(world, cast, kept).model_copy(update={"giver": AgencyId("pz-midi")})
    elsewhere = key.model_copy(update={"agency": AgencyId("spf-finances")})

    none = granted(cast, POLICE, kept, handoff, None)
    refused(world, kept.case, none, InvalidInput)
    wrong = granted(cast, POLICE, kept, handoff, elsewhere)
    refused(world, kept.case, wrong, InvalidInput)


def test_a_forged_wrap_in_the_database_opens_nothing_at_its_receiver(
    world: World, cast: Cast, control: Control, kept: Kept
) -> None:
    """The holder has the key of the item, and a case key with the receiver."""
    control.read(kept.item, HANDLER)  # so its node has the case key
    key = forged(world, cast, kept)
    with world.superuser() as intruder:
        intruder.execute(
            "insert into item_key values (%s, %s, %s, %s, %s, %s)",
            [key.item, key.agency, key.giver, key.scope, key.case_key, key.wrapped],
        )
        intruder.execute(
            "insert into audience (item_id, agency_id, case_id, originator, handoff_id,"
            " scope) values (%s, %s, %s, 'pz-midi', %s, %s)",
            [key.item, key.agency, kept.case, kept.served, key.scope],
        )

    with pytest.raises(CiphertextInvalid, match="other parties"):
        control.read(kept.item, CIEAR)


def test_the_node_of_a_holder_wraps_for_nobody(
    world: World, cast: Cast, kept: Kept
) -> None:
    row = world.rows(
        "select giver, case_key_id, wrapped from item_key"
        " where item_id = %s and agency_id = 'anderlecht'",
        kept.item,
    )[0]
    wrap = Wrap(str(kept.item), row[0], "anderlecht", row[1], bytes(row[2]))
    receiver = cast.agency("ciear-bxl")

    with pytest.raises(NotPermitted):
        cast.desk.node("anderlecht").wrap_for(
            wrap, Recipient(receiver.id, receiver.statement)
        )


async def granted(
    cast: Cast, who: str, kept: Kept, handoff: HandoffId, key: KeyRow | None
) -> Done:
    """Grant with a key that no desk would send."""
    given = None if key is None else Given(key, None)
    order = _Order(kept.case, Deed(GrantRelease(handoff=handoff), given=given))
    return await _carry_through(cast.desk, cast.officer(who), lambda _: order)


def forged(world: World, cast: Cast, kept: Kept) -> KeyRow:
    """Let the keyring of a holder wrap the item under its own key with the CIEAR."""
    node = cast.desk.node("anderlecht")
    (giver, case_key, wrapped), *_ = world.rows(
        "select giver, case_key_id, wrapped from item_key"
        " where item_id = %s and agency_id = 'anderlecht'",
        kept.item,
    )
    mine = Wrap(str(kept.item), giver, "anderlecht", case_key, bytes(wrapped))
    item_key = node._unwrap(mine)
    (shared, scope), *_ = world.rows(
        "select k.case_key_id, k.scope from item_key k join item i on i.id = k.item_id"
        " where k.agency_id = 'ciear-bxl' and k.giver = 'anderlecht'"
        " and i.case_id = %s",
        kept.case,
    )
    held = node._keyring.held_key(shared)
    return KeyRow(
        item=kept.item,
        agency=AgencyId("ciear-bxl"),
        giver=AgencyId("anderlecht"),
        scope=scope,
        case_key=shared,
        wrapped=wrapping.wrap(
            item_key, held.key, item_id=str(kept.item), case_key_id=shared
        ),
    )
