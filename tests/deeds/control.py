"""An item that the police keeps a hand on, and what is done about it."""

from dataclasses import dataclass

from acts import handoffs, recalls, releases
from acts.items.reading import OpenedItem, read_item
from acts.pages import lists
from acts.pages.lists import NoticeLine
from acts.pages.one_handoff import show_handoff
from acts.performing import Done
from acts.recalls import Correction
from acts.releases import Conditions, Wish
from models.agencies import ReadReason
from models.control import Denial, RecallGround
from models.handling import HandlingCode
from models.ids import AgencyId, CaseId, HandoffId, ItemId
from models.items import KnownItem
from models.recalls import RecallLine
from tests.deeds.cast import HANDLER, POLICE, Cast, handoff_of
from tests.oracles.evidence import items_of
from tests.running.world import World

CIEAR, PROSECUTOR = "ciear-bxl/analyst", "parquet-bxl/magistrate"
SECRET = "Un témoin protégé parle de plombastique."
PART = "Des faits sont établis."


@dataclass(frozen=True)
class Kept:
    """A police answer under H2 in a case, and a question to somebody else.

    Attributes:
        police: the question that was answered. item: the answer.
        served: the open question to `recipient`, which could use it.
    """

    case: CaseId
    police: HandoffId
    item: ItemId
    served: HandoffId
    recipient: str


class Control:
    """What officers do to items that their originator controls."""

    def __init__(self, world: World, cast: Cast) -> None:
        self.world = world
        self.cast = cast

    def keep(self, **handled: object) -> Kept:
        """Open a case in which the police answered and the CIEAR was asked."""
        return self.world.do(self._keep(**handled))

    def item(self, case: CaseId, kind: str = "answer") -> ItemId:
        """Return the newest live item of a kind."""
        live = [i for i in items_of(self.world, kind, case) if i.state == "live"]
        return ItemId(live[-1].item)

    def read(
        self, item: ItemId, who: str, reason: ReadReason = ReadReason.ASKING
    ) -> OpenedItem:
        """Let somebody read an item."""
        return read_item(self.cast.desk, self.cast.reader(who, reason), item)

    async def request(self, kept: Kept, who: str = HANDLER) -> Done:
        """Ask the police to let its answer go on."""
        return await self.wish(
            Wish(
                item=kept.item,
                to=AgencyId(kept.recipient.split("/")[0]),
                serves=kept.served,
                reasons="Le CIEAR doit la recouper.",
            ),
            who,
        )

    async def wish(self, wish: Wish, who: str = HANDLER) -> Done:
        """Ask the originator of an item to let it go on."""
        return await releases.request(self.cast.desk, self.cast.officer(who), wish)

    async def requested(self, kept: Kept) -> HandoffId:
        """Ask, and let the police take the request in hand."""
        handoff = handoff_of(await self.request(kept))
        await self.cast.receive(handoff)
        return handoff

    async def grant(
        self, handoff: HandoffId, who: str = POLICE, **conditions: object
    ) -> Done:
        """Let the police grant a request."""
        given = Conditions.model_validate(conditions)
        reader = self.cast.reader(who, ReadReason.ANSWERING)
        return await releases.grant(self.cast.desk, reader, handoff, given)

    async def deny(self, handoff: HandoffId, who: str = POLICE) -> Done:
        """Let the police deny a request."""
        officer, word = self.cast.officer(who), Denial.SOURCE_AT_RISK
        return await releases.deny(
            self.cast.desk, officer, handoff, word, "La source serait connue."
        )

    async def recall(self, item: ItemId, who: str = POLICE) -> Done:
        """Take an item back."""
        officer, ground = self.cast.officer(who), RecallGround.INCORRECT
        return await recalls.recall(self.cast.desk, officer, item, ground)

    async def correct(self, item: ItemId, body: str, who: str = POLICE) -> Done:
        """Give a corrected item in the place of one."""
        reader = self.cast.reader(who, ReadReason.CHECKING)
        correction = Correction(body=body, ground=RecallGround.INCORRECT)
        return await recalls.correct(self.cast.desk, reader, item, correction)

    def lines(self, who: str, item: ItemId) -> list[RecallLine]:
        """Return what somebody knows of a recall."""
        return recalls.recalled(self.cast.desk, self.cast.reader(who), item)

    async def _keep(self, **handled: object) -> Kept:
        cast = self.cast
        case = await cast.open_case()
        police = await cast.ask(case)
        await cast.receive(police)
        await cast.answer(police, SECRET, **({"code": HandlingCode.H2} | handled))
        served = await cast.ask(case, CIEAR.split("/")[0], "src.6")
        await handoffs.receive(cast.desk, cast.officer(CIEAR), served)
        return Kept(case, police, self.item(case), served, CIEAR)


def holders(world: World, item: ItemId) -> set[str]:
    """Return the agencies that may be shown an item."""
    rows = world.rows("select agency_id from audience where item_id = %s", item)
    return {agency for (agency,) in rows}


def known_to(cast: Cast, handoff: HandoffId, who: str) -> dict[ItemId, KnownItem]:
    """Return the items of a handoff that an officer works on."""
    page = show_handoff(cast.desk, cast.reader(who), handoff)
    return {item.item: item for item in page.items}


def given_back(world: World, item: ItemId) -> dict[str, str]:
    """Return the state of the recall order of each holder."""
    query = "select agency_id, state from node_order where item_id = %s"
    return dict(world.rows(query, item))


def all_done(world: World, item: ItemId) -> bool:
    """Tell whether each holder has given an item back, and the case's process knows."""
    query = "select count(*) from node_order where item_id = %s and untold"
    given = set(given_back(world, item).values())
    return given == {"done"} and world.one(query, item) == 0


def notices(cast: Cast, who: str, handoff: HandoffId) -> list[NoticeLine]:
    """Return what an officer was told about a handoff."""
    found = lists.inbox(cast.desk, cast.reader(who)).notices
    return [notice for notice in found if notice.handoff == handoff]
