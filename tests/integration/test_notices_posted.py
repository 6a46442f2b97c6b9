"""Notices by mail and webhook: to whoever may know, at least once, with no content."""

import base64
import os
import re
import subprocess
import sys
from datetime import timedelta

import orjson
import psycopg
import pytest

from acts import notices
from models.errors import InvalidInput
from models.posting import MOST_ATTEMPTS, ParcelState
from runtime.roles import Role
from tests.deeds.cast import HANDLER, POLICE
from tests.deeds.posting import KEY, PAGES, SENDER, Office
from tests.running.world import World

SECOND = "anderlecht/second"  # a colleague who is not named for the case
MINE = "h@town.example"
LATER = timedelta(days=1)


def test_a_mail_says_that_something_waits_and_nothing_else(
    world: World, office: Office
) -> None:
    office.hears(HANDLER, MINE)
    office.happen()
    office.happen()

    office.post()

    ((to, mail),) = office.mails.came
    assert to == [MINE]
    assert mail["subject"] == "Er wacht iets op u"
    assert PAGES in mail.get_content()
    case = world.one("select case_id from handoff where id = %s", office.asked)
    for told in (office.asked, case, "pz-midi", "anderlecht", "answered"):
        assert str(told)[:8] not in mail.as_string()
    assert office.states() == [ParcelState.SENT] * 2

    office.post(LATER)
    assert len(office.mails.came) == 1


def test_another_mail_comes_only_some_minutes_later(office: Office) -> None:
    office.hears(HANDLER, MINE)
    for minutes, mails in ((0, 1), (1, 1), (11, 2)):
        office.happen()
        office.post(timedelta(minutes=minutes))
        assert len(office.mails.came) == mails


def test_who_is_not_named_for_a_case_hears_nothing_of_it(office: Office) -> None:
    """A colleague with the same function, and a program of the same agency."""
    office.hears(SECOND, "second@town.example")
    office.hears(SECOND, office.system.address)
    office.happen()

    office.post()

    assert (office.mails.came, office.system.came) == ([], [])
    assert office.states(SECOND) == []


def test_who_may_no_longer_know_when_it_leaves_hears_nothing(
    world: World, office: Office
) -> None:
    office.hears(HANDLER, MINE)
    office.mails.answer = "451 later"
    office.happen()
    office.post()
    with world.superuser() as connection:
        gone = b"update notice set function = 'college' where handoff_id = %s"
        connection.execute(gone, [office.asked])
    office.mails.answer = "250 taken"

    office.post(LATER)

    assert office.mails.came == []


def test_an_event_has_ids_alone_and_is_signed(office: Office) -> None:
    office.hears(HANDLER, office.system.address)
    office.happen()

    office.post()

    ((headers, body),) = office.system.came
    told = orjson.loads(body)
    assert told == {
        "specversion": "1.0",
        "id": headers["webhook-id"],
        "source": PAGES,
        "type": "be.estafette.notice.v1",
        "subject": f"handoffs/{office.asked}",
        "time": told["time"],
    }
    signature = base64.b64decode(headers["webhook-signature"].removeprefix("v1a,"))
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    KEY.public_key().verify(signature, said)


def test_what_does_not_arrive_goes_again_under_its_id_until_it_is_given_up(
    office: Office,
) -> None:
    office.hears(HANDLER, office.system.address)
    office.system.status = 500
    office.happen()

    for attempt in range(MOST_ATTEMPTS):
        assert office.states() in ([], [ParcelState.WAITING])
        office.post(timedelta(hours=7 * attempt))

    assert len(office.system.came) == MOST_ATTEMPTS
    assert len({headers["webhook-id"] for headers, _ in office.system.came}) == 1
    (line,) = office.sent()
    assert (line.state, line.fault) == ("dead", "it answered with status 500")

    office.system.status = 200
    assert notices.again(office.cast.desk, office.cast.officer(HANDLER)) == 1
    office.post()
    assert office.states() == [ParcelState.SENT]


@pytest.mark.parametrize("status", [301, 307])
def test_nobody_leads_an_event_elsewhere(office: Office, status: int) -> None:
    office.hears(HANDLER, office.system.address)
    office.system.status = status
    office.system.leads_to = office.system.address + "/elsewhere"
    office.happen()

    office.post()

    assert len(office.system.came) == 1
    assert office.states() == [ParcelState.WAITING]


def test_what_is_no_address_of_a_webhook_is_refused(office: Office) -> None:
    for wrong in ("https://[x", "https://", "https://me@town.example"):
        with pytest.raises(InvalidInput, match="no address of a webhook"):
            office.hears(HANDLER, wrong)


@pytest.mark.parametrize("hidden", ["", "=0d=0aBcc=3ax", "=ff"])
def test_an_address_that_no_mail_goes_to_stops_nothing_else(
    office: Office, monkeypatch: pytest.MonkeyPatch, hidden: str
) -> None:
    """The process of coordination ended with it, and at each start again."""
    address = f"=?utf-8?q?{hidden}?=@town.example"
    with pytest.raises(InvalidInput, match="is no mail address"):
        office.hears(HANDLER, address)
    monkeypatch.setattr(notices, "_MAIL", re.compile(".*"))  # as if it had been taken
    office.hears(HANDLER, address)
    office.hears(HANDLER, office.system.address)
    office.happen()

    office.post()

    assert len(office.system.came) == 1
    assert ParcelState.SENT in office.states()


def test_a_host_that_the_operator_does_not_list_is_never_asked(office: Office) -> None:
    office.hears(HANDLER, "http://169.254.169.254/latest/meta-data")
    office.happen()

    office.post()

    (line,) = office.sent()
    assert (line.state, line.fault) == ("dead", "the operator lists no such host")


def test_an_address_that_the_mail_server_refuses_is_given_up(office: Office) -> None:
    office.hears(HANDLER, "nobody@town.example")
    office.happen()

    office.post()

    assert office.states() == [ParcelState.DEAD]


def test_a_process_that_dies_after_sending_sends_again_and_loses_nothing(
    world: World, office: Office
) -> None:
    """It is killed by the mail server, once the mail is taken."""
    office.hears(HANDLER, MINE)
    office.happen()
    told = {
        "ESTAFETTE_ENV": "test",
        "ESTAFETTE_DATA": str(world.settings.data),
        "ESTAFETTE_WEB_ADDRESS": PAGES,
        "ESTAFETTE_SMTP": office.mails.address,
        "ESTAFETTE_SMTP_FROM": SENDER,
        "ESTAFETTE_SMTP_SECURITY": "none",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.running.posting_once"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | told,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        office.mails.kills = process.pid
        process.communicate(b"\n")
    assert process.returncode < 0
    assert len(office.mails.came) == 1
    assert office.states() == [ParcelState.WAITING]

    office.post()
    assert len(office.mails.came) == 1  # the claim of the dead has not ended yet
    office.post(timedelta(minutes=3))

    assert office.states() == [ParcelState.SENT]
    first, second = (mail["message-id"] for _, mail in office.mails.came)
    assert first == second


def test_an_address_shows_to_its_officer_alone(world: World, office: Office) -> None:
    office.hears(HANDLER, MINE)
    cast, query = office.cast, b"select address from notice_way"

    for who in (SECOND, POLICE, "anderlecht/supervisor"):
        assert notices.ways(cast.desk, cast.officer(who)) == []
        with world.seat(cast.officer(who)) as connection:
            assert connection.execute(query).fetchall() == []
    for role in (Role.LINK, Role.LEDGER):
        with world.connection(role) as connection:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(query)
