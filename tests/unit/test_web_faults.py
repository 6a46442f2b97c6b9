"""What fails on pages and in the API is logged without what stood in its path."""

import asyncio
from types import ModuleType

import httpx2
import pytest
from fastapi import FastAPI
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


async def ask(app: FastAPI, path: str) -> None:
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://x") as client:
        await client.get(path)
