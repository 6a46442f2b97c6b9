"""Outside their agency officers appear as function and service number, everywhere."""

import re
from collections.abc import Iterator

import pytest

from models.ids import CaseId, HandoffId
from tests.deeds.cast import DEIPP, HANDLER, MAYOR, POLICE, Cast
from tests.deeds.consulting import consult
from tests.oracles.evidence import items_of
from tests.running.terminal import Answer, Terminal
from tests.running.world import World

CHIEF = "anderlecht/supervisor"


@pytest.fixture(scope="module")
def played(world: World, cast: Cast) -> tuple[CaseId, HandoffId]:
    """A case in which officers of four agencies have acted."""
    done = world.do(consult(cast))
    return done.case, done.police


def read_everything(
    world: World, terminal: Terminal, who: str, case: CaseId, handoff: HandoffId
) -> Iterator[tuple[str, Answer]]:
    """Every command that shows something, as a page and as a document."""
    answer = [row.item for row in items_of(world, "answer", case)][-1]
    lines = [
        ("case", "list"),
        ("case", "show", case),
        ("case", "people", case),
        ("handoff", "inbox"),
        ("handoff", "show", handoff),
        ("item", "show", answer, "--reason", "checking"),
        ("policy", "explain", "--item", answer),
        ("officer", "covers"),
        ("decision", "gaps", case, "--outcome", "out.1"),
        ("clock", "explain", "--case", case),
    ]
    for words in lines:
        named = " ".join(str(word) for word in words)
        yield named, terminal.ask(who, *words)
        yield named, terminal.run(*words, "--as", who)


@pytest.mark.parametrize("who", [HANDLER, MAYOR, CHIEF, POLICE, DEIPP])
def test_no_surface_names_an_officer_of_another_agency(
    world: World,
    cast: Cast,
    terminal: Terminal,
    played: tuple[CaseId, HandoffId],
    who: str,
) -> None:
    mine = who.split("/")[0]
    names = {name for name in cast.officers if name.split("/")[0] != mine}
    name = re.compile(r"[\w-]+/[\w-]+")

    shown = dict[str, int]()
    for words, answer in read_everything(world, terminal, who, *played):
        written = answer.out + answer.err
        shown[words] = shown.get(words, 0) + (answer.code == 0)
        assert not names & set(name.findall(written)), words

    assert shown["handoff inbox"] == 2, "the test looks at what is there"
    if who == HANDLER:
        story = terminal.run("case", "show", played[0], "--as", who).out
        assert "PZM-2231" in story and "pz-midi analyst" in story
        assert HANDLER in story


@pytest.mark.parametrize(
    "words",
    [
        ("case", "designate", "CASE", "NAME"),
        ("case", "release", "CASE", "NAME"),
        ("case", "exclude", "CASE", "--officer", "NAME", "--ground", "family"),
        ("case", "readmit", "CASE", "--officer", "NAME"),
        ("policy", "explain", "--item", "ITEM", "--who", "NAME"),
        ("officer", "cover", "--absent", "NAME", "--by", HANDLER, "--from", "DAY",
         "--until", "DAY"),
        ("officer", "cover", "--absent", HANDLER, "--by", "NAME", "--from", "DAY",
         "--until", "DAY"),
        ("officer", "return", "--absent", "NAME"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_an_officer_elsewhere_is_as_unknown_as_one_who_never_was(
    world: World,
    cast: Cast,
    terminal: Terminal,
    played: tuple[CaseId, HandoffId],
    words: tuple[str, ...],
) -> None:
    (card,) = items_of(world, "subject_card", played[0])
    given = {"CASE": played[0], "ITEM": card.item, "DAY": cast.today}

    def heard(name: str) -> tuple[int, str]:
        line = [name if w == "NAME" else given.get(w, w) for w in words]
        answer = terminal.ask(MAYOR, *line)
        assert answer.code == 3
        return answer.code, answer.err.replace(name, "")

    assert heard(POLICE) == heard("pz-midi/nobody") == heard("anderlecht/nobody")


def test_the_wall_alone_hides_officers_of_other_agencies(
    world: World, cast: Cast
) -> None:
    with world.seat(cast.officer(POLICE)) as seat:
        rows = seat.execute("select agency_id from officer").fetchall()

    assert {agency for (agency,) in rows} == {"pz-midi"}
