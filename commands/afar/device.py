"""Signing in where there is no browser: the device flow (RFC 8628)."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx2

from commands.afar.keeping import Kept
from models.errors import NotSignedIn, Unavailable

GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_SLOWER = 5
Tell = Callable[[str], None]


def sign_in(url: str, client: str, acr: str, tell: Tell) -> Kept:
    """Let somebody sign in with a browser anywhere; return the token.

    Args:
        url: the installation, whose API says which provider it believes.
        client: as whom the provider knows command lines.
        acr: how strong a proof to ask for; empty for any.
        tell: says to somebody where to go.

    Raises:
        NotSignedIn: it was refused, or nobody came in time.
        Unavailable: installation or provider do not answer.
    """
    try:
        with httpx2.Client(timeout=10) as http:
            return _Flow(http, url, client).run(acr, tell)
    except (httpx2.HTTPError, KeyError, ValueError) as error:
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
        begun = self._http.post(
            provider["device_authorization_endpoint"], data=wanted
        ).raise_for_status()
        device = begun.json()
        where = device.get("verification_uri_complete", device["verification_uri"])
        tell(f"open {where} and confirm the code {device['user_code']}")
        return self._wait(provider["token_endpoint"], device)

    def _provider(self) -> Mapping[str, Any]:
        where = f"{self._url}/.well-known/oauth-protected-resource/api/v1"
        told = self._http.get(where).raise_for_status().json()
        issuers = told["authorization_servers"]
        if not issuers:
            raise NotSignedIn(
                "this installation believes no provider", help="add `--as` in the demo"
            )
        metadata = f"{issuers[0].rstrip('/')}/.well-known/openid-configuration"
        found: Mapping[str, Any] = self._http.get(metadata).raise_for_status().json()
        return found

    def _wait(self, endpoint: str, device: Mapping[str, Any]) -> Kept:
        asked = {
            "grant_type": GRANT,
            "device_code": device["device_code"],
            "client_id": self._client,
        }
        pause, last = device.get("interval", 5), time.time() + device["expires_in"]
        while time.time() < last:
            answer = self._http.post(endpoint, data=asked).json()
            if "access_token" in answer:
                ends_at = time.time() + answer["expires_in"]
                token = answer["access_token"]
                return Kept(url=self._url, token=token, ends_at=ends_at)
            if answer["error"] not in ("authorization_pending", "slow_down"):
                break
            pause += _SLOWER if answer["error"] == "slow_down" else 0
            time.sleep(pause)
        raise NotSignedIn("nobody confirmed the code", help="begin again")
