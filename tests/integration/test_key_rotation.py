"""A node replaces its delivery key in time, and loses nothing that was on its way."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from tests.running.offices import Offices, open_offices
from vault import statements


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    with open_offices(tmp_path) as made:
        yield made


def grow_older(keyrings: Path, agency: str, days: int) -> None:
    """Let an agency's delivery key have been made so many days earlier."""
    with closing(sqlite3.connect(keyrings / f"{agency}.keyring")) as file, file:
        file.execute("UPDATE delivery_keys SET made_at = made_at - ?", [days * 86_400])


def test_a_delivery_key_is_replaced_after_thirty_days_and_what_was_under_way_comes(
    offices: Offices, tmp_path: Path
) -> None:
    item = offices.give("town", "tax", uuid4())
    before = offices.nodes["tax"].public_keys().delivery

    grow_older(tmp_path, "tax", 29)
    offices.duties("tax").publish()
    assert offices.nodes["tax"].public_keys().delivery == before

    grow_older(tmp_path, "tax", 2)
    offices.duties("tax").publish()
    after = offices.nodes["tax"].public_keys().delivery
    assert after != before
    assert statements.read(offices.published("tax")).key == after

    for agency in ("tax", "town", "tax"):
        offices.duties(agency).once()
    assert offices.opens(item, "tax") == b"found"
