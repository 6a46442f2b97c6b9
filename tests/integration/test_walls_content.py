"""Names, numbers and content are planted, then looked for in every byte we keep."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload

from acts import handoffs, hearings
from acts.hearings import Minutes
from acts.pages import lists, overview
from models.errors import OutsidePack
from models.ids import CaseId, workflow_id
from models.proceedings import Attendance
from runtime.codec import SealedPayloads
from runtime.keys import payload_key
from tests.deeds.cast import HANDLER, Cast
from tests.running.world import World

SEALED = b"binary/estafette-aes256gcm"
# Words that occur nowhere else; the numbers have valid check digits.
PLANTED = {
    "name": "Zyxoquant",
    "first_name": "Quillobrand",
    "address": "Wuxtallaan",
    "enterprise": "Vexomilt",
    "enterprise number": "0353456320",
    "national number": "85073003328",
    "opening facts": "Kwyjibolette",
    "fact": "Plombastique",
    "question": "Trondelirium",
    "answer": "Grimbalgue",
    "refused question": "Sproutelmic",
    "reasons": "Fjordanquel",
    "minutes": "Yttribondel",
}


@pytest.fixture(scope="module")
def case(world: World, cast: Cast) -> CaseId:
    """A case whose every content carries a word of its own."""
    return world.do(play(cast))


async def play(cast: Cast) -> CaseId:
    say = PLANTED
    person = {
        "role": "pers.0",
        "name": say["name"],
        "first_name": say["first_name"],
        "national_number": say["national number"],
    }
    case = await cast.open_case(
        facts=f"{say['opening facts']}, dit-on.",
        enterprise_number=say["enterprise number"],
        enterprise_name=say["enterprise"],
        address=f"{say['address']} 1, 1070 Anderlecht",
        persons=[person],
    )
    await cast.add_fact(case, say["fact"])
    with pytest.raises(OutsidePack):
        question = say["refused question"]
        await cast.ask(case, "spf-finances", "svc.4", question=question)
    first = await cast.ask(case, question=say["question"])
    await cast.receive(first)
    await cast.answer(first, say["answer"])
    second = await cast.ask(case, "ciear-bxl", "src.6")
    analyst = cast.officer("ciear-bxl/analyst")
    await cast.receive(second, who=analyst.id)
    await handoffs.refuse(cast.desk, analyst, second, "L24 34", say["reasons"])
    await cast.come_to_hearing(case)
    await cast.until(cast.file(case).hearings[0].hearing_on)
    minutes = Minutes(
        hearing=cast.file(case).hearings[0].id,
        attendance=Attendance.HEARD,
        text=say["minutes"],
    )
    await hearings.record(cast.desk, cast.officer(HANDLER), case, minutes)
    return case


def found_in(raw: bytes) -> set[str]:
    """Return what was planted and stands here in clear."""
    lowered = raw.lower()
    return {what for what, word in PLANTED.items() if word.lower().encode() in lowered}


def test_the_search_finds_what_is_written_in_clear(world: World, case: CaseId) -> None:
    """Else the tests below would prove nothing."""
    path = world.data.root / "planted"
    path.write_text(" ".join(PLANTED.values()))

    try:
        assert found_in(everything(world)) == set(PLANTED)
    finally:
        path.unlink()


def everything(world: World) -> bytes:
    """Return every byte of the data directory: database, engine, logs, keyrings."""
    with world.superuser() as connection:
        connection.autocommit = True
        connection.execute("checkpoint")
    files = [path for path in sorted(world.data.root.rglob("*")) if path.is_file()]
    return b"\n".join(raw for path in files if (raw := read(path)))


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:  # the servers tidy up meanwhile
        return b""


def test_no_byte_on_disk_holds_content_names_or_numbers(
    world: World, case: CaseId
) -> None:
    kept = everything(world)

    assert workflow_id(case).encode() in kept  # the engine's own file
    assert b"SQLite format 3" in kept and b"worker_started" in kept
    assert found_in(kept) == set()


def test_no_row_holds_content_names_or_numbers(world: World, case: CaseId) -> None:
    with world.superuser() as connection:
        names = connection.execute(
            "select tablename from pg_tables where schemaname = 'public'"
        ).fetchall()
        for (name,) in names:
            query = f"select to_jsonb(t)::text from {name} t"  # noqa: S608
            rows = connection.execute(query.encode())
            assert found_in("\n".join(row[0] for row in rows).encode()) == set(), name


def test_the_ledger_holds_no_content_names_or_numbers(
    world: World, case: CaseId
) -> None:
    """Bytes of entries are hidden in hexadecimal above; here they are read."""
    query = "select body from ledger_entry union all select body from ledger_staging"
    bodies = b"\n".join(body for (body,) in world.rows(query))

    assert str(case).encode() in bodies
    assert found_in(bodies) == set()


def test_what_the_engine_stores_is_encrypted_and_holds_none_even_in_clear(
    world: World, case: CaseId
) -> None:
    handle = world.client.get_workflow_handle(workflow_id(case))
    history = world.do(handle.fetch_history())
    stored = [each for event in history.events for each in payloads(event)]
    sealed = [each for each in stored if each.metadata["encoding"] == SEALED]
    codec = SealedPayloads(payload_key(world.settings))

    opened = b"\n".join(each.data for each in world.do(codec.decode(sealed)))

    acts = "select act_id from intent where case_id = %s and state = 'recorded'"
    assert all(str(act).encode() in opened for (act,) in world.rows(acts, case))
    assert found_in(opened) == set()
    assert found_in(history.to_json().encode()) == set()
    # What is not sealed are the engine's own notes on local activities.
    for plain in stored:
        assert plain.metadata["encoding"] == SEALED or b'"seq":' in plain.data


def payloads(message: Any) -> Iterator[Payload]:
    """Yield every payload inside a protobuf message."""
    if isinstance(message, Payload):
        yield message
        return
    inside: list[Any] = []
    if isinstance(message, Message):
        inside = [value for _, value in message.ListFields()]
    elif not isinstance(message, str | bytes | int | float):
        inside = list(message.values() if hasattr(message, "values") else message)
    for value in inside:
        yield from payloads(value)


def test_lists_notices_and_errors_hold_no_content(cast: Cast, case: CaseId) -> None:
    shown = [overview.show_case(cast.desk, cast.reader(HANDLER), case)]
    for who in ("pz-midi/analyst", "ciear-bxl/analyst", "deipp/analyst"):
        shown.append(lists.inbox(cast.desk, cast.reader(who), closed=True))  # type: ignore[arg-type]

    assert found_in("".join(each.model_dump_json() for each in shown).encode()) == set()
