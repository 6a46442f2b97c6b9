"""What a file says of the directory, and what of it is refused before anything is."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from commands.directory import read_directory
from models.errors import InvalidInput

NAME = {"fr": "Ville", "nl": "Stad", "de": "Stadt", "en": "Town"}
ROOT = Path(__file__).parents[2]


def town(**said: Any) -> dict[str, Any]:
    mayor = {"functions": ["mayor"], "service_number": "T-1"}
    row = {"id": "town", "kind": "municipality", "name": NAME}
    return row | {"officers": {"mayor": mayor}} | said


def written(place: Path, *agencies: object) -> Path:
    file = place / "directory.yaml"
    file.write_text(yaml.safe_dump({"agencies": list(agencies)}), "utf-8")
    return file


def test_agencies_officers_and_oversight_are_read(tmp_path: Path) -> None:
    watch = town(id="watch", kind="auditor", officers={}, oversees=["town"])

    found = read_directory(written(tmp_path, town(), watch | {"under": "LVP art. 56"}))

    assert [each.id for each in found.bodies()] == ["town", "watch"]
    assert not any(each.certificates or each.statement for each in found.bodies())
    (mayor,) = found.officers()
    assert (mayor.id, mayor.agency, mayor.functions) == (
        "town/mayor",
        "town",
        {"mayor"},
    )
    (over,) = found.oversight()
    assert (over.auditor, over.agency, over.article) == ("watch", "town", "LVP art. 56")


@pytest.mark.parametrize(
    ("file", "officer"),
    [
        ("commands/demo/personas.yaml", "anderlecht/handler"),
        ("docs/examples/directory.yaml", "example-town/c.peeters"),
    ],
)
def test_the_demo_and_the_example_are_such_files(file: str, officer: str) -> None:
    found = read_directory(ROOT / file)

    assert officer in {each.id for each in found.officers()}


def test_json_is_read_as_well(tmp_path: Path) -> None:
    file = tmp_path / "directory.json"
    file.write_text(
        '{"agencies": [{"id": "hub", "kind": "ciear", "name":'
        ' {"fr": "a", "nl": "a", "de": "a", "en": "a"}}]}'
    )

    assert read_directory(file).bodies()[0].id == "hub"


OFFICER = {"functions": ["mayor"], "service_number": "T-1"}


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"id": "Town"}, "`agencies.0.id` has not the form"),
        ({"id": "t" * 41}, "`agencies.0.id` is too long"),
        ({"id": "estafette"}, "`agencies.0.id` is wrong: `estafette` is what all"),
        ({"id": "t-123456789"}, "`agencies.0.id` is wrong: the id of an agency has at"),
        ({"kind": "bakery"}, "`agencies.0.kind` must be one of"),
        ({"name": NAME | {"de": " "}}, "`agencies.0.name.de`"),
        ({"name": {"fr": "Ville"}}, "`agencies.0.name.nl` is missing"),
        ({"officers": {"a/b": OFFICER}}, "an officer is named by at most 40 letters"),
        ({"officers": {"a@b.example": OFFICER}}, "an officer is named by"),
        ({"officers": {"a" * 41: OFFICER}}, "an officer is named by"),
        ({"officers": {"85073003328": OFFICER}}, "by at most 8 digits"),
        ({"id": "t-12345", "officers": {"n-6789": OFFICER}}, "by at most 8 digits"),
        ({"officers": {"a": OFFICER | {"functions": []}}}, "functions` is empty"),
        ({"officers": {"a": OFFICER | {"functions": ["baker"]}}}, "must be one of"),
        ({"officers": {"a": {"functions": ["mayor"]}}}, "service_number` is missing"),
        ({"officers": {"a": OFFICER, "b": OFFICER}}, "the same service number"),
        ({"officers": {"a": OFFICER | {"name": "An"}}}, "name` is not known here"),
        ({"oversees": ["tax"]}, "`under`, go together"),
        ({"under": "LVP art. 56"}, "`under`, go together"),
        ({"oversees": ["tax"], "under": "because"}, "under` has not the form"),
        ({"oversees": ["town"], "under": "LVP art. 56"}, "or this one itself"),
    ],
)
def test_what_does_not_hold_is_named_with_its_place(
    tmp_path: Path, wrong: dict[str, Any], where: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_directory(written(tmp_path, town(**wrong)))

    assert where in refused.value.message
    assert refused.value.help


@pytest.mark.parametrize("agencies", [(), (town(), town())])
def test_no_agency_and_one_twice_are_refused(
    tmp_path: Path, agencies: tuple[object, ...]
) -> None:
    with pytest.raises(InvalidInput, match="`agencies"):
        read_directory(written(tmp_path, *agencies))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("agencies: [", "line 1"),
        ("agencies:\n  - id: a\n    id: b\n", "line 2: `id` is there twice"),
        ("just words", "has no fields"),
    ],
)
def test_what_is_no_yaml_is_named_with_its_line(
    tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "directory.yaml"
    file.write_text(text)

    with pytest.raises(InvalidInput, match=said):
        read_directory(file)
