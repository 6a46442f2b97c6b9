"""Three agencies with nodes, and the record behind them: no engine, no worker."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import Engine, insert, select, update

from activities.orders import AgencyOrders
from models.agencies import Agency, AgencyKind, AgencyName
from models.control import RecallGround
from models.ids import AgencyId
from models.retention import OrderState
from runtime.clock import SystemClock
from runtime.roles import Role
from storage import deliveries, recalls
from storage import tables as t
from storage.engine import connect, transaction
from storage.people import directory
from tests.pieces.certified import TRUST, certified, signer_of
from tests.pieces.masters import new_keyring
from tests.running.postgres import migrated_database
from vault.duties import Duties
from vault.local_node import LocalNode
from vault.trust import Trust
from vault.values import Recipient, SealedItem, SealRequest

AGENCIES = ("town", "tax", "hub")
SCOPE = "underlying"


@dataclass
class Offices:
    """Each agency's node, and coordination as it sees it, with the link's rights."""

    database: Engine
    link: Engine
    nodes: dict[str, LocalNode]
    urls: Mapping[Role, str]
    believed: Trust = TRUST

    def trust(self) -> Trust:
        """Return whom coordination believes."""
        return self.believed

    def orders(self, agency: str) -> AgencyOrders:
        """Return coordination as one agency sees it."""
        return AgencyOrders(self.link, agency, SystemClock(), self.trust)

    def duties(self, agency: str) -> Duties:
        """Return what an agency's node does."""
        return Duties(self.nodes[agency], self.orders(agency))

    def published(self, agency: str) -> bytes:
        """Return an agency's statement as the directory shows it."""
        with transaction(self.database) as connection:
            return directory.agency(connection, agency).statement

    def give(self, giver: str, receiver: str, case: UUID) -> SealedItem:
        """Seal an item, and store the case key on its way."""
        to = Recipient(receiver, self.published(receiver), SCOPE)
        request = SealRequest(str(uuid4()), str(case), SCOPE, b"{}", b"found", (to,))
        sealed = self.nodes[giver].seal(request)
        with transaction(self.database) as connection:
            deliveries.store(connection, uuid4(), sealed.deliveries)
            connection.execute(update(t.key_delivery).values(live=True))
        return sealed

    def order(self, agency: str, case: UUID, holder: str) -> UUID:
        """Order an agency's node to destroy keys."""
        order = uuid4()
        with transaction(self.database) as connection:
            connection.execute(
                insert(t.node_order).values(
                    id=order,
                    agency_id=agency,
                    case_id=case,
                    kind="destroy_keys",
                    scope=SCOPE,
                    holder=holder,
                    state=OrderState.OPEN,
                    ordered_at=datetime.now(UTC),
                )
            )
        return order

    def state(self, order: UUID) -> str:
        """Return the state of an order."""
        query = select(t.node_order.c.state).where(t.node_order.c.id == order)
        with transaction(self.database) as connection:
            return str(connection.execute(query).scalar_one())

    def order_recall(self, agency: str, case: UUID, item: str) -> UUID:
        """Order an agency's node to give an item back."""
        order = uuid4()
        with transaction(self.database) as connection:
            connection.execute(
                insert(t.node_order).values(
                    id=order,
                    agency_id=agency,
                    case_id=case,
                    kind=recalls.KIND,
                    scope=SCOPE,
                    holder=agency,
                    item_id=UUID(item),
                    ground=RecallGround.INCORRECT,
                    state=OrderState.OPEN,
                    ordered_at=datetime.now(UTC),
                )
            )
        return order

    def opens(self, item: SealedItem, reader: str) -> bytes:
        """Return what a reader's node makes of its wrap of an item."""
        (wrap,) = [each for each in item.wraps if each.receiver == reader]
        signer = signer_of(self.nodes[wrap.giver])
        return self.nodes[reader].open(item.sealed, wrap, signer)


@contextmanager
def open_offices(place: Path) -> Iterator[Offices]:
    """Lend the offices, with keyrings in `place` and a database of their own."""
    with ExitStack() as closes:
        urls = closes.enter_context(migrated_database())
        nodes = {}
        for name in AGENCIES:
            keyring = new_keyring(place / f"{name}.keyring", name)
            nodes[name] = certified(name, closes.enter_context(closing(keyring)))
        _enter(urls[Role.OWNER], nodes)
        database = connect(urls[Role.RECORD], pool=4)
        closes.callback(database.dispose)
        link = connect(urls[Role.LINK], pool=8)
        closes.callback(link.dispose)
        yield Offices(database, link, nodes, urls)


def _enter(owner: str, nodes: dict[str, LocalNode]) -> None:
    engine = connect(owner, pool=1)
    with transaction(engine) as connection:
        agencies = [
            Agency(
                id=AgencyId(name),
                kind=AgencyKind.TAX,
                name=AgencyName(fr=name, nl=name, de=name, en=name),
                certificates=(node.public_keys().certificate,),
                statement=node.public_keys().statement,
            )
            for name, node in nodes.items()
        ]
        rows = [each.model_dump() for each in agencies]
        connection.execute(insert(t.agency), rows)
    engine.dispose()
