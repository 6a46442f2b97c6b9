"""Verifying a bundle: in the browser, which sends nothing, or here by our verifier."""

from __future__ import annotations

import asyncio
from io import BytesIO
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from acts.audit.keys import parse_keys
from ledger.bundle_verify import Findings, verify_bundle
from models.errors import (
    EstafetteError,
    IntegrityFailure,
    InvalidInput,
    NotConfigured,
    NotFound,
)
from web.door import Public, installation
from web.faults import status_of
from web.forms.fields import Filled
from web.forms.receiving import filled_in
from web.pages.audit.around import Auditing, of_auditor
from web.pages.downloads import saved
from web.rendering import page

router = APIRouter()


@router.get("/verify", response_model=None)
def in_the_browser(language: Annotated[str, Depends(Public())]) -> HTMLResponse:
    """Show the page that verifies a bundle where it lies, for anybody."""
    return page("verify.html", language, {})


@router.get("/verify/keys", response_model=None)
def public_keys(
    request: Request, language: Annotated[str, Depends(Public())]
) -> Response:
    """Hand over the public keys of this installation, to anybody.

    Raises:
        NotFound: they are not where these pages are served.
    """
    try:
        keys = installation(request).public_keys()
    except NotConfigured:  # says where files lie, which is nobody's business
        raise NotFound(
            "no keys are handed out here",
            help="ask whoever runs the ledger for the keys: `estafette ledger keys`",
        ) from None
    return saved("keys.txt", "text/plain; charset=utf-8", keys.encode())


@router.get("/audit/verify", response_model=None)
def form_of_verifying(visit: Auditing) -> HTMLResponse:
    """Show both ways to verify a bundle."""
    return _page(visit, {})


@router.post("/audit/verify", response_model=None)
async def verify_here(visit: Auditing) -> HTMLResponse:
    """Verify a bundle with the verifier of `estafette ledger verify`."""
    filled = await filled_in(visit.request)
    try:
        found = await asyncio.to_thread(_verified, filled)
    except IntegrityFailure as broken:  # of what was brought, and not of our log
        return _page(visit, {"broken": broken}, status=422)
    except EstafetteError as refused:
        return _page(visit, {"refused": refused}, status=status_of(refused))
    over = [names for size, names in found.cosigned.items() if size > found.last]
    saw = {name for names in over for name in names}
    return _page(visit, {"found": found, "saw": sorted(saw)})


def _verified(filled: Filled) -> Findings:
    bundle, keys = filled.file("bundle"), filled.file("keys")
    if bundle is None or keys is None:
        raise InvalidInput(
            "a bundle and a file of keys are needed",
            help="ask whoever runs the ledger for the keys: `estafette ledger keys`",
        )
    return verify_bundle(BytesIO(bundle.body), parse_keys(keys.body, "keys"))


def _page(visit: Auditing, given: dict[str, Any], *, status: int = 200) -> HTMLResponse:
    empty: dict[str, Any] = {"found": None, "refused": None, "broken": None, "saw": []}
    return of_auditor(visit, "verify", empty | given, status=status)
