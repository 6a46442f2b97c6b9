"""One shape for all logging, ours and the libraries'."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from runtime.logging import configure_logging


@pytest.fixture(autouse=True)
def undo() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_ours_and_a_librarys_line_have_the_same_shape() -> None:
    stream = io.StringIO()
    configure_logging(json=True, stream=stream)

    structlog.get_logger("ours").info("question_answered", case_id="c1")
    logging.getLogger("theirs").info("polled", extra={"workflow_id": "w1"})

    ours, theirs = lines(stream)
    assert ours["event"] == "question_answered"
    assert (ours["case_id"], theirs["workflow_id"]) == ("c1", "w1")
    assert ours.keys() - {"case_id"} == theirs.keys() - {"workflow_id"}


def test_a_bound_context_is_on_every_line() -> None:
    stream = io.StringIO()
    configure_logging(json=True, stream=stream)

    with structlog.contextvars.bound_contextvars(request_id="r1"):
        structlog.get_logger().info("page_shown")

    assert lines(stream)[0]["request_id"] == "r1"


def test_a_logger_made_before_configuring_follows() -> None:
    early = structlog.get_logger("early")
    stream = io.StringIO()
    configure_logging(json=True, stream=stream)

    early.info("started")

    assert lines(stream)[0]["event"] == "started"


def test_lines_below_the_level_are_dropped() -> None:
    stream = io.StringIO()
    configure_logging(json=True, level="WARNING", stream=stream)

    structlog.get_logger().info("detail")
    structlog.get_logger().warning("trouble")

    assert [line["event"] for line in lines(stream)] == ["trouble"]


def test_an_exception_stays_one_line() -> None:
    stream = io.StringIO()
    configure_logging(json=True, stream=stream)

    try:
        raise ValueError("x")
    except ValueError:
        structlog.get_logger().exception("failed")

    assert len(lines(stream)) == 1


@pytest.mark.parametrize("as_json", [True, False])
def test_a_traceback_never_shows_the_values_of_variables(as_json: bool) -> None:
    stream = io.StringIO()
    configure_logging(json=as_json, stream=stream)

    def act(national_number: str) -> None:
        raise ValueError("refused")

    number = "85.07.30-033.28"
    try:
        act(number)
    except ValueError:
        structlog.get_logger().exception("failed")

    assert "refused" in stream.getvalue()
    assert "85.07.30" not in stream.getvalue()


def test_a_stream_that_is_no_terminal_gets_json() -> None:
    stream = io.StringIO()
    configure_logging(stream=stream)

    structlog.get_logger().info("started")

    assert lines(stream)[0]["event"] == "started"


def test_a_terminal_gets_columns() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    configure_logging(stream=stream)

    structlog.get_logger().info("started", case_id="c1")

    assert "started" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


def test_configuring_twice_does_not_double_the_lines() -> None:
    stream = io.StringIO()
    configure_logging(json=True, stream=stream)
    configure_logging(json=True, stream=stream)

    structlog.get_logger().info("started")

    assert len(lines(stream)) == 1


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ('invalid input syntax for type date: "Camille"', "type date: …"),
        ("1 validation error for Card\nname\n  input_value='Camille'", "for Card"),
        ("refused `Camille\nExemple` here", "refused … here"),
        ('invalid input syntax for type date: "a "b Camille" c"', "type date: …"),
        (
            "(psycopg.errors.CheckViolation) new row is bad\n"
            "DETAIL:  Failing row contains (1, \n[SQL: Camille).\n[SQL: SELECT 1]",
            "is bad [SQL: SELECT 1]",
        ),
        (
            '(psycopg.errors.CheckViolation) new row of "t" is bad\n'
            "DETAIL:  Failing row contains (1, Camille).\n[SQL: SELECT\n 1]",
            "is bad [SQL: SELECT\n 1]",
        ),
    ],
)
def test_a_traceback_quotes_nobody(message: str, shown: str) -> None:
    stream = io.StringIO()
    configure_logging(json=True, stream=stream)

    try:
        try:
            raise ValueError(message)
        except ValueError as cause:
            raise ExceptionGroup("two of them", [ValueError(message)]) from cause
    except ExceptionGroup:
        logging.getLogger("theirs").exception("failed")

    assert "Camille" not in stream.getvalue()
    group, cause = lines(stream)[0]["exception"]
    assert group["exc_value"].startswith("two of them")
    assert cause["exc_value"].endswith(shown)
    assert group["exceptions"][0][0]["exc_value"] == cause["exc_value"]
