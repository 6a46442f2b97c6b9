"""Notices by mail and webhook: to whoever may know, at least once, with no content."""

import base64
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from activities.posting import Posting, Sight
from acts import notices
from models.ids import AgencyId, CaseId, HandoffId
from models.notices import Notice
from models.posting import MOST_ATTEMPTS, ParcelState, Way, WayKind
from runtime.posting.mail import Mail
from runtime.posting.webhooks import Webhooks
from runtime.roles import Role
from storage.engine import transaction
from storage.notices import leave
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.running.receiving import MailServer, System, mail_server, system
from tests.running.world import World

PAGES = "https://estafette.example"
SECOND = "anderlecht/second"  # a colleague who is not named for the case
KEY = Ed25519PrivateKey.generate()
Happen = Callable[[], HandoffId]


@pytest.fixture
def mails() -> Iterator[MailServer]:
    with mail_server() as made:
        yield made


@pytest.fixture
def listener() -> Iterator[System]:
    with system() as made:
        yield made


@pytest.fixture(scope="module")
def sight(world: World) -> Sight:
    return Sight(world.engine(Role.RECORD, pool=4), world.engine(Role.ACTS, pool=4))


@pytest.fixture
def office(
    world: World, sight: Sight, mails: MailServer, listener: System
) -> Iterator[Posting]:
    host = urlsplit(listener.address).hostname
    made = Posting(
        sight,
        {
            WayKind.MAIL: Mail(mails.address, "estafette@town.example", PAGES, "none"),
            WayKind.WEBHOOK: Webhooks(KEY, PAGES, frozenset({str(host)}), clear=True),
        },
    )
    post(world, made)  # what earlier tests left is nobody's here
    yield made
    with world.superuser() as connection:
        connection.execute(b"delete from notice_way")


def post(world: World, office: Posting, after: timedelta = timedelta(0)) -> None:
    """Send what is due so long from now."""
    unposted = "select count(*) from notice where posted_at is null"
    taken = 1
    while taken or world.one(unposted):
        taken = world.do(office.once(datetime.now(UTC) + after))


@pytest.fixture
def happen(world: World, sight: Sight, asked: HandoffId) -> Happen:
    """Let the handlers of the asker be told of an answer, as the record step does."""
    case = CaseId(world.one("select case_id from handoff where id = %s", asked))
    notice = Notice(
        case=case,
        handoff=asked,
        agency=AgencyId("anderlecht"),
        function="handler",
        kind="answered",
        at=datetime.now(UTC),
    )

    def told() -> HandoffId:
        with transaction(sight.record) as connection:
            leave(connection, notice)
        return asked

    return told


def hears(cast: Cast, who: str, address: str, language: str = "nl") -> Way:
    officer = cast.officer(who)
    if address.startswith("http"):
        return notices.by_webhook(cast.desk, officer, address)
    return notices.by_mail(cast.desk, officer, address, language)  # type: ignore[arg-type]


def states(cast: Cast, who: str = HANDLER) -> list[ParcelState]:
    return [line.state for line in notices.sent(cast.desk, cast.officer(who))]


def test_a_mail_says_that_something_waits_and_nothing_else(
    world: World,
    cast: Cast,
    office: Posting,
    mails: MailServer,
    happen: Happen,
) -> None:
    hears(cast, HANDLER, "h@town.example")
    handoff = happen()

    post(world, office)

    ((to, mail),) = mails.came
    assert to == ["h@town.example"]
    assert mail["subject"] == "Er wacht iets op u"
    assert PAGES in mail.get_content()
    case = world.one("select case_id from handoff where id = %s", handoff)
    for told in (handoff, case, "pz-midi", "anderlecht", "answered"):
        assert str(told)[:8] not in mail.as_string()
    assert states(cast) == [ParcelState.SENT]

    post(world, office, timedelta(days=1))
    assert len(mails.came) == 1


def test_who_is_not_named_for_a_case_hears_nothing_of_it(
    world: World,
    cast: Cast,
    office: Posting,
    mails: MailServer,
    listener: System,
    happen: Happen,
) -> None:
    """A colleague with the same function, and a program of the same agency."""
    hears(cast, SECOND, "second@town.example")
    hears(cast, SECOND, listener.address)
    happen()

    post(world, office)

    assert (mails.came, listener.came) == ([], [])
    assert states(cast, SECOND) == []


def test_who_may_no_longer_know_when_it_leaves_hears_nothing(
    world: World,
    cast: Cast,
    office: Posting,
    mails: MailServer,
    happen: Happen,
) -> None:
    hears(cast, HANDLER, "h@town.example")
    mails.answer = "451 later"
    told = happen()
    post(world, office)
    with world.superuser() as connection:
        hidden = b"update notice set function = 'college' where handoff_id = %s"
        connection.execute(hidden, [told])
    mails.answer = "250 taken"

    post(world, office, timedelta(days=1))

    assert mails.came == []


def test_an_event_has_ids_alone_and_is_signed(
    world: World,
    cast: Cast,
    office: Posting,
    listener: System,
    happen: Happen,
) -> None:
    hears(cast, HANDLER, listener.address)
    handoff = happen()

    post(world, office)

    ((headers, body),) = listener.came
    told = orjson.loads(body)
    assert told == {
        "specversion": "1.0",
        "id": headers["webhook-id"],
        "source": PAGES,
        "type": "be.estafette.notice.v1",
        "subject": f"handoffs/{handoff}",
        "time": told["time"],
    }
    signature = base64.b64decode(headers["webhook-signature"].removeprefix("v1a,"))
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    KEY.public_key().verify(signature, said)


def test_what_does_not_arrive_goes_again_under_its_id_until_it_is_given_up(
    world: World,
    cast: Cast,
    office: Posting,
    listener: System,
    happen: Happen,
) -> None:
    hears(cast, HANDLER, listener.address)
    listener.status = 500
    happen()

    for attempt in range(MOST_ATTEMPTS):
        assert states(cast) in ([], [ParcelState.WAITING])
        post(world, office, timedelta(hours=7 * attempt))

    assert len(listener.came) == MOST_ATTEMPTS
    assert len({headers["webhook-id"] for headers, _ in listener.came}) == 1
    (line,) = notices.sent(cast.desk, cast.officer(HANDLER))
    assert (line.state, line.fault) == (
        ParcelState.DEAD, "it answered with status 500",
    )  # fmt: skip

    listener.status = 200
    assert notices.again(cast.desk, cast.officer(HANDLER)) == 1
    post(world, office)
    assert states(cast) == [ParcelState.SENT]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_nobody_leads_an_event_elsewhere(
    world: World,
    cast: Cast,
    office: Posting,
    listener: System,
    status: int,
    happen: Happen,
) -> None:
    hears(cast, HANDLER, listener.address)
    listener.status, listener.leads_to = status, listener.address + "/elsewhere"
    happen()

    post(world, office)

    assert len(listener.came) == 1
    assert states(cast) == [ParcelState.WAITING]


def test_a_host_that_the_operator_does_not_list_is_never_asked(
    world: World,
    cast: Cast,
    office: Posting,
    happen: Happen,
) -> None:
    hears(cast, HANDLER, "http://169.254.169.254/latest/meta-data")
    happen()

    post(world, office)

    (line,) = notices.sent(cast.desk, cast.officer(HANDLER))
    assert (line.state, line.fault) == (
        ParcelState.DEAD, "the operator lists no such host",
    )  # fmt: skip


def test_an_address_that_the_mail_server_refuses_is_given_up(
    world: World,
    cast: Cast,
    office: Posting,
    happen: Happen,
) -> None:
    hears(cast, HANDLER, "nobody@town.example")
    happen()

    post(world, office)

    assert states(cast) == [ParcelState.DEAD]


def test_a_process_that_dies_after_sending_sends_again_and_loses_nothing(
    world: World,
    cast: Cast,
    office: Posting,
    mails: MailServer,
    happen: Happen,
) -> None:
    """It is killed by the mail server, once the mail is taken."""
    hears(cast, HANDLER, "h@town.example")
    happen()
    told = {
        "ESTAFETTE_ENV": "test",
        "ESTAFETTE_DATA": str(world.settings.data),
        "ESTAFETTE_WEB_ADDRESS": PAGES,
        "ESTAFETTE_SMTP": mails.address,
        "ESTAFETTE_SMTP_FROM": "estafette@town.example",
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
        mails.kills = process.pid
        process.communicate(b"\n")
    assert process.returncode < 0
    assert len(mails.came) == 1
    assert states(cast) == [ParcelState.WAITING]

    post(world, office)
    assert len(mails.came) == 1  # the claim of the dead has not ended yet
    post(world, office, timedelta(minutes=3))

    assert states(cast) == [ParcelState.SENT]
    first, second = (mail["message-id"] for _, mail in mails.came)
    assert first == second


def test_an_address_shows_to_its_officer_alone(
    world: World, cast: Cast, office: Posting
) -> None:
    hears(cast, HANDLER, "h@town.example")

    for who in (SECOND, POLICE, "anderlecht/supervisor"):
        assert notices.ways(cast.desk, cast.officer(who)) == []
        with world.seat(cast.officer(who)) as connection:
            found = connection.execute("select address from notice_way").fetchall()
            assert found == []
    with (
        world.connection(Role.LINK) as connection,
        pytest.raises(Exception, match="permission denied"),
    ):
        connection.execute("select address from notice_way")
