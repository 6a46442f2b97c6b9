"""Each wall alone keeps content in when the other two are switched off.

Policy is switched off by one policy that permits everything; the walls of the database
by a connection that none of them stops; the keys by lending the reader's agency those
of the agency that holds the item, as if it had stolen them.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import psycopg
import pytest

from acts.desk import Desk
from acts.items.reading import read_item
from models.errors import EstafetteError, NotFound, NotPermitted, VaultFailure
from models.ids import AgencyId, ItemId
from policies.rulings import SharingPolicies
from policies.sharing_files import SCHEMA_FILE
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.staff import unwalled
from tests.oracles.evidence import items_of
from tests.running.world import World
from vault.local_node import LocalNode
from vault.values import Sealed, Signer, Wrap

SECRET = b"Kwyjibolique."
OUTSIDERS = ("saint-gilles/handler", POLICE, "audit/auditor")
HELD_UP = {"policy": NotPermitted, "rows": NotFound, "keys": VaultFailure}


class Thief:
    """The node of one agency that works with the keys of another."""

    def __init__(self, agency: AgencyId, robbed: LocalNode) -> None:
        self.agency = agency
        self._robbed = robbed

    def open(self, sealed: Sealed, wrap: Wrap, originator: Signer) -> bytes:
        """Open an item as the agency that was robbed would."""
        theirs = replace(wrap, receiver=self._robbed.agency)
        return self._robbed.open(sealed, theirs, originator)


@pytest.fixture(scope="module")
def item(world: World, cast: Cast) -> ItemId:
    """A fact of Anderlecht's file, which the operator slips to everybody else."""
    case = world.do(cast.open_case())
    world.do(cast.add_fact(case, SECRET.decode()))
    (fact,) = items_of(world, "fact", case)
    with world.superuser() as connection:
        for who in OUTSIDERS:
            slip(connection, fact.item, who.split("/")[0])
    return ItemId(fact.item)


def slip(
    connection: psycopg.Connection[tuple[object, ...]], item: object, agency: str
) -> None:
    """Write down that an agency holds an item, with the wrap of the one that does."""
    connection.execute(
        "insert into audience select item_id, %s, case_id, originator, null, scope"
        " from audience where item_id = %s and agency_id = 'anderlecht'",
        [agency, item],
    )
    connection.execute(
        "insert into item_key select item_id, %s, giver, scope, case_key_id, wrapped"
        " from item_key where item_id = %s and agency_id = 'anderlecht'",
        [agency, item],
    )


def everything_permitted(cast: Cast) -> SharingPolicies:
    schema = {SCHEMA_FILE: cast.desk.sharing.sources[SCHEMA_FILE]}
    text = '@id("all") permit(principal, action, resource);'
    return SharingPolicies({"all.cedar": text} | schema, {})


@pytest.fixture
def held() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def desk_with(cast: Cast, held: ExitStack, reader: str, wall: str | None) -> Desk:
    """Return a desk at which this wall stands, and no other."""
    agency = AgencyId(reader.split("/")[0])
    desk = cast.desk if wall == "rows" else held.enter_context(unwalled(cast.world))
    if wall != "policy":
        desk = replace(desk, sharing=everything_permitted(cast))
    if wall != "keys":
        robbed = cast.desk.nodes["anderlecht"]
        assert isinstance(robbed, LocalNode)
        desk = replace(desk, nodes={agency: Thief(agency, robbed)})  # type: ignore[dict-item]
    return desk


@pytest.mark.parametrize("reader", OUTSIDERS)
def test_without_any_wall_the_content_is_out(
    cast: Cast, item: ItemId, held: ExitStack, reader: str
) -> None:
    """Else the test below would prove nothing."""
    desk = desk_with(cast, held, reader, None)

    assert read_item(desk, cast.reader(reader), item).body == SECRET


@pytest.mark.parametrize("reader", OUTSIDERS)
@pytest.mark.parametrize("wall", HELD_UP)
def test_each_wall_alone_keeps_content_in(
    cast: Cast, item: ItemId, held: ExitStack, reader: str, wall: str
) -> None:
    desk = desk_with(cast, held, reader, wall)

    with pytest.raises(EstafetteError) as caught:
        read_item(desk, cast.reader(reader), item)

    assert isinstance(caught.value, HELD_UP[wall])
    assert SECRET not in str(vars(caught.value)).encode()


def test_who_is_named_reads_it_with_all_walls(cast: Cast, item: ItemId) -> None:
    assert read_item(cast.desk, cast.reader(HANDLER), item).body == SECRET
