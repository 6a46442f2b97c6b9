"""A judicial answer leaves by a second key, and nobody outside sees it wait."""

from datetime import timedelta

import pytest

from acts.items.reading import read_item
from acts.pages.one_handoff import show_handoff
from models.agencies import ReadReason
from models.errors import (
    ClockEnded,
    NotFound,
    NotPermitted,
    TransitionNotAllowed,
)
from models.handoffs import InnerState
from models.ids import CaseId
from tests.deeds.cast import HANDLER, Cast
from tests.deeds.guarding import (
    CHIEF,
    MAGISTRATE,
    answer_of,
    ask,
    confirm,
    inside,
    is_declined,
    is_never_confirmed,
    name_chief,
    prepare,
)
from tests.oracles.evidence import disagreements, entries, refused, standing
from tests.running.terminal import Terminal
from tests.running.world import World, eventually


@pytest.fixture
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


def test_the_walls_alone_hide_what_happens_inside(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(ask(cast, case))
    lead = cast.officer(HANDLER)
    queries = (
        "select count(*) from guarded where handoff_id = %s",
        "select count(*) from timeline where handoff_id = %s",
        "select count(*) from item where handoff_id = %s",
        "select count(*) from audience a join item i on i.id = a.item_id"
        " where i.handoff_id = %s",
        "select count(*) from notice where handoff_id = %s",
        "select count(*) from designation where handoff_id = %s",
        "select max(version) from handoff where id = %s",
    )

    version = "select version from case_file where id = %s"

    def seen() -> list[object]:
        with world.seat(lead) as seat:
            found = [seat.execute(q.encode(), [handoff]).fetchone() for q in queries]
            keys = b"select count(*) from key_delivery where case_id = %s"
            due = b"select next_due from case_file where id = %s"
            more = [seat.execute(q, [case]).fetchone() for q in (keys, due)]
            return [*found, *more, world.one(version, case)]

    before = seen()
    world.do(is_never_confirmed(cast, handoff))

    assert seen() == before
    world.do(confirm(cast, handoff))
    assert seen() != before


def test_an_answer_leaves_when_the_second_key_is_turned_and_not_before(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(ask(cast, case))
    world.do(is_never_confirmed(cast, handoff))
    item = answer_of(world, handoff)
    asker = cast.reader(HANDLER)
    with pytest.raises(NotFound):
        read_item(cast.desk, asker, item)
    chief = cast.reader(CHIEF, ReadReason.CHECKING)
    assert b"Deux jugements." in read_item(cast.desk, chief, item).body

    world.do(confirm(cast, handoff))

    assert standing(world, handoff) == "answered"
    assert b"Deux jugements." in read_item(cast.desk, asker, item).body
    ours = [e for e in entries(world) if e.get("handoff") == str(handoff)]
    proofs = {e["kind"]: e for e in ours}
    prepared, left = proofs["handoff.answer"], proofs["handoff.confirm"]
    assert (prepared["operation"], prepared.get("recipients")) == ("collection", None)
    assert (left["operation"], left["recipients"]) == ("disclosure", ["anderlecht"])
    assert left["items"] == prepared["items"] == [str(item)]
    assert left["rulings"][0]["allowed"]
    assert disagreements(world, case) == []


def test_who_turns_the_second_key(world: World, cast: Cast, case: CaseId) -> None:
    handoff = world.do(ask(cast, case))
    world.do(cast.receive(handoff, who=MAGISTRATE))
    early = refused(world, case, confirm(cast, handoff), TransitionNotAllowed)
    world.do(prepare(cast, handoff))

    own = refused(world, case, confirm(cast, handoff, MAGISTRATE), NotPermitted)
    unnamed = refused(world, case, confirm(cast, handoff), NotPermitted)
    refused(world, case, confirm(cast, handoff, HANDLER), NotPermitted)
    refused(world, case, confirm(cast, handoff, "pz-midi/supervisor"), NotFound)
    twice = refused(world, case, prepare(cast, handoff), TransitionNotAllowed)

    assert "no answer" in early.message
    assert "who wrote an answer" in own.message
    assert "not designated" in unnamed.message
    assert "waits for the second key" in twice.message


def test_a_declined_answer_never_leaves_and_another_may(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(ask(cast, case))
    world.do(is_declined(cast, handoff))
    (first,) = world.rows("select id from item where handoff_id = %s and act_id in"
                          " (select act_id from intent where kind = 'handoff.answer')",
                          handoff)  # fmt: skip
    assert inside(cast, handoff) is InnerState.ACCEPTED

    world.do(prepare(cast, handoff, "Un seul jugement.", "Rien d'autre."))
    world.do(confirm(cast, handoff))

    keys = "select agency_id from item_key where item_id = %s"
    assert world.rows(keys, first[0]) == [("parquet-bxl",)]
    with pytest.raises(NotFound):
        read_item(cast.desk, cast.reader(HANDLER), first[0])
    given = show_handoff(cast.desk, cast.reader(HANDLER), handoff).items
    answers = [i.item for i in given if i.kind == "answer"]
    assert len(answers) == 2 and first[0] not in answers


def test_after_its_term_no_answer_leaves_and_no_key_of_it_is_kept(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(ask(cast, case))
    world.do(is_never_confirmed(cast, handoff))
    item = answer_of(world, handoff)
    due = world.one("select due_on from handoff where id = %s", handoff)

    world.do(cast.until(due + timedelta(days=1)))
    eventually(lambda: standing(world, handoff) == "expired")

    refused(world, case, confirm(cast, handoff), ClockEnded)
    keys = "select agency_id from item_key where item_id = %s"
    assert world.rows(keys, item) == [("parquet-bxl",)]


def test_the_command_line_leads_through_both_keys(
    world: World,
    cast: Cast,
    case: CaseId,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    handoff = world.do(ask(cast, case))
    terminal = Terminal(monkeypatch, capsys)
    terminal.enter(world)

    taken = terminal.run("handoff", "receive", handoff, "--as", MAGISTRATE).out
    text = ("--text", "Deux jugements.", "--regime", "judicial")
    written = terminal.run("handoff", "answer", handoff, *text, "--as", MAGISTRATE).out
    shown = terminal.do(MAGISTRATE, "handoff", "show", handoff)
    world.do(name_chief(cast, handoff))
    terminal.do(CHIEF, "handoff", "decline", handoff)
    terminal.do(MAGISTRATE, "handoff", "nothing", handoff)

    assert "estafette handoff nothing" in " ".join(taken.split())
    assert "estafette handoff confirm (magistrate or supervisor)" in " ".join(
        written.split()
    )
    assert (shown["state"], shown["inside"]) == ("offered", "prepared")
    assert terminal.do(HANDLER, "handoff", "show", handoff)["inside"] is None
    assert inside(cast, handoff) is InnerState.NOTHING_KNOWN
