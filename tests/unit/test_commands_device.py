"""Signing in to an installation elsewhere, whatever answers there."""

from functools import partial
from typing import Any

import httpx2
import pytest

from commands.afar.device import sign_in
from models.errors import NotSignedIn, Unavailable

URL, ISSUER = "https://estafette.example", "https://provider.example"
ANSWERS: dict[str, Any] = {
    f"{URL}/.well-known/oauth-protected-resource/api/v1": {
        "authorization_servers": [ISSUER]
    },
    f"{ISSUER}/.well-known/openid-configuration": {
        "device_authorization_endpoint": f"{ISSUER}/device",
        "token_endpoint": f"{ISSUER}/token",
    },
    f"{ISSUER}/device": {
        "device_code": "d",
        "user_code": "ABCD",
        "verification_uri": f"{ISSUER}/verify",
        "expires_in": 60,
    },
    f"{ISSUER}/token": {"access_token": "t", "expires_in": 60},
}
TOLD, METADATA, *_ = ANSWERS


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What is answered at each address; what is asked elsewhere fails the test."""
    answers = dict(ANSWERS)

    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, json=answers[str(request.url)])

    transport = httpx2.MockTransport(answer)
    client = partial(httpx2.Client, transport=transport)
    monkeypatch.setattr("commands.afar.device.httpx2.Client", client)
    return answers


def test_the_token_is_kept_for_the_installation(answers: dict[str, Any]) -> None:
    said: list[str] = []

    kept = sign_in(URL, "cli", "", said.append)

    assert (kept.url, kept.token) == (URL, "t")
    assert said == [f"open {ISSUER}/verify and confirm the code ABCD"]


@pytest.mark.parametrize("at", ANSWERS)
def test_what_answers_oddly_signs_nobody_in(answers: dict[str, Any], at: str) -> None:
    answers[at] = [dict.fromkeys(answers[at], [5])]

    with pytest.raises(Unavailable, match="no usable answer"):
        sign_in(URL, "cli", "", lambda _: None)


@pytest.mark.parametrize(
    ("at", "field"),
    [
        (TOLD, "authorization_servers"),
        (METADATA, "device_authorization_endpoint"),
        (METADATA, "token_endpoint"),
    ],
)
def test_no_token_is_asked_for_in_clear(
    answers: dict[str, Any], at: str, field: str
) -> None:
    clear = "http://provider.example"
    one = [clear] if field == "authorization_servers" else clear
    answers[at] = answers[at] | {field: one}

    with pytest.raises(Unavailable, match="no https address"):
        sign_in(URL, "cli", "", lambda _: None)


def test_a_demo_says_how_one_acts_in_it(answers: dict[str, Any]) -> None:
    """`--as` counts only where commands ask no API, so it is no help by itself."""
    answers[TOLD] = {"authorization_servers": []}

    with pytest.raises(NotSignedIn) as caught:
        sign_in(URL, "cli", "", lambda _: None)

    assert "unset ESTAFETTE_URL" in caught.value.help
    assert "`--as`" in caught.value.help
