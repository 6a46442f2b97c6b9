"""Options become values: days, words from files, groups of options, forms."""

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import pytest
import typer
from pydantic import BaseModel

from commands.terminal.files import fill, read_form, read_text
from commands.terminal.options import grouped, read_article, read_day
from models.errors import InvalidInput
from models.motivation import Motivation


class Form(BaseModel):
    number: str
    day: date
    note: str | None = None


@dataclass(frozen=True)
class Colours:
    ink: Annotated[str, typer.Option()]
    paper: Annotated[str, typer.Option()] = "white"


def test_a_group_of_options_arrives_as_one_value() -> None:
    app, seen = typer.Typer(), []

    @app.command()
    @grouped
    def write(name: Annotated[str, typer.Argument()], colours: Colours) -> None:
        seen.append((name, colours))

    app(["letter", "--ink", "blue"], standalone_mode=False)
    app(["letter", "--ink", "red", "--paper", "grey"], standalone_mode=False)

    assert seen == [
        ("letter", Colours("blue")),
        ("letter", Colours("red", "grey")),
    ]


def test_a_day_is_written_one_way() -> None:
    assert read_day("2026-03-02") == date(2026, 3, 2)
    for given in ("02/03/2026", "20260302", "2026-W10-1", "2026-3-2", "1772409600", ""):
        with pytest.raises(InvalidInput, match="is not a day"):
            read_day(given)


def test_words_come_as_they_are_from_a_file_or_from_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "words.txt"
    file.write_text("d'un fichier")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"tuy\xc3\xa9")))

    assert read_text("tels quels") == "tels quels"
    assert read_text(f"@{file}") == "d'un fichier"
    assert read_text("@-") == "tuyé"
    assert read_text("@@fichier") == "@fichier"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    binary = tmp_path / "scan.pdf"
    binary.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(InvalidInput, match=r"absent.txt` cannot be read: no such file"):
        read_text(f"@{tmp_path / 'absent.txt'}")
    with pytest.raises(InvalidInput, match=r"scan.pdf` is not text"):
        read_text(f"@{binary}")


@pytest.mark.parametrize("number", ["0123456701", "0x10", "1_000", "1e3", "12:30:45"])
def test_numbers_in_forms_stay_the_words_they_are(tmp_path: Path, number: str) -> None:
    file = tmp_path / "form.yaml"
    file.write_text(f"number: {number}\nday: 2026-03-02\nnote:\n")

    assert read_form(file) == {"number": number, "day": "2026-03-02", "note": None}


def test_json_is_a_form_too(tmp_path: Path) -> None:
    file = tmp_path / "form.json"
    file.write_text('{"number": "0123", "day": "2026-03-02", "note": null}')

    filled = fill(Form, read_form(file), file)

    assert filled == Form(number="0123", day=date(2026, 3, 2))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("number: 1\nnumber: 2\n", "`number` is there twice"),
        ("a: b\n  c: [d\n", "line 2"),
        ("- one\n- two\n", "has no fields"),
        ("!!python/object:os.system x", "could not determine a constructor"),
        ("? [a]\n: b\n", "line 1"),
        ("[" * 5000, "nested too deeply"),
        ("a: " + "[" * 5000 + "]" * 5000, "nested too deeply"),
        ('{"a":' * 5000 + "1" + "}" * 5000, "nested too deeply"),
        ('one: 1\nname: "\\ud800"\n', "line 2: it is not text"),
    ],
)
def test_a_form_that_does_not_hold_is_told_where(
    tmp_path: Path, written: str, said: str
) -> None:
    file = tmp_path / "form.yaml"
    file.write_text(written)

    with pytest.raises(InvalidInput) as caught:
        read_form(file)

    assert said in caught.value.message and "form.yaml" in caught.value.message


def test_a_field_that_does_not_hold_is_named_but_not_repeated(tmp_path: Path) -> None:
    values: dict[str, Any] = {"number": "1", "day": "Camille Exemple"}

    with pytest.raises(
        InvalidInput, match="form.yaml` .* `day` must be a day"
    ) as caught:
        fill(Form, values, tmp_path / "form.yaml")

    assert "Camille" not in caught.value.message


@pytest.mark.parametrize("words", ["bogus", "because", "NLC", ""])
def test_what_is_no_article_is_refused_with_an_example(words: str) -> None:
    with pytest.raises(InvalidInput, match="no article") as refused:
        read_article(words)

    assert "`NLC 119ter §6`" in refused.value.help


@pytest.mark.parametrize("words", ["9999-12-31", "0001-01-01", "1899-12-31"])
def test_a_day_that_no_case_can_have_is_refused(words: str) -> None:
    with pytest.raises(InvalidInput, match="is too far away") as refused:
        read_day(words)

    assert "1900-01-01 to 2199-12-31" in refused.value.help


def test_every_fault_of_a_form_is_told_at_once(tmp_path: Path) -> None:
    values = {"summary": " x ", "grounds": "none", "extra": "1"}

    with pytest.raises(InvalidInput) as refused:
        fill(Motivation, values, tmp_path / "reasons.yaml")

    assert "`summary` is too short" in refused.value.message
    assert "`grounds` must be a list" in refused.value.message
    assert "`extra` is not known here" in refused.value.message


def test_the_example_of_a_motivation_holds() -> None:
    """Its item is found by how its id starts; any id will do here."""
    path = Path(__file__).parents[2] / "docs" / "examples" / "refusal.yaml"
    values = read_form(path)
    values["grounds"][0]["item"] = str(uuid4())

    made = fill(Motivation, values, path)

    assert len(made.parts()) == 4
