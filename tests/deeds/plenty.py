"""A case in which something of everything happened, for pages that are to be full."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from acts import covers, emergencies, opening_drafts, people
from acts.audit import findings, honey, statutory, subject_requests
from acts.audit.findings import NewFinding
from acts.audit.subject_requests import NewRequest
from models.agencies import ReadReason
from models.ids import CaseId, ItemId, OfficerId
from models.people import ExclusionGround, GlassGround
from models.subject_requests import RequestRegime, SubjectRight
from policies.people import Cover
from tests.deeds.cast import HANDLER, MAYOR, ROUTE, Cast
from tests.deeds.control import Control
from tests.deeds.measures import lodge, take_measure
from tests.oracles.evidence import items_of
from tests.running.world import World, eventually

AUDITOR, DPO = "audit/auditor", "anderlecht/dpo"
SECOND, CHIEF = "anderlecht/second", "anderlecht/supervisor"


@dataclass(frozen=True)
class Plenty:
    """What happened: a decided case, a question with all around it, and control.

    Attributes:
        ids: by the names that stand for them in paths of pages.
        decided: a case with a measure and an appeal.
    """

    ids: Mapping[str, UUID]
    decided: CaseId


def happen(world: World, cast: Cast, control: Control) -> Plenty:
    """Let something of everything happen."""
    decided = world.do(take_measure(cast))
    world.do(lodge(cast, decided, cast.today))
    kept = control.keep()
    world.do(cast.add_fact(kept.case, "Permis refusé en 2024."))
    world.do(cast.query_register(kept.case))
    _arrange(world, cast, kept.case)
    given = ItemId(items_of(world, "fact", kept.case)[0].item)
    for item in (given, kept.item):
        control.read(item, HANDLER, ReadReason.FOLLOWING_UP)
        entry = _released(world, item)
    ids = {
        "case": kept.case,
        "handoff": kept.police,
        "item": given,
        "entry": entry,
        "draft": _draft(cast),
        "made": _list(cast),
        "request": _request(cast),
        "finding": _finding(cast, entry, kept.item),
    }
    world.do(control.recall(control.item(decided, "fact"), who=HANDLER))
    return Plenty(ids, decided)


def _arrange(world: World, cast: Cast, case: CaseId) -> None:
    """Let a colleague read in an emergency, be kept out, and stand in a month later."""
    mayor, day = cast.officer(MAYOR), cast.today
    colleague, desk = cast.officer(SECOND), cast.desk
    term, family = GlassGround.TERM, ExclusionGround.FAMILY
    world.do(emergencies.break_glass(desk, colleague, case, term, 2))
    world.do(people.exclude(desk, mayor, case, colleague.id, family))
    cover = Cover(
        agency=mayor.agency,
        absent=OfficerId(HANDLER),
        covering=colleague.id,
        from_day=day + timedelta(days=30),
        until_day=day + timedelta(days=31),
    )
    covers.arrange(desk, mayor, cover)


def _released(world: World, item: ItemId) -> UUID:
    """Return the entry of a read, once it is in the log."""
    query = (
        "select entry_id from ledger_entry where kind = 'item.released'"
        " and item_ids @> to_jsonb(%s::text)"
    )
    found = eventually(lambda: world.one(query, str(item)))
    assert isinstance(found, UUID)
    return found


def _finding(cast: Cast, entry: UUID, item: ItemId) -> UUID:
    auditor = cast.reader(AUDITOR, ReadReason.CHECKING)
    new = NewFinding(entries=(entry,), owner=OfficerId(HANDLER), text="Quelle tâche ?")
    honey.set_honey(cast.desk, auditor, item)
    return findings.open_finding(cast.desk, auditor, new).finding.id


def _draft(cast: Cast) -> UUID:
    typed = {"enterprise_name": ["Lavage Plombastique SRL"], "room": ["2"]}
    return opening_drafts.save(cast.desk, cast.officer(MAYOR), ROUTE, typed).id


def _request(cast: Cast) -> UUID:
    asked = NewRequest(
        right=SubjectRight.ACCESS,
        regime=RequestRegime.GDPR,
        received_on=cast.today,
        number="85.07.30-033.28",
        identity="Carte lue au guichet.",
        text="Je veux savoir.",
    )
    dpo = cast.reader(DPO, ReadReason.CHECKING)
    return subject_requests.record(cast.desk, dpo, asked).request.id


def _list(cast: Cast) -> UUID:
    dpo = cast.reader(DPO, ReadReason.CHECKING)
    return statutory.make(cast.desk, dpo, cast.today, cast.today).made.id
