"""A token opens only what it was made for, by whom it should have been."""

import asyncio
import socket
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from models.errors import NotSignedIn, Unavailable
from models.signing_in import PROVEN_FOR
from web.api.tokens import PersonaTokens, ProviderKeys, ProviderTokens
from web.signin.provider import ProviderSettings

ISSUER = "https://provider.example"
STRONG = "urn:estafette:strong"
KEY = RSAKey.generate_key(2048, {"kid": "one"})
OTHER = RSAKey.generate_key(2048, {"kid": "two"})
SETTINGS = ProviderSettings(
    issuer=ISSUER,
    client_id="estafette",
    client_secret="secret",
    agency_claim="agency",
    officer_claim="officer",
    strong=STRONG,
)


class Published:
    """Keys of a provider that publishes others when it is asked anew."""

    def __init__(self, first: RSAKey, then: RSAKey | None = None) -> None:
        self._keys = {False: KeySet([first]), True: KeySet([then or first])}

    async def __call__(self, anew: bool) -> KeySet:
        return self._keys[anew]


def claims(**changed: object) -> dict[str, Any]:
    now = int(time.time())
    whole = {
        **{"iss": ISSUER, "aud": "estafette", "client_id": "cli", "sub": "1"},
        **{"iat": now, "exp": now + 600, "agency": "pz-midi", "officer": "analyst"},
    } | changed
    return {name: value for name, value in whole.items() if value is not None}


def token(said: Mapping[str, Any], *, key: RSAKey = KEY, typ: str = "at+jwt") -> str:
    return jwt.encode({"alg": "RS256", "typ": typ, "kid": key.kid}, dict(said), key)


def read(made: str, keys: Published | None = None) -> str:
    reader = ProviderTokens(SETTINGS, keys or Published(KEY))
    return asyncio.run(reader.read(made)).officer


def test_a_token_speaks_of_the_officer_of_its_claims() -> None:
    assert read(token(claims())) == "pz-midi/analyst"
    assert read(token(claims(aud=["other", "estafette"]))) == "pz-midi/analyst"


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": None},
        {"exp": 1},
        {"exp": None},
        {"iat": None},
        {"iat": 1},
        {"sub": None},
        {"agency": None},
        {"agency": 7},
        {"officer": None},
        {"officer": ""},
        {"officer": ["analyst"]},
        {"client_id": None},
    ],
    ids=str,
)
def test_what_was_not_made_for_us_or_counts_no_more_opens_nothing(
    changed: dict[str, object],
) -> None:
    with pytest.raises(NotSignedIn):
        read(token(claims(**changed)))


def test_no_other_kind_of_token_counts_as_an_access_token() -> None:
    for typ in ("JWT", "logout+jwt", ""):
        with pytest.raises(NotSignedIn):
            read(token(claims(), typ=typ))


def test_no_algorithm_but_the_one_of_the_settings_counts() -> None:
    public = KEY.as_pem(private=False)
    header = {"alg": "HS256", "typ": "at+jwt", "kid": "one"}
    forged = jwt.encode(header, claims(), OctKey.import_key(b"x" * 32))
    stronger = jwt.encode({**header, "alg": "RS512"}, claims(), KEY, ["RS512"])
    none = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0." + forged.split(".")[1] + "."

    assert public
    for made in (forged, stronger, none, "", "a.b.c", "a" * 10_000):
        with pytest.raises(NotSignedIn):
            read(made)


@pytest.mark.parametrize("header", ['{"alg":"RS256","crit":1}', "[]", "1", "{"])
def test_a_header_that_is_none_is_refused_as_any_wrong_token(header: str) -> None:
    odd = f"{urlsafe_b64encode(header.encode()).decode().rstrip('=')}.e30.YQ"

    with pytest.raises(NotSignedIn):
        read(odd)
    with pytest.raises(NotSignedIn):
        asyncio.run(PersonaTokens("s" * 32).read(odd))


def test_a_key_of_somebody_else_signs_nothing() -> None:
    with pytest.raises(NotSignedIn):
        read(token(claims(), key=OTHER))


def test_new_keys_of_the_provider_are_asked_for() -> None:
    assert read(token(claims(), key=OTHER), Published(KEY, OTHER)) == "pz-midi/analyst"


def test_a_program_has_an_account_of_its_own_and_plays_nobody() -> None:
    own = claims(sub="intake", client_id="intake", officer=None)

    assert read(token(own)) == "pz-midi/service:intake"
    for played in (own | {"officer": "analyst"}, claims(officer="service:intake")):
        with pytest.raises(NotSignedIn):
            read(token(played))


def test_a_strong_proof_counts_while_it_is_fresh() -> None:
    now = int(time.time())
    old = now - int(PROVEN_FOR.total_seconds()) - 1
    reader = ProviderTokens(SETTINGS, Published(KEY))

    def proven(**said: object) -> bool:
        return asyncio.run(reader.read(token(claims(**said)))).proven

    assert proven(acr=STRONG, auth_time=now)
    assert not proven(acr=STRONG, auth_time=old)
    assert not proven(acr="urn:estafette:plain", auth_time=now)
    assert not proven(acr=STRONG)


def test_personas_have_tokens_of_ours_that_no_provider_makes() -> None:
    ours = PersonaTokens("s" * 32)

    def known(made: str) -> str:
        return asyncio.run(ours.read(made)).officer

    assert known(ours.made_for("pz-midi/analyst")) == "pz-midi/analyst"
    for made in (token(claims()), PersonaTokens("t" * 32).made_for("pz-midi/analyst")):
        with pytest.raises(NotSignedIn):
            known(made)
    with pytest.raises(NotSignedIn):
        read(ours.made_for("pz-midi/analyst"))


def test_a_provider_that_did_not_answer_is_not_asked_again_at_every_turn() -> None:
    with socket.create_server(("localhost", 0)) as closed:
        closed.settimeout(0)
        keys = ProviderKeys(f"http://localhost:{closed.getsockname()[1]}")
        asked = 0

        async def refused() -> None:
            with pytest.raises(Unavailable):
                await keys(False)

        async def hang_up() -> None:
            nonlocal asked
            loop = asyncio.get_running_loop()
            while True:
                caller, _ = await loop.sock_accept(closed)
                asked += 1
                caller.close()

        async def many() -> None:
            hanging = asyncio.create_task(hang_up())
            await asyncio.gather(*(refused() for _ in range(5)))
            await refused()
            hanging.cancel()

        asyncio.run(many())

    assert asked == 1
