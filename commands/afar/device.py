"""Signing in where there is no browser: the device flow (RFC 8628)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import httpx2
from pydantic import BaseModel, TypeAdapter

from commands.afar.keeping import Kept, is_in_clear
from models.errors import NotSignedIn, Unavailable

GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_SLOWER = 5
Tell = Callable[[str], None]
Shape = TypeVar("Shape")


class _Installation(BaseModel):
    """Which providers an installation believes (RFC 9728)."""

    authorization_servers: tuple[str, ...]


class _Provider(BaseModel):
    """Where a provider is asked (RFC 8414)."""

    device_authorization_endpoint: str
    token_endpoint: str


class _Device(BaseModel):
    """What somebody confirms with a browser."""

    device_code: str
    user_code: str
    verification_uri: str
    verification_uri_complete: str = ""
    interval: float = 5
    expires_in: float


class _Told(BaseModel):
    """A token, or why there is none yet or ever."""

    access_token: str = ""
    expires_in: float = 0
    error: str = ""


def sign_in(url: str, client: str, acr: str, tell: Tell) -> Kept:
    """Let somebody sign in with a browser anywhere; return the token.

    Args:
        url: the installation, whose API says which provider it believes.
        client: as whom the provider knows command lines.
        acr: how strong a proof to ask for; empty for any.
        tell: says to somebody where to go.

    Raises:
        NotSignedIn: it was refused, or nobody came in time.
        Unavailable: installation or provider do not answer, or the token would
            travel in clear.
    """
    try:
        with httpx2.Client(timeout=10) as http:
            return _Flow(http, url, client).run(acr, tell)
    except (httpx2.HTTPError, ValueError) as error:
        raise Unavailable(
            "signing in does not work: no usable answer came",
            help="look at ESTAFETTE_URL, and ask whoever runs the provider",
        ) from error


class _Flow:
    def __init__(self, http: httpx2.Client, url: str, client: str) -> None:
        self._http, self._url, self._client = http, url, client

    def run(self, acr: str, tell: Tell) -> Kept:
        provider = self._provider()
        wanted = {"client_id": self._client, "scope": "openid profile"}
        if acr:
            wanted |= {"acr_values": acr, "max_age": "0"}
        begun = self._http.post(provider.device_authorization_endpoint, data=wanted)
        device = _read(_Device, begun.raise_for_status())
        where = device.verification_uri_complete or device.verification_uri
        tell(f"open {where} and confirm the code {device.user_code}")
        return self._wait(provider.token_endpoint, device)

    def _provider(self) -> _Provider:
        where = f"{self._url}/.well-known/oauth-protected-resource/api/v1"
        told = _read(_Installation, self._http.get(where).raise_for_status())
        if not told.authorization_servers:
            raise NotSignedIn(
                "this installation believes no provider: nobody signs in to it so",
                help="in a demo, unset ESTAFETTE_URL and say with `--as` who acts",
            )
        issuer = told.authorization_servers[0].rstrip("/")
        _check(issuer)
        metadata = f"{issuer}/.well-known/openid-configuration"
        found = _read(_Provider, self._http.get(metadata).raise_for_status())
        _check(found.device_authorization_endpoint)
        _check(found.token_endpoint)
        return found

    def _wait(self, endpoint: str, device: _Device) -> Kept:
        asked = {
            "grant_type": GRANT,
            "device_code": device.device_code,
            "client_id": self._client,
        }
        pause, last = device.interval, time.time() + device.expires_in
        while time.time() < last:
            answer = _read(_Told, self._http.post(endpoint, data=asked))
            if answer.access_token:
                ends_at = time.time() + answer.expires_in
                return Kept(url=self._url, token=answer.access_token, ends_at=ends_at)
            if answer.error not in ("authorization_pending", "slow_down"):
                break
            pause += _SLOWER if answer.error == "slow_down" else 0
            time.sleep(pause)
        raise NotSignedIn("nobody confirmed the code", help="begin again")


def _read(shape: type[Shape], answer: httpx2.Response) -> Shape:
    found: Shape = TypeAdapter(shape).validate_json(answer.content)
    return found


def _check(address: str) -> None:
    """Refuse an address from which a token would come in clear."""
    if is_in_clear(address):
        raise Unavailable(
            f"the provider has no https address: `{address}`",
            help="ask whoever runs the installation",
        )
