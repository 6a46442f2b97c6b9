"""The OpenID provider: authorization code, PKCE and nonce; who came back, and how sure.

The library checks state, nonce, signature, issuer, audience and times. What is left
to us: which officer the claims speak of, and whether a stronger proof was given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.starlette_client import OAuth, StarletteOAuth2App
from httpx2 import HTTPError, create_ssl_context
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import RedirectResponse

from models.errors import NotSignedIn, Unavailable

_JUST_NOW = timedelta(minutes=5)


@dataclass(frozen=True)
class ProviderSettings:
    """How the provider knows us, and what its words mean.

    Attributes:
        issuer: its address, from which everything else is discovered.
        agency_claim: the claim that names an agency of the directory.
        officer_claim: the claim that names an officer within it.
        strong: the `acr` that sensitive acts ask for.
        audience: whom access tokens must be made for that the API believes.
        algorithm: the one under which it signs them.
    """

    issuer: str
    client_id: str
    client_secret: str
    agency_claim: str
    officer_claim: str
    strong: str
    audience: str = "estafette"
    algorithm: str = "RS256"


@dataclass(frozen=True)
class Proven:
    """Whom the provider vouches for.

    Attributes:
        officer: `agency/name`, as the directory has it.
        strength: the provider's `acr`, empty if it says none, or not since when.
        session: the provider's name of its session (`sid`), empty if it says none.
        at: when they proved it (`auth_time`); None if the provider does not say.
    """

    officer: str
    strength: str
    session: str
    at: datetime | None = None


class Provider:
    """The provider, as this installation uses it."""

    def __init__(self, settings: ProviderSettings) -> None:
        self.settings = settings
        self._client: StarletteOAuth2App = OAuth().register(
            "provider",
            client_id=settings.client_id,
            client_secret=settings.client_secret,
            server_metadata_url=(
                f"{settings.issuer.rstrip('/')}/.well-known/openid-configuration"
            ),
            client_kwargs={
                "scope": "openid profile",
                "code_challenge_method": "S256",
                "timeout": 5,
                "verify": create_ssl_context(),  # made at each question otherwise
            },
        )

    async def send(
        self, request: Request, back: str, *, strong: bool
    ) -> RedirectResponse:
        """Send a browser to the provider; it comes back to `back`.

        Raises:
            Unavailable: the provider does not answer.
        """
        # `max_age` of nothing: who is asked for a stronger proof gives it anew.
        more = {"acr_values": self.settings.strong, "max_age": 0} if strong else {}
        try:
            answer: RedirectResponse = await self._client.authorize_redirect(
                request, back, **more
            )
        except HTTPError as error:
            raise silent() from error
        return answer

    async def receive(self, request: Request, *, strong: bool) -> Proven:
        """Return whom a browser was vouched for that comes back.

        Raises:
            NotSignedIn: the provider refused, or what came back does not hold.
            Unavailable: the provider does not answer.
        """
        try:
            token = await self._client.authorize_access_token(request)
        except HTTPError as error:
            raise silent() from error
        except (OAuthError, JoseError, ValueError) as error:
            raise NotSignedIn(
                "the sign-in did not hold", help="begin it again"
            ) from error
        claims: Mapping[str, object] = token.get("userinfo") or {}
        if strong:
            self._check_strength(claims)
        # Somebody who comes back may have proven it hours ago: that is no new proof.
        at = _proven_at(claims)
        return Proven(
            officer=f"{self._named(claims, self.settings.agency_claim)}/"
            f"{self._named(claims, self.settings.officer_claim)}",
            strength=str(claims.get("acr", "")) if at else "",
            session=str(claims.get("sid", "")),
            at=at,
        )

    def _check_strength(self, claims: Mapping[str, object]) -> None:
        at = _proven_at(claims)
        fresh = at is not None and datetime.now(UTC) - at < _JUST_NOW
        if claims.get("acr") != self.settings.strong or not fresh:
            raise NotSignedIn(
                "the provider did not ask for the stronger proof",
                help="try again; if it goes on, tell whoever runs your provider that "
                f"it must answer `acr_values` with `{self.settings.strong}`",
            )

    def _named(self, claims: Mapping[str, object], claim: str) -> str:
        said = claims.get(claim)
        if isinstance(said, str) and said:
            return said
        raise NotSignedIn(
            f"your provider does not say your {claim}",
            help=f"it must put the claim `{claim}` in the identity token",
        )


def _proven_at(claims: Mapping[str, object]) -> datetime | None:
    at = claims.get("auth_time")
    return datetime.fromtimestamp(at, UTC) if isinstance(at, int) else None


def silent() -> Unavailable:
    """Return the error for a provider that does not answer."""
    return Unavailable(
        "the identity provider does not answer", help="try again in a moment"
    )
