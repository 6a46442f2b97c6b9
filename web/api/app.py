"""The application of the API, with the one document that describes it."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import Depends, FastAPI
from starlette.middleware import Middleware

from web.api import problems
from web.api.description import Description
from web.api.door import token_shown
from web.api.resources import (
    acts,
    agencies,
    audit_deeds,
    calendar,
    cases,
    contents,
    evaluations,
    feeds,
    findings,
    handoffs,
    items,
    law,
    myself,
    previews,
    recalls,
    register,
    starts,
    statutory,
    subject_requests,
)
from web.api.texts import check_texts
from web.guards.absences import Absences
from web.guards.bodies import Bodies
from web.guards.limits import ATTEMPTS, CALLS, FETCHES, Pace
from web.installation import Installation

ROOT = "/api/v1"
VERSION = "1.0.0"
PARTS = (
    *(myself, agencies, cases, handoffs, items, acts),
    *(contents, previews, recalls, register),
    *(law, evaluations, calendar, feeds, starts),
    *(findings, statutory, subject_requests, audit_deeds),
)
PATHS = (
    *(ROOT, "/access/v1/", "/.well-known/authzen-configuration"),
    *("/.well-known/oauth-protected-resource", feeds.PREFIX),
)
"""How the paths begin that are of the API and not of the pages."""

_ABOUT = """\
Everything that an officer does on the pages or the command line, for programs.
The same acts, rulings and log stand behind it. What you may not know is as absent as
what never was, to the byte. How to begin: `docs/how-to/use-the-api.md`.
"""


def build_api(here: Installation) -> FastAPI:
    """Build the API of an installation."""
    api = FastAPI(
        title="Estafette",
        version=VERSION,
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,  # it would be made while all others wait
        redirect_slashes=False,
        separate_input_output_schemas=False,
        middleware=[
            Middleware(Bodies, refused=problems.too_large, json=True),
            Middleware(Absences, shown=token_shown, refused=problems.refused),
        ],
        dependencies=[Depends(check_texts)],
        responses={"default": {"model": problems.Problem, "description": "A problem."}},
    )
    api.state.installation = here
    api.state.attempts, api.state.calls = Pace(ATTEMPTS), Pace(CALLS)
    api.state.guesses, api.state.fetches = Pace(ATTEMPTS), Pace(FETCHES)
    for part in PARTS:
        api.include_router(part.router)
    problems.attach(api)
    api.openapi = partial(_described, api)  # type: ignore[method-assign]
    described = Description(api.openapi).answer
    api.add_route(f"{ROOT}/openapi.json", described, include_in_schema=False)
    return api


def _described(api: FastAPI) -> dict[str, Any]:
    """Return the description; problems have a media type of their own."""
    if api.openapi_schema is None:
        found = FastAPI.openapi(api)
        for path in found["paths"].values():
            for operation in path.values():
                content = operation["responses"]["default"]["content"]
                content[problems.MEDIA_TYPE] = content.pop("application/json")
        api.openapi_schema = found
    return api.openapi_schema
