"""All that the page of a question shows, which comes in one trip from the database."""

from __future__ import annotations

from typing import NamedTuple

from acts.desk import Desk
from acts.pages import one_handoff
from acts.pages.one_handoff import HandoffPage
from acts.pages.waiting import WaitingAct, waiting_of
from acts.people import PEOPLE, CasePeople, people_of
from models.agencies import Reader
from models.handoffs import ReleaseRequest
from models.ids import HandoffId
from storage import intents, releases
from storage.at_once import Asked
from storage.people import designations
from storage.sessions import acting

_ALSO: Asked = (
    *PEOPLE,
    ("designated", designations.OF_CASE),
    ("waiting", intents.OWN_WAITING_ON_CASE),
    ("release", releases.OF_HANDOFF),
)


class WholeHandoff(NamedTuple):
    """A question, who works on its case, own acts that wait, and what it asks for."""

    found: HandoffPage
    workers: CasePeople
    waiting: list[WaitingAct]
    release: ReleaseRequest | None


def show_whole_handoff(desk: Desk, reader: Reader, handoff: HandoffId) -> WholeHandoff:
    """Return a question with all that stands on its page: one read.

    Raises:
        NotFound: absent or hidden.
    """
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        read = one_handoff.show(desk, connection, reader, handoff, _ALSO)
    found, rows = read.page, read.rows
    named = map(designations.designated_of, rows["designated"])
    asked = [*map(releases.request_of, rows["release"])]
    return WholeHandoff(
        found=found,
        workers=people_of(found.handoff.case, named, rows),
        waiting=waiting_of(rows["waiting"]),
        release=asked[0] if asked else None,
    )
