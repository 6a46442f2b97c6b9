"""An auditor who asks for what nothing is called is told so, within their own sight."""

from uuid import uuid4

import pytest

from models.agencies import OfficerFunction
from models.ids import CaseId, ItemId
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.looking import ordered_question
from tests.deeds.staff import hire
from tests.running.terminal import Terminal
from tests.running.world import World

AUDITOR = "audit/auditor"
TRAIL = ("audit", "trail")


@pytest.fixture(scope="module")
def question(world: World, cast: Cast, case: CaseId) -> ItemId:
    return ordered_question(world, cast, case)


@pytest.fixture(scope="module")
def inside(world: World, cast: Cast, question: ItemId) -> str:
    """An auditor who sees one agency alone, which was asked."""
    return hire(world, cast, "pz-midi/auditor-9", OfficerFunction.AUDITOR)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--kind", "item.relased"), 2, "`item.released`"),
        (("--officer", "pz-midi/analist"), 3, "`pz-midi/analyst`"),
        (("--officer", "pz-mid"), 3, "`pz-midi/analyst`"),
        (("--case", str(uuid4())), 3, "estafette audit trail"),
        (("--item", "what"), 2, "first 4 characters"),
        (("--after", str(uuid4())), 3, "without `--after`"),
        (("--after", "1234"), 2, "more: --after ID"),
        (("--since", "2026-03-02", "--until", "2026-03-01"), 2, "turn them around"),
    ],
)
def test_a_misspelt_filter_never_reads_as_nothing_happened(
    terminal: Terminal, question: ItemId, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = terminal.ask(AUDITOR, *TRAIL, *words)

    assert answer.code == code
    assert said in answer.error["help"]


@pytest.mark.parametrize(
    "command",
    [
        ("audit", "unusual"),
        ("audit", "sample"),
        ("audit", "export", "--format", "csv", "--out", "no-such-file"),
        ("ledger", "export", "--out", "no-such-file"),
        ("ledger", "certificates"),
    ],
)
def test_every_command_over_the_trail_says_so(
    terminal: Terminal, question: ItemId, command: tuple[str, ...]
) -> None:
    answer = terminal.ask(AUDITOR, *command, "--officer", "pz-midi/analist")

    assert answer.code == 3
    assert answer.error["help"] == "nearest: `pz-midi/analyst`"


def test_an_agency_that_is_left_out_of_a_bundle_must_be_one(
    terminal: Terminal, inside: str
) -> None:
    """Else its entries would leave with the file."""
    export = ("ledger", "export", "--out", "no-such-file", "--without")

    answer = terminal.ask(AUDITOR, *export, "pz-mid")

    assert (answer.code, answer.error["help"]) == (3, "nearest: `pz-midi`")
    hidden = terminal.ask(inside, *export, "deipp").error
    absent = terminal.ask(inside, *export, "nowhere").error
    assert hidden["help"] == absent["help"]


def test_who_is_out_of_sight_reads_as_who_does_not_exist(
    terminal: Terminal, world: World, cast: Cast, inside: str
) -> None:
    """Nor is anybody suggested whom the auditor does not watch over."""
    stranger = "ciear-bxl/analyst"
    assert stranger in cast.officers

    hidden = terminal.ask(inside, *TRAIL, "--officer", stranger)
    absent = terminal.ask(inside, *TRAIL, "--officer", "ciear-bxl/annalist")

    assert (hidden.code, absent.code) == (3, 3)
    said = hidden.error["message"].replace(stranger, "ciear-bxl/annalist")
    assert said == absent.error["message"]
    assert "ciear-bxl" not in hidden.error["help"] + absent.error["help"]
    idle = hire(world, cast, "pz-midi/idle-9", OfficerFunction.ANALYST)
    assert terminal.do(inside, *TRAIL, "--officer", idle) == []


def test_a_case_or_item_of_others_reads_as_none(
    terminal: Terminal, world: World, cast: Cast, inside: str
) -> None:
    """Of a case that its agency has no part in, an auditor hears nothing."""
    case = world.do(cast.open_case())
    item = world.do(cast.add_fact(case, "Permis refusé en 2024.")).act
    hidden = terminal.ask(inside, *TRAIL, "--case", case).error
    absent = terminal.ask(inside, *TRAIL, "--case", uuid4()).error

    assert hidden["message"].replace(str(case), "") == (
        "there is no case `` in the trail for you"
    )
    assert hidden["help"] == absent["help"]
    assert terminal.ask(inside, *TRAIL, "--item", item).code == 3


def test_the_start_of_an_id_is_enough(
    terminal: Terminal, case: CaseId, question: ItemId, inside: str
) -> None:
    whole = terminal.do(AUDITOR, *TRAIL, "--case", case, "--item", question)
    starts = ("--case", str(case)[:8], "--item", str(question)[:8])

    found = terminal.do(AUDITOR, *TRAIL, *starts)

    assert [each["entry"] for each in found] == [each["entry"] for each in whole]
    assert terminal.do(inside, *TRAIL, "--item", str(question)[:8])
    assert terminal.do(AUDITOR, "audit", "person", "--case", str(case)[:8])


def test_one_entry_is_shown_in_full_and_the_look_is_an_entry(
    terminal: Terminal, case: CaseId, question: ItemId, inside: str
) -> None:
    (asked,) = terminal.do(AUDITOR, *TRAIL, "--case", case, "--kind", "handoff.ask")

    page = terminal.do(AUDITOR, "audit", "entry", asked["entry"][:8])
    assert page["line"] == asked
    shown = terminal.run("audit", "entry", asked["entry"], "--as", AUDITOR).out
    for whole in (asked["entry"], str(case), str(question), HANDLER, asked["receipt"]):
        assert whole in shown
    assert terminal.ask(inside, "audit", "entry", asked["entry"]).code == 3
    assert terminal.ask(POLICE, "audit", "entry", asked["entry"]).code == 4
