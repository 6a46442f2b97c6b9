"""Bearer tokens: whom one speaks of, if it was made for us and still counts.

Access tokens are JWTs of the provider (RFC 9068), checked here alone: signature under a
key that the provider publishes, algorithm, type, issuer, audience and times. In the
demo a token of our own names a persona; `web.installation` knows none in production.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import httpx2
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, OctKey

from models.errors import NotSignedIn, Unavailable
from models.signing_in import PROVEN_FOR
from web.signin.provider import ProviderSettings, silent

AUDIENCE = "estafette"
LONGEST = 3600
"""Seconds: no token may count for longer, as nobody can end one before its time."""

SERVICE = "service:"
"""How the name of a program's account begins in the directory of its agency."""

_TYPES = ("at+jwt", "application/at+jwt")
# Whoever writes a token writes its header too, which need not be what the library takes
# it for.
_NO_TOKEN = (JoseError, ValueError, TypeError)
_KEPT = 3600.0
_NOT_BEFORE = 10.0
_LEEWAY = 10


@dataclass(frozen=True)
class Bearer:
    """Whom a token speaks of: `AGENCY/NAME`, and whether a strong proof is fresh."""

    officer: str
    proven: bool = False


class Tokens(Protocol):
    """What tells whom a token speaks of."""

    async def read(self, token: str) -> Bearer:
        """Return whom it speaks of.

        Raises:
            NotSignedIn: it does not hold.
            Unavailable: the keys to check it under cannot be fetched.
        """


@dataclass(frozen=True)
class ProviderTokens:
    """Tokens of the OpenID provider."""

    settings: ProviderSettings
    keys: Callable[[bool], Awaitable[KeySet]]

    async def read(self, token: str) -> Bearer:
        """Return whom a token speaks of; a client has an account of its own."""
        claims = await self._checked(token)
        return Bearer(self._officer(claims), self._proven(claims))

    def _officer(self, claims: Mapping[str, Any]) -> str:
        agency, officer = (
            claims.get(name)
            for name in (self.settings.agency_claim, self.settings.officer_claim)
        )
        client = claims.get("client_id")
        if not isinstance(agency, str) or not isinstance(client, str):
            raise _wrong()
        if claims["sub"] == client and officer is None:
            return f"{agency}/{SERVICE}{client}"
        # A client that names an officer, or a person that names a program.
        if claims["sub"] == client or not _is_a_person(officer):
            raise _wrong()
        return f"{agency}/{officer}"

    def _proven(self, claims: Mapping[str, Any]) -> bool:
        at = claims.get("auth_time")
        lately = isinstance(at, int) and time.time() - at < PROVEN_FOR.total_seconds()
        return lately and claims.get("acr") == self.settings.strong

    async def _checked(self, token: str) -> Mapping[str, Any]:
        try:
            return self._decoded(token, await self.keys(False))
        except InvalidKeyIdError:
            pass  # the provider may have changed its keys since
        except _NO_TOKEN as error:
            raise _wrong() from error
        try:
            return self._decoded(token, await self.keys(True))
        except _NO_TOKEN as error:
            raise _wrong() from error

    def _decoded(self, token: str, keys: KeySet) -> Mapping[str, Any]:
        found = jwt.decode(token, keys, algorithms=[self.settings.algorithm])
        if str(found.header.get("typ", "")).lower() not in _TYPES:
            raise ValueError("no access token")
        return _in_time(found.claims, self.settings.issuer, self.settings.audience)


class ProviderKeys:
    """The keys that a provider publishes, fetched anew now and then.

    Anybody can show a token, so who waits for the provider waits in no thread: pages
    have few. What it did not answer it is not asked again at every turn either.
    """

    def __init__(self, issuer: str) -> None:
        self._issuer = issuer
        self._lock = asyncio.Lock()
        self._found: KeySet | None = None
        self._at = self._silent_at = float("-inf")

    async def __call__(self, anew: bool) -> KeySet:
        """Return the keys; `anew` asks for those of now, but not at every turn.

        Raises:
            Unavailable: the provider does not answer, or did not a moment ago.
        """
        if self._found and self._is_young(anew):
            return self._found  # whoever asks anew holds up nobody else
        async with self._lock:
            if self._found and self._is_young(anew):
                return self._found
            if time.monotonic() - self._silent_at <= _NOT_BEFORE:
                raise silent()
            try:
                self._found = await self._fetch()
            except Unavailable:
                self._silent_at = time.monotonic()
                raise
            self._at = time.monotonic()
            return self._found

    def _is_young(self, anew: bool) -> bool:
        return time.monotonic() - self._at <= (_NOT_BEFORE if anew else _KEPT)

    async def _fetch(self) -> KeySet:
        where = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
        try:
            async with httpx2.AsyncClient(timeout=5) as client:
                told = (await client.get(where)).raise_for_status().json()
                if told["issuer"] != self._issuer:
                    raise Unavailable(
                        "the identity provider calls itself by another name",
                        help="set ESTAFETTE_OIDC_ISSUER to the name it gives itself",
                    )
                keys = (await client.get(told["jwks_uri"])).raise_for_status().json()
            return KeySet.import_key_set(keys)
        except (httpx2.HTTPError, ValueError, KeyError, JoseError) as error:
            raise silent() from error


class PersonaTokens:
    """Tokens of our own for officers of the demo, who are made up."""

    def __init__(self, secret: str) -> None:
        self._key = OctKey.import_key(secret)

    def made_for(self, officer: str) -> str:
        """Return a token for an officer; it counts for an hour."""
        now = int(time.time())
        claims: dict[str, Any] = {"iss": AUDIENCE, "aud": AUDIENCE, "sub": officer}
        times = {"iat": now, "exp": now + LONGEST}
        return jwt.encode({"alg": "HS256"}, claims | times, self._key)

    async def read(self, token: str) -> Bearer:
        """Return whom a token speaks of; who is made up has nothing to prove."""
        try:
            found = jwt.decode(token, self._key, algorithms=["HS256"])
            claims = _in_time(found.claims, AUDIENCE, AUDIENCE)
        except _NO_TOKEN as error:
            raise _wrong() from error
        return Bearer(str(claims["sub"]), proven=True)


def _in_time(
    claims: Mapping[str, Any], issuer: str, audience: str
) -> Mapping[str, Any]:
    """Return claims of this issuer for us that count now."""
    registry = jwt.JWTClaimsRegistry(
        leeway=_LEEWAY,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": audience},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )
    registry.validate(dict(claims))
    if claims["exp"] - claims["iat"] > LONGEST:
        raise ValueError("it counts for too long")
    return claims


def _is_a_person(officer: object) -> bool:
    return (
        isinstance(officer, str) and bool(officer) and not officer.startswith(SERVICE)
    )


def _wrong() -> NotSignedIn:
    return NotSignedIn(
        "this token does not count here",
        help="get a new one from the provider, for the audience of this API",
        shown=True,
    )
