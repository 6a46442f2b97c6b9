"""A few entries of a trail, told as extracts tell them, made without a database."""

from datetime import datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from acts.audit.exports.told import real, told
from models.events import Entry, Operation, RulingNote
from models.trail import Opening, TrailEntry

CASE = UUID("0b7c1d1e-52a0-4c5f-8a58-3f0c7f0a9d11")
HANDOFF = UUID("c1f4b1c8-0f6e-4c8b-9a51-7f9f2d3e4a22")
ITEM = UUID("93a9e4a6-41d2-4c8c-9a0e-1f2e3d4c5b6a")
AT = datetime(2026, 3, 2, 10, 30, 0, 123456, tzinfo=ZoneInfo("Europe/Brussels"))
HANDLER, ABSENT, ANALYST = "anderlecht/handler", "anderlecht/away", "pz-midi/analyst"
SECRETS = [str(CASE), str(HANDOFF), str(ITEM), HANDLER, ABSENT, ANALYST]


def id_of(number: int) -> UUID:
    return uuid5(CASE, str(number))


def entry(number: int, people: dict[str, str], **said: object) -> TrailEntry:
    given = {
        "id": id_of(number),
        "nonce": "00",
        "operation": Operation.PROCEDURE,
        "at": AT,
        "recorded_at": AT,
        "agency": "anderlecht",
        **said,
    }
    opened = {field: Opening(name, b"") for field, name in people.items()}
    return TrailEntry(number, b"", Entry.model_validate(given), opened, {})


NOTE = RulingNote(id=UUID(int=9), allowed=True, policies=("p",), digest="d")
ENTRIES = [
    entry(1, {"officer": "anderlecht/mayor"}, kind="case.open", case=CASE),
    entry(
        2,
        {"officer": HANDLER, "on_behalf_of": ABSENT},
        kind="handoff.ask",
        operation=Operation.DISCLOSURE,
        act=UUID(int=77),
        case=CASE,
        handoff=HANDOFF,
        items=(ITEM,),
        function="handler",
        recipients=("pz-midi",),
        article="NLC 119ter §6",
        rulings=(NOTE,),
    ),
    entry(
        3,
        {"officer": ANALYST},
        kind="item.released",
        operation=Operation.CONSULTATION,
        agency="pz-midi",
        function="analyst",
        case=CASE,
        handoff=HANDOFF,
        items=(ITEM,),
        recipients=("pz-midi",),
        rulings=(NOTE,),
    ),
    entry(
        4,
        {"officer": ANALYST},
        kind="read.refused",
        operation=Operation.CONSULTATION,
        agency="pz-midi",
        case=CASE,
        items=(ITEM,),
        rulings=(NOTE, NOTE.model_copy(update={"allowed": False})),
    ),
    entry(5, {"officer": HANDLER, "named": ABSENT}, kind="case.exclude", case=CASE),
    entry(6, {}, kind="clock.ended", case=CASE, detail="clk.inquiry"),
    entry(7, {}, kind="items.erased", operation=Operation.ERASURE, items=(ITEM,)),
]


def read(alias=real, entries=ENTRIES):
    """Return what is told, anew each time it is asked."""
    return lambda: iter([told(each, alias) for each in entries])


def written(form, alias=real, entries=ENTRIES) -> bytes:
    return b"".join(form(read(alias, entries)))
