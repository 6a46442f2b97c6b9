"""What fails on pages and in the API is logged without what stood in its path."""

import asyncio
from datetime import date
from types import ModuleType
from typing import Annotated

import httpx2
import pytest
from fastapi import FastAPI, Query
from starlette.responses import Response
from structlog.testing import capture_logs

from web import faults
from web.api import problems

SECRET = "what-nobody-may-read"


@pytest.mark.parametrize("said", [faults, problems])
def test_the_log_names_the_route_and_not_the_path(
    said: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.faults.fault_page", lambda *_: Response("", 500))
    app = FastAPI()
    said.attach(app)

    @app.get("/calendar/{token}.ics")
    def fail(token: str) -> None:
        raise ZeroDivisionError

    with capture_logs() as logged:
        asyncio.run(ask(app, f"/calendar/{SECRET}.ics"))

    assert [line["route"] for line in logged] == ["/calendar/{token}.ics"]
    assert SECRET not in str(logged)


def test_a_problem_names_some_of_very_many_faults() -> None:
    """To name ninety thousand takes seconds, in which nobody else is answered."""
    app = FastAPI()
    problems.attach(app)

    @app.get("/days")
    def days(day: Annotated[list[date], Query()]) -> None:
        """Take days."""

    wrong = "day=none&" * (problems.MOST_FAULTS + 1)
    answer = asyncio.run(ask(app, f"/days?{wrong}"))

    assert answer.status_code == 422
    assert len(answer.json()["faults"]) == problems.MOST_FAULTS


def test_a_problem_calls_no_list_empty_that_has_a_wrong_row() -> None:
    app = FastAPI()
    problems.attach(app)

    @app.get("/days")
    def days(day: Annotated[tuple[date, ...], Query(min_length=1)]) -> None:
        """Take one day or more."""

    answer = asyncio.run(ask(app, "/days?day=none"))

    assert [each["field"] for each in answer.json()["faults"]] == ["query.day.0"]


async def ask(app: FastAPI, path: str) -> httpx2.Response:
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://x") as client:
        return await client.get(path)
