"""The API is described, and whatever it answers is known to the suite."""

from fastapi.routing import APIRoute

from acts.offered.audits import collection
from acts.offered.catalogue import OFFERS
from models.act_kinds import ActKind
from models.papers import PaperKind
from tests import api_reference
from tests.interference.resources import (
    ASKED,
    DONE,
    FEED,
    READ,
    WITHOUT_CASES,
)
from web.api.app import PARTS

# Nobody but the process does these yet: no route of law lets an officer.
_NOT_OFFERED = {ActKind.INTENTION_NOTIFY, ActKind.INTENTION_OBJECT}


def routes() -> list[APIRoute]:
    found = [route for part in PARTS for route in part.router.routes]
    assert all(isinstance(route, APIRoute) for route in found)
    return found


def test_the_description_is_that_of_the_program() -> None:
    kept = api_reference.DESCRIPTION.read_text(encoding="utf-8")

    assert kept == api_reference.description(), "run: python -m tests.api_reference"


def test_the_page_of_problems_is_that_of_the_program() -> None:
    kept = api_reference.PROBLEMS.read_text(encoding="utf-8")

    assert kept == api_reference.problems(), "run: python -m tests.api_reference"


def test_every_resource_is_in_the_registry_of_surfaces() -> None:
    read = {each.path for each in routes() if "GET" in each.methods}
    sent = {each.path for each in routes() if "POST" in each.methods}
    silent = WITHOUT_CASES.keys()

    assert read - silent == {*READ, FEED}
    begins = {"/api/v1/cases", *("/api/v1" + collection(kind) for kind in PaperKind)}
    assert sent - silent - begins == ASKED.keys() | DONE.keys()
    assert silent <= read | sent


def test_every_act_of_an_officer_is_offered() -> None:
    assert set(ActKind) - _NOT_OFFERED == {*OFFERS, ActKind.CASE_OPEN}
