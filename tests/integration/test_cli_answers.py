"""An answer in several parts by command: here, and at an installation elsewhere."""

from pathlib import Path

import orjson
import pytest
import yaml

from acts.items.reading import read_item
from models.handling import Handling, HandlingCode, Nature
from models.ids import HandoffId
from tests.deeds.cast import HANDLER, POLICE, REGISTRAR, Cast
from tests.oracles.evidence import items_of
from tests.pieces.documents import pdf
from tests.running.far_terminal import FarTerminal
from tests.running.site import Site
from tests.running.terminal import Terminal
from tests.running.world import World

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "answer.yaml"


@pytest.fixture(params=["here", "elsewhere"])
def at(
    request: pytest.FixtureRequest,
    world: World,
    site: Site,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Terminal:
    if request.param == "here":
        made = Terminal(monkeypatch, capsys)
        made.enter(world)
        return made
    far = FarTerminal(monkeypatch, capsys)
    far.enter(world)
    far.go_to(site, tmp_path)
    return far


@pytest.fixture
def asked(world: World, cast: Cast) -> HandoffId:
    handoff = world.do(cast.ask(world.do(cast.open_case())))
    world.do(cast.receive(handoff))
    return handoff


def written(path: Path, *parts: object) -> Path:
    """Write parts in a file beside which their documents lie."""
    path.write_text(yaml.safe_dump({"parts": list(parts)}))
    return path


def given(world: World, cast: Cast, asked: HandoffId) -> dict[bytes, Handling]:
    """Return what the asker can read of an answer, and how it may be handled."""
    case = world.one("select case_id from handoff where id = %s", asked)
    reader = cast.reader(HANDLER)
    rows = [*items_of(world, "answer", case), *items_of(world, "document", case)]
    opened = [read_item(cast.desk, reader, row.item) for row in rows]
    return {_words(each.body): each.known.handling for each in opened}


def _words(body: bytes) -> bytes:
    return body if body.startswith(b"%PDF") else orjson.loads(body)["answer"].encode()


def test_each_part_has_its_words_documents_and_conditions(
    world: World, cast: Cast, at: Terminal, asked: HandoffId, tmp_path: Path
) -> None:
    first, second = pdf("Rapport"), pdf("Analyse")
    (tmp_path / "un.pdf").write_bytes(first)
    (tmp_path / "deux.pdf").write_bytes(second)
    file = written(
        tmp_path / "answer.yaml",
        {
            "text": "Un fait.",
            "files": ["un.pdf"],
            "handling": {"regime": "police", "disclosable": "yes"},
        },
        {
            "text": "Un avis.",
            "files": ["deux.pdf"],
            "handling": {"regime": "gdpr", "code": "H1", "nature": "assessment"},
        },
    )

    at.do(POLICE, "handoff", "answer", asked, "--parts", file)

    found = given(world, cast, asked)
    assert set(found) == {b"Un fait.", b"Un avis.", first, second}
    for each in (b"Un fait.", first):
        assert (found[each].disclosable, found[each].code) == (True, HandlingCode.H0)
        assert found[each].collected_on == cast.today
    for each in (b"Un avis.", second):
        assert (found[each].disclosable, found[each].nature) == (
            False,
            Nature.ASSESSMENT,
        )
        assert found[each].basis == found[b"Un fait."].basis


def test_the_example_of_an_answer_is_previewed_and_sent(
    world: World, cast: Cast, at: Terminal, asked: HandoffId
) -> None:
    seen = at.do(POLICE, "handoff", "preview-answer", asked, "--parts", EXAMPLE)
    at.do(POLICE, "handoff", "answer", asked, "--parts", EXAMPLE)

    assert len(seen["sees"]) == len(given(world, cast, asked)) == 2


FACT = {"text": "Un fait.", "handling": {"regime": "police"}}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([], "`parts` is empty"),
        ([FACT] * 21, "`parts` is too long"),
        ([{"text": " "}], "`parts.0.text`"),
        ([{"text": "Un fait."}], "`parts.0.handling.regime` is missing"),
        ([FACT, {"texte": "Deux."}], "`parts.1.texte` is not known here"),
        ([{**FACT, "handling": {"judical_hold": "yes"}}], "is not known here"),
        ([{**FACT, "handling": {"basis": "119ter"}}], "`parts.0.handling.basis`"),
        ([{**FACT, "handling": "H1"}], "must have fields of its own"),
        (["Un fait."], "must have fields of its own"),
        ([{**FACT, "files": ["absent.pdf"]}], "absent.pdf` cannot be read"),
        ([{**FACT, "files": ["x"] * 21}], "21 documents are too many"),
        ([{**FACT, "hit": "yes"}], "only the register answers with a hit"),
        ([FACT, {**FACT, "text": "TRÈS SECRET"}], "part 2: this looks like"),
    ],
)
def test_what_a_file_lacks_is_named_and_nothing_is_sent(
    world: World,
    cast: Cast,
    at: Terminal,
    asked: HandoffId,
    tmp_path: Path,
    parts: list[object],
    said: str,
) -> None:
    file = written(tmp_path / "answer.yaml", *parts)

    refused = at.ask(POLICE, "handoff", "answer", asked, "--parts", file)

    assert refused.code != 0
    assert said in refused.error["message"]
    assert not given(world, cast, asked)


@pytest.mark.parametrize(
    "more", [("--text", "X"), ("--judicial-hold",), ("--file", EXAMPLE), ("--hit",)]
)
def test_a_file_of_parts_has_nothing_beside_it(
    at: Terminal, asked: HandoffId, more: tuple[object, ...]
) -> None:
    words = ("handoff", "answer", asked, "--parts", EXAMPLE)

    beside = at.ask(POLICE, *words, *more)
    nothing = at.ask(POLICE, *words[:3])

    assert "leaves nothing to say beside it" in beside.error["message"]
    assert nothing.error["message"] == "there is no answer"


def test_the_register_says_hit_or_no_hit_in_a_file_too(
    world: World, cast: Cast, at: Terminal, tmp_path: Path
) -> None:
    case = world.do(cast.open_case())
    world.do(cast.add_fact(case))
    register = world.do(cast.query_register(case))
    world.do(cast.receive(register, who=REGISTRAR))
    file = tmp_path / "answer.yaml"

    silent = at.ask(
        REGISTRAR, "handoff", "answer", register, "--parts", written(file, FACT)
    )
    written(file, {**FACT, "hit": "no"})
    at.do(REGISTRAR, "handoff", "answer", register, "--parts", file)

    assert silent.error["message"] == "the register says hit or no hit"
