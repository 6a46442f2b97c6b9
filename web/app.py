"""The application: guards around pages. Wiring only."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from web import faults
from web.api.app import PATHS, build_api
from web.guards.absences import Absences
from web.guards.beside import Beside
from web.guards.bodies import Bodies
from web.guards.headers import SecureHeaders
from web.guards.limits import ATTEMPTS, Pace
from web.guards.origin import OwnOrigin
from web.guards.texts import Texts, check_form
from web.installation import Installation
from web.pages import (
    acting,
    calendar,
    cases,
    covers,
    decisions,
    demo_days,
    emergencies,
    figures,
    findings,
    handoffs,
    home,
    items,
    lists,
    notices,
    numbers,
    opening,
    originators,
    preferences,
    register,
    searching,
    statutory,
    subject_requests,
)
from web.pages.audit import erasures, honey, persons, reads, taking, trail, verifying
from web.rendering import HERE
from web.signin import routes as signin
from web.signin import sessions

PAGES = (
    *(signin, home, lists, cases, decisions, handoffs, items),
    *(searching, numbers, opening, acting, originators),
    *(covers, emergencies, preferences, notices, calendar),
    *(trail, reads, honey, findings, persons, taking, erasures, verifying),
    *(statutory, subject_requests, register, figures, demo_days),
)
OF_A_DEMO = (demo_days,)
"""Those that are not there where time is real."""

_SIGN_IN_WITHIN = 600  # seconds


def build_app(here: Installation) -> FastAPI:
    """Build the pages of an installation, with the API beside them."""
    app = FastAPI(
        title="Estafette",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        middleware=_guards(here),
        dependencies=[Depends(check_form)],
    )
    app.state.installation = here
    app.state.attempts = Pace(ATTEMPTS)
    for each in PAGES:
        if each not in OF_A_DEMO or here.let_days_pass:
            app.include_router(each.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    faults.attach(app)
    return app


def _guards(here: Installation) -> list[Middleware]:
    """Return the guards, the outermost first."""
    beyond = here.provider.settings.issuer if here.provider else ""
    host = urlsplit(here.address).hostname or ""
    return [
        Middleware(SecureHeaders, secure=here.secure, beyond=_origin(beyond)),
        Middleware(TrustedHostMiddleware, allowed_hosts=[host], www_redirect=False),
        Middleware(Beside, api=build_api(here), paths=PATHS),
        Middleware(OwnOrigin, address=here.address),
        Middleware(Texts),
        Middleware(Bodies),
        Middleware(
            Absences, shown=partial(sessions.shown, here), refused=faults.refused
        ),
        Middleware(
            SessionMiddleware,
            secret_key=here.secret,
            session_cookie=sessions.bound_to_host("signing-in", secure=here.secure),
            max_age=_SIGN_IN_WITHIN,
            same_site="lax",
            https_only=here.secure,
        ),
    ]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if url else ""
