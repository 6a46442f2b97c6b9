"""Rows that belong together are written in as few trips as can be, and all of them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.sql.elements import ClauseElement

from storage import tables as t
from storage import writing
from storage.writing import Rows


class Trips:
    """Stands where the driver would, and keeps what was executed."""

    def __init__(self) -> None:
        self.made: list[tuple[str, Mapping[str, Any]]] = []

    def execute(
        self, _connection: object, statement: ClauseElement, values: Mapping[str, Any]
    ) -> None:
        """Keep a statement and its parameters."""
        text = str(statement.compile(dialect=PGDialect_psycopg()))
        self.made.append((text, values))


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> Trips:
    trips = Trips()
    monkeypatch.setattr(writing, "compiled", trips)
    return trips


@contextmanager
def together() -> Iterator[Rows]:
    with writing.together(None) as rows:  # type: ignore[arg-type]
        yield rows


def page() -> dict[str, object]:
    return {"entry_id": uuid4(), "salt": b"s", "shown": {}}


def test_single_rows_of_several_tables_are_one_statement(trips: Trips) -> None:
    shown, body = page(), {"item_id": uuid4(), "ciphertext": b"c"}
    with together() as rows:
        rows.add(t.list_page, shown)
        rows.add(t.item_body, body)
        assert trips.made == []

    [(statement, values)] = trips.made
    assert statement.count("INSERT INTO") == 2
    assert [*values.values()] == [*shown.values(), *body.values()]


@pytest.mark.parametrize("number", [2, 4, 5, 9])
def test_several_rows_are_in_it_too_and_many_come_as_arrays(
    trips: Trips, number: int
) -> None:
    some, body = [page() for _ in range(number)], {"item_id": uuid4()}
    with together() as rows:
        rows.add(t.list_page, *some)
        rows.add(t.item_body, body)

    [(statement, values)] = trips.made
    many = number > 4
    assert statement.count("INSERT INTO list_page") == (1 if many else number)
    assert ("unnest" in statement) is many
    if many:
        assert values["list_page_salt_0"] == [row["salt"] for row in some]
    else:
        assert [values[f"list_page_entry_id_{n}"] for n in range(number)] == [
            row["entry_id"] for row in some
        ]


def test_what_rows_have_alike_is_said_once_but_documents(trips: Trips) -> None:
    some = [page() | {"shown": each} for each in ({"n": 1}, {"n": True})]
    with together() as rows:
        rows.add(t.list_page, *some)

    [(_, values)] = trips.made
    assert values["list_page_salt"] == b"s"
    assert values["list_page_shown_0"]["n"] is not True
    assert values["list_page_shown_1"]["n"] is True


def test_nothing_is_written_where_nothing_was_gathered_or_something_failed(
    trips: Trips,
) -> None:
    with together() as rows:
        rows.add(t.list_page)
    with pytest.raises(ValueError, match="not so"), together() as rows:
        rows.add(t.list_page, page())
        raise ValueError("not so")

    assert trips.made == []
