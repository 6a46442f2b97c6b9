"""Serves the pages: to officers' browsers, behind whatever ends TLS.

Which content they show says the place of the keys: of all agencies whose keyrings lie
in the data directory; with ESTAFETTE_NODE of that one agency, to its officers only; of
none, if no keyring is there.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from functools import partial

import structlog
import uvicorn
from anyio.to_thread import current_default_thread_limiter

from acts.desk import Desk
from models.errors import NotConfigured
from runtime.listening import HttpServer
from runtime.logging import configure_logging
from runtime.nodes import agency_apart
from runtime.roles import acts_at
from runtime.running import run_until_stopped
from runtime.settings import Settings
from serving.demo_days import let_days_pass
from serving.desk import Patient, open_desk
from serving.public_keys import public_keys
from web.api.tokens import PersonaTokens, ProviderKeys, ProviderTokens, Tokens
from web.app import build_app
from web.installation import Installation
from web.signin.provider import Provider, ProviderSettings

log = structlog.get_logger()
# Threads of a process take turns at the interpreter. With few, pages are made in the
# order in which they were asked for; with many, all are late and some wait for long.
PAGES_AT_ONCE = 2
# Acts have threads and connections of their own beside those of pages.
CONNECTIONS = 16


async def serve(settings: Settings) -> None:
    """Serve pages until told to stop.

    Raises:
        NotConfigured: nobody could sign in, pages of made-up officers would be
            served in production, or the node's directory is not of one agency.
    """
    configure_logging(level=settings.log_level)
    own = agency_apart(settings)
    _check_role(settings, own)
    with open_desk(settings, Patient(settings), pool=CONNECTIONS) as desk:
        app = build_app(installation(settings, replace(desk, own=own)))
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=settings.production,
            lifespan="off",
        )
        current_default_thread_limiter().total_tokens = PAGES_AT_ONCE
        log.info("pages_started", address=settings.web_address, agency=own)
        server = HttpServer(config, settings.web_listen, "ESTAFETTE_WEB_LISTEN")
        await run_until_stopped([server])


def _check_role(settings: Settings, own: str | None) -> None:
    """Refuse a role of the database that could name officers of other agencies."""
    if own and settings.production and settings.acts_user != acts_at(own):
        raise NotConfigured(
            f"pages of `{own}` alone connect as `{settings.acts_user}`",
            help=f"set ESTAFETTE_ACTS_USER to `{acts_at(own)}`",
        )


def installation(settings: Settings, desk: Desk) -> Installation:
    """Return what the pages are handed.

    Raises:
        NotConfigured: a variable is missing.
    """
    provider = _provider(settings)
    word = settings.web_secret
    secret = word.get_secret_value() if word else secrets.token_hex(32)
    if provider is None and settings.production:
        raise NotConfigured(
            "nobody could sign in: no provider is named",
            help="set ESTAFETTE_OIDC_ISSUER, ESTAFETTE_OIDC_CLIENT and"
            " ESTAFETTE_OIDC_SECRET",
        )
    if settings.production and not settings.web_address.startswith("https://"):
        raise NotConfigured(
            "pages in production come over TLS",
            help="set ESTAFETTE_WEB_ADDRESS to what browsers see, with https://",
        )
    if word is None and settings.production:
        raise NotConfigured(
            "ESTAFETTE_WEB_SECRET is not set",
            help="set ESTAFETTE_WEB_SECRET to 32 random characters or more, the same"
            " for all that serve these pages",
        )
    return Installation(
        desk=desk,
        pages=_pages(settings),
        address=settings.web_address.rstrip("/"),
        secret=secret,
        public_keys=partial(public_keys, settings, desk.database),
        provider=provider,
        tokens=_tokens(provider, secret),
        personas=not settings.production,
        let_days_pass=_letting_days_pass(settings),
        clock_pages="" if settings.production else settings.clock_pages.rstrip("/"),
    )


def _letting_days_pass(
    settings: Settings,
) -> Callable[[int | date], Awaitable[date]] | None:
    """Return what lets days pass: in a demo, and where its clock is kept."""
    if settings.production or settings.node:
        return None
    return partial(let_days_pass, settings)


def _pages(settings: Settings) -> dict[str, str]:
    """Return where each agency has its pages."""
    pages = {}
    for each in settings.agency_pages.split():
        agency, _, address = each.partition("=")
        if settings.production and not address.startswith("https://"):
            raise NotConfigured(
                f"pages of `{agency}` in production come over TLS",
                help="write its address in ESTAFETTE_AGENCY_PAGES with https://",
            )
        pages[agency] = address.rstrip("/")
    return pages


def _tokens(provider: Provider | None, secret: str) -> Tokens:
    """Return what is believed of bearer tokens: the provider, where there is one."""
    if provider is None:  # refused above in production
        return PersonaTokens(secret)
    keys = ProviderKeys(provider.settings.issuer)
    return ProviderTokens(provider.settings, keys)


def _provider(settings: Settings) -> Provider | None:
    if settings.oidc_issuer is None:
        return None
    if settings.oidc_client is None or settings.oidc_secret is None:
        raise NotConfigured(
            "the provider does not know us",
            help="set ESTAFETTE_OIDC_CLIENT and ESTAFETTE_OIDC_SECRET",
        )
    return Provider(
        ProviderSettings(
            issuer=settings.oidc_issuer,
            client_id=settings.oidc_client,
            client_secret=settings.oidc_secret.get_secret_value(),
            agency_claim=settings.oidc_agency_claim,
            officer_claim=settings.oidc_officer_claim,
            strong=settings.oidc_strong,
            audience=settings.oidc_audience,
            algorithm=settings.oidc_algorithm,
        )
    )
