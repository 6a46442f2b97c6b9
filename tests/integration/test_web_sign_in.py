"""Who gets in, how, for how long, and how one leaves."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from models.signing_in import IDLE, LONGEST
from tests.deeds.cast import HANDLER, MAYOR, Cast
from tests.running.provider import STRONG, Behind, behind_a_provider, log_in
from tests.running.site import Site, play, served
from tests.running.world import World
from web.signin.provider import Provider, ProviderSettings


@pytest.fixture(scope="module")
def behind(world: World) -> Iterator[Behind]:
    with behind_a_provider(world) as made:
        yield made


@pytest.fixture(scope="module")
def guarded_site(behind: Behind) -> Site:
    return behind.site


@pytest.fixture(scope="module")
def guarded_provider(behind: Behind) -> ProviderSettings:
    return behind.provider


@pytest.fixture
def guarded(guarded_site: Site) -> Iterator[httpx2.Client]:
    with guarded_site.browser() as made:
        made.headers["accept-language"] = "en"
        yield made


def sign_in(
    client: httpx2.Client, officer: str, ask: str = "", **more: str
) -> httpx2.Response:
    sent = client.get(f"/sign-in/provider{ask}")
    assert sent.status_code == 302, sent.text
    return client.get(log_in(sent.headers["location"], officer, **more))


def show(client: httpx2.Client, token: str) -> None:
    client.cookies.clear()
    client.headers["cookie"] = f"estafette={token}"


def grow_old(world: World, column: str, by: timedelta) -> None:
    older = f"update signed_in set {column} = {column} - %s"  # noqa: S608 - ours
    with world.superuser() as connection:
        connection.execute(older.encode(), [by])


def test_without_signing_in_every_page_leads_to_the_door(client: httpx2.Client) -> None:
    answer = client.get("/cases/6f0d8a51-0000-4000-8000-000000000000?names=true")

    assert answer.status_code == 303
    onward = "/cases/6f0d8a51-0000-4000-8000-000000000000%3Fnames%3Dtrue"
    assert answer.headers["location"] == f"/sign-in?next={onward}"


def test_an_officer_comes_in_through_the_provider(guarded: httpx2.Client) -> None:
    answer = sign_in(guarded, HANDLER, "?next=/%3Fnames%3Dtrue")

    assert (answer.status_code, answer.headers["location"]) == (303, "/?names=true")
    home = guarded.get("/")
    assert home.status_code == 200
    assert "AND-014" in home.text


def test_over_tls_no_other_host_can_plant_a_sign_in_that_was_begun(
    world: World, guarded_provider: ProviderSettings
) -> None:
    def provider(_: str) -> Provider:
        return Provider(guarded_provider)

    with served(world, provider, address="https://localhost") as site:
        with site.browser() as client:
            cookie = client.get("/sign-in/provider").headers["set-cookie"]

    assert cookie.startswith("__Host-signing-in=")
    assert {"path=/", "secure"} <= set(cookie.lower().split("; "))


def test_the_browser_is_sent_with_pkce_and_a_nonce(guarded: httpx2.Client) -> None:
    sent = guarded.get("/sign-in/provider")

    asked = parse_qs(urlsplit(sent.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert asked["nonce"] != asked["state"]


def test_whom_the_directory_does_not_know_stays_outside(guarded: httpx2.Client) -> None:
    answer = sign_in(guarded, "anderlecht/nobody")

    assert answer.status_code == 403
    assert "the directory does not know you" in answer.text
    assert guarded.get("/").status_code == 303


def test_an_answer_that_another_browser_asked_for_is_refused(
    guarded_site: Site, guarded: httpx2.Client
) -> None:
    with guarded_site.browser() as other:
        sent = other.get("/sign-in/provider")
        brought = log_in(sent.headers["location"], MAYOR)

    assert guarded.get(brought).status_code == 403
    assert guarded.get("/").status_code == 303


def test_an_answer_counts_once(guarded: httpx2.Client) -> None:
    sent = guarded.get("/sign-in/provider")
    brought = log_in(sent.headers["location"], HANDLER)

    assert guarded.get(brought).status_code == 303
    assert guarded.get(brought).status_code == 403


def test_a_stronger_proof_is_asked_for_and_checked(
    world: World, guarded: httpx2.Client
) -> None:
    assert sign_in(guarded, MAYOR, "?strong=true").status_code == 303

    newest = "select strength from signed_in order by signed_in_at desc limit 1"
    assert world.one(newest) == STRONG


def test_a_weaker_proof_than_asked_for_is_refused(guarded: httpx2.Client) -> None:
    answer = sign_in(guarded, MAYOR, "?strong=true", weak="yes")

    assert answer.status_code == 403
    assert "stronger proof" in answer.text


def test_a_provider_that_is_silent_is_said_to_be(world: World) -> None:
    silent = ProviderSettings("http://localhost:9", "estafette", "x", "a", "o", "s")
    with served(world, lambda _: Provider(silent)) as site, site.browser() as client:
        client.headers["accept-language"] = "en"
        answer = client.get("/sign-in/provider")

    assert answer.status_code == 503
    assert "the identity provider does not answer" in answer.text


def test_personas_are_not_there_where_a_provider_is(guarded: httpx2.Client) -> None:
    assert play(guarded, HANDLER).status_code == 404
    assert HANDLER.split("/")[1] not in guarded.get("/sign-in").text


@pytest.mark.parametrize(("column", "by"), [("seen_at", IDLE), ("ends_at", LONGEST)])
def test_a_sign_in_ends_by_itself(
    world: World, client: httpx2.Client, column: str, by: timedelta
) -> None:
    play(client, HANDLER)
    assert client.get("/").status_code == 200

    grow_old(world, column, by)

    assert client.get("/").status_code == 303


def test_signing_out_ends_this_browser_alone(site: Site, client: httpx2.Client) -> None:
    play(client, HANDLER)
    with site.browser() as other:
        play(other, HANDLER)
        token = client.cookies["estafette"]
        assert client.post("/sign-out").headers["location"] == "/sign-in"

        show(client, token)
        assert client.get("/").status_code == 303
        assert other.get("/").status_code == 200


def test_signing_out_everywhere_ends_all_browsers_of_one_officer(
    site: Site, client: httpx2.Client
) -> None:
    play(client, HANDLER)
    with site.browser() as other, site.browser() as mayor:
        play(other, HANDLER)
        play(mayor, MAYOR)
        client.post("/sign-out/everywhere")

        assert other.get("/").status_code == 303
        assert mayor.get("/").status_code == 200


def test_signing_in_again_makes_a_new_token_and_ends_the_old(
    client: httpx2.Client,
) -> None:
    play(client, HANDLER)
    before = client.cookies["estafette"]
    play(client, MAYOR)
    after = client.cookies["estafette"]

    assert before != after
    show(client, before)
    assert client.get("/").status_code == 303


def test_the_database_knows_no_token(world: World, client: httpx2.Client) -> None:
    play(client, HANDLER)

    kept = world.rows("select signed_in::text from signed_in")
    assert client.cookies["estafette"] not in str(kept)


def test_a_row_that_the_pages_did_not_write_signs_nobody_in(
    world: World, cast: Cast, client: httpx2.Client
) -> None:
    """As whoever got the password of the acts role would."""
    play(client, HANDLER)
    forged = hashlib.sha256(b"mine").digest()
    with world.seat(cast.officer("pz-midi/analyst")) as connection:
        connection.execute("select set_config('app.token', %s, true)", [forged.hex()])
        connection.execute(
            "insert into signed_in select %s, %s, '', now(), now(), now(),"
            " now() + interval '1 hour', '', '\\x00'",
            [forged, MAYOR],
        )

    show(client, "mine")
    assert client.get("/").status_code == 303


def test_a_row_cannot_be_made_somebody_elses(
    world: World, client: httpx2.Client
) -> None:
    play(client, HANDLER)
    with world.superuser() as connection:
        connection.execute("update signed_in set officer_id = %s", [MAYOR])

    assert client.get("/").status_code == 303


def test_sign_ins_of_others_are_not_there(
    world: World, cast: Cast, client: httpx2.Client
) -> None:
    play(client, HANDLER)

    with world.seat(cast.officer("pz-midi/analyst")) as connection:
        found = connection.execute("select officer_id from signed_in").fetchall()
    assert HANDLER not in {row[0] for row in found}


def test_whoever_tries_too_often_waits(world: World) -> None:
    with behind_a_provider(world) as behind, behind.site.browser() as client:
        answers = [client.get("/sign-in/provider").status_code for _ in range(31)]

    assert answers[:30] == [302] * 30
    assert answers[30] == 429
