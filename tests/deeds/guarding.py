"""A question to the prosecutor, whose answers are guarded, and what is done on it."""

from acts import emergencies, handoffs, people, recalls
from acts.handoffs import Reply
from acts.items.reading import read_item
from acts.pages.one_handoff import show_handoff
from acts.recalls import Correction
from models.agencies import OfficerFunction, ReadReason
from models.control import RecallGround
from models.handoffs import InnerState
from models.ids import CaseId, HandoffId, ItemId, OfficerId
from models.people import GlassGround
from tests.deeds.cast import Cast
from tests.deeds.staff import hire
from tests.running.world import World

MAGISTRATE, CHIEF = "parquet-bxl/magistrate", "parquet-bxl/supervisor"
OTHER = "parquet-bxl/second"
MORE = "Un troisième jugement."
ARTICLE, SECRET = "NLC 119ter §16", "Une information est en cours."


async def ask(cast: Cast, case: CaseId) -> HandoffId:
    return await cast.ask(case, "parquet-bxl", "src.7")


def nothing(cast: Cast, handoff: HandoffId, who: str = MAGISTRATE):
    return handoffs.nothing_known(cast.desk, cast.officer(who), handoff)


def refuse(cast: Cast, handoff: HandoffId):
    magistrate = cast.officer(MAGISTRATE)
    return handoffs.refuse(cast.desk, magistrate, handoff, ARTICLE, SECRET)


def prepare(cast: Cast, handoff: HandoffId, *texts: str):
    """Prepare an answer, in a part for each text."""
    parts = tuple(
        Reply(body=text, handling=cast.handling())
        for text in texts or ("Deux jugements.",)
    )
    return handoffs.answer(cast.desk, cast.officer(MAGISTRATE), handoff, parts)


def confirm(cast: Cast, handoff: HandoffId, who: str = CHIEF):
    return handoffs.confirm(cast.desk, cast.officer(who), handoff)


def decline(cast: Cast, handoff: HandoffId, who: str = CHIEF):
    return handoffs.decline(cast.desk, cast.officer(who), handoff)


def take_back(cast: Cast, item: ItemId, who: str = MAGISTRATE):
    ground = RecallGround.INCORRECT
    return recalls.recall(cast.desk, cast.officer(who), item, ground)


def correct(cast: Cast, item: ItemId, who: str = MAGISTRATE):
    reader = cast.reader(who, ReadReason.CHECKING)
    correction = Correction(body=MORE, ground=RecallGround.INCOMPLETE)
    return recalls.correct(cast.desk, reader, item, correction)


def name_chief(cast: Cast, handoff: HandoffId):
    chief = cast.officer(CHIEF)
    return people.designate_for_handoff(cast.desk, chief, handoff, OfficerId(CHIEF))


async def is_never_confirmed(cast: Cast, handoff: HandoffId) -> None:
    await cast.receive(handoff, who=MAGISTRATE)
    await prepare(cast, handoff)
    await name_chief(cast, handoff)


async def is_declined(cast: Cast, handoff: HandoffId) -> None:
    await is_never_confirmed(cast, handoff)
    await decline(cast, handoff)


def inside(cast: Cast, handoff: HandoffId, who: str = MAGISTRATE) -> InnerState | None:
    return show_handoff(cast.desk, cast.reader(who), handoff).handoff.inside


def answer_of(world: World, handoff: HandoffId) -> ItemId:
    query = (
        "select id from item where handoff_id = %s"
        " and convert_from(header, 'utf8')::jsonb->>'kind' = 'answer'"
        " order by added_on, id"
    )
    return ItemId(world.rows(query, handoff)[-1][0])


def reasons_of(world: World, handoff: HandoffId) -> ItemId:
    query = (
        "select id from item where handoff_id = %s and state = 'live'"
        " and convert_from(header, 'utf8')::jsonb->>'kind' = 'reasons'"
    )
    return ItemId(world.one(query, handoff))


def question_of(world: World, handoff: HandoffId) -> ItemId:
    return ItemId(world.one("select question_id from handoff where id = %s", handoff))


async def breaks_the_glass(cast: Cast, handoff: HandoffId) -> None:
    if OTHER not in cast.officers:
        hire(cast.world, cast, OTHER, OfficerFunction.MAGISTRATE)
    case = cast.world.one("select case_id from handoff where id = %s", handoff)
    danger, other = GlassGround.DANGER, cast.officer(OTHER)
    await emergencies.break_glass(cast.desk, other, case, danger, 4)
    read_item(cast.desk, cast.reader(OTHER), question_of(cast.world, handoff))
