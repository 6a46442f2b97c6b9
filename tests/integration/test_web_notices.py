"""Notices on pages: what is new, until it was seen, and by which way it comes."""

from collections.abc import Iterator

import httpx2
import pytest

from models.notices import NoticeKind
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.posting import Office
from tests.running.site import Site, onward_of, play
from tests.running.world import World
from web.pages import paging

NEW = "a question was answered"


@pytest.fixture
def client(site: Site) -> Iterator[httpx2.Client]:
    with site.browser() as made:
        play(made, HANDLER)
        made.headers["accept-language"] = "en"
        yield made


def test_what_is_new_stands_on_top_until_it_was_seen(
    office: Office, client: httpx2.Client
) -> None:
    office.happen()
    assert NEW in client.get("/").text
    assert 'data-color="info">new' in client.get("/notices").text

    until = client.get("/notices").text.split('name="until" value="')[1].split('"')[0]
    client.post("/notices/seen", data={"until": until})

    assert "What you have not seen yet" not in client.get("/").text
    assert NEW in client.get("/notices").text
    assert 'data-color="info">new' not in client.get("/notices").text


def test_notices_of_several_questions_are_told_apart(
    world: World, cast: Cast, client: httpx2.Client
) -> None:
    case = world.do(cast.open_case())
    questions = [world.do(cast.ask(case)) for _ in range(2)]
    for each in questions:
        world.do(cast.receive(each))
        world.do(cast.answer(each, "Rien à signaler."))

    home = client.get("/").text

    for each in questions:
        assert f"{NEW} · Question {str(each)[:8]}</a>" in home


@pytest.mark.parametrize("until", ["0001-01-01T00:00:00+14:00", "-1", "now"])
def test_an_instant_that_nothing_was_seen_at_is_not_kept(
    client: httpx2.Client, until: str
) -> None:
    """It could be written and not read: whoever sent it had no pages any more."""
    play(client, POLICE)

    assert client.post("/notices/seen", data={"until": until}).status_code == 404
    assert client.get("/").status_code == 200


def test_older_notices_are_on_the_next_page(
    office: Office, client: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "ROWS", 1)
    office.happen()
    office.happen(NoticeKind.REMINDER, "inquiry")

    newest = client.get("/notices").text
    older = client.get(onward_of(newest)).text

    assert "a reminder of a term" in newest
    assert NEW not in newest
    assert NEW in older
    # What was seen is said of the newest, and of all before it.
    assert "I have seen these" in newest
    assert "I have seen these" not in older


def test_a_reminder_names_its_term(office: Office, client: httpx2.Client) -> None:
    office.happen(NoticeKind.REMINDER, "inquiry")
    term = office.cast.pack.clock("inquiry").label.en

    for page in ("/", "/notices"):
        assert f"a reminder of a term that runs: {term}" in client.get(page).text


def test_an_officer_gives_an_address_sees_what_was_sent_and_takes_it_away(
    office: Office, client: httpx2.Client
) -> None:
    filled = {"address": "h@town.example", "language": "de"}
    answer = client.post("/notices/mail", data=filled)
    assert answer.headers["location"] == "/notices?done=recorded"
    office.happen()
    office.post()

    ((_, mail),) = office.mails.came
    assert mail["subject"] == "Etwas wartet auf Sie"
    page = client.get("/notices").text
    assert "h@town.example" in page
    assert "What was sent" in page

    (way,) = office.cast.world.rows("select id from notice_way")
    client.post("/notices/stop", data={"way": str(way[0])})
    assert "h@town.example" not in client.get("/notices").text
    assert office.cast.world.one("select count(*) from notice_parcel") == 0


@pytest.mark.parametrize(
    "address", ["no address", "a@b@c", "a@b\r\nBcc: c@d", "<a@b.example>", "@b"]
)
def test_what_is_no_address_brings_the_form_back(
    client: httpx2.Client, address: str
) -> None:
    answer = client.post("/notices/mail", data={"address": address, "language": "fr"})

    assert answer.status_code == 422
    assert "is no mail address" in answer.text


def test_the_way_of_another_cannot_be_taken_away(
    office: Office, site: Site, client: httpx2.Client
) -> None:
    way = office.hears("anderlecht/second", "second@town.example")

    assert client.post("/notices/stop", data={"way": str(way.id)}).status_code == 404
    assert office.cast.world.one("select count(*) from notice_way") == 1
