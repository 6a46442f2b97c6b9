"""Tables on a narrow terminal: what is typed again is never broken."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from rich.console import Console

from commands.terminal.output import table

ID, DAY = "de240a69", date(2026, 5, 13)
WORDS = "word that no appeal was lodged: estafette appeal none"
COLUMNS = "case|route?|stage|opened?|due first|on|left|waits for"
ROW = (ID, "be-119ter", "inquiry", DAY, "police_answer", DAY, "50 working days", WORDS)


def written(width: int, columns: str = COLUMNS, *rows: tuple[object, ...]) -> str:
    console = Console(file=StringIO(), width=width, highlight=False)
    console.print(table("cases", columns, rows or [ROW, ROW]))
    return console.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [30, 40, 60, 80, 100, 160])
def test_ids_days_and_codes_stay_whole_at_any_width(width: int) -> None:
    page = written(width)

    for whole in (ID, "Wed 13/05/2026", "police_answer", "inquiry"):
        assert page.count(whole) >= 2, whole


@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
def test_no_line_is_longer_than_the_terminal(width: int) -> None:
    assert max(map(len, written(width).splitlines())) <= width


def test_on_eighty_columns_what_is_spare_is_left_out_and_named() -> None:
    page = written(80)

    assert "be-119ter" not in page and page.count("Wed 13/05/2026") == 2
    assert "left out on this narrow terminal: route, opened" in page


def test_on_a_wide_terminal_nothing_is_left_out() -> None:
    page = written(160)

    assert page.count("be-119ter") == 2 and "left out" not in page


def test_an_instant_is_told_in_the_time_of_brussels() -> None:
    at = datetime(2026, 6, 16, 8, 8, tzinfo=UTC)

    assert "16/06/2026 10:08" in written(80, "at|what", (at, "seen"))
