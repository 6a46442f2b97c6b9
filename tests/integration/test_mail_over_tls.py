"""Mail goes to a server that proves who it is, under a password, or not at all."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from models.errors import Unavailable
from models.ids import OfficerId
from models.posting import Parcel, Way, WayKind
from runtime.posting.mail import Mail
from tests.pieces.tls import Tls, tls_in
from tests.running.receiving import USER, MailServer, mail_server

TO = "clerk@town.example"
WAY = Way(id=uuid4(), officer=OfficerId("town/clerk"), kind=WayKind.MAIL, address=TO)
PARCEL = Parcel(id=uuid4(), notice=uuid4(), subject="cases", attempts=1, way=WAY)


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tls:
    made = tls_in(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.authority))
    return made


@pytest.fixture(params=["starttls", "tls"])
def security(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def server(tls: Tls, security: str) -> Iterator[MailServer]:
    with mail_server(security, tls.context) as running:
        yield running


def mail_to(server: MailServer, security: str) -> Mail:
    name, password = USER
    return Mail(
        server=server.address,
        sender="estafette@town.example",
        pages="https://town.example",
        security=security,
        user=name,
        password=password,
    )


def test_mail_arrives_under_tls_and_a_password(
    server: MailServer, security: str
) -> None:
    mail_to(server, security).carry(WAY, PARCEL)

    [(recipients, mail)] = server.came
    assert recipients == [TO]
    assert "https://town.example" in mail.get_content()


def test_a_wrong_password_sends_nothing_and_is_no_secret_kept(
    server: MailServer, security: str
) -> None:
    wrong = replace(mail_to(server, security), password="not this one")

    with pytest.raises(Unavailable, match="answered 535") as refused:
        wrong.carry(WAY, PARCEL)

    assert "not this one" not in str(refused.value)
    assert server.came == []


def test_a_server_that_nobody_vouches_for_gets_no_mail(
    server: MailServer, security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")

    with pytest.raises(Unavailable, match="nothing proves"):
        mail_to(server, security).carry(WAY, PARCEL)

    assert server.came == []


def test_a_server_without_tls_gets_no_mail(tls: Tls) -> None:
    with mail_server() as clear, pytest.raises(Unavailable, match="no TLS"):
        mail_to(clear, "starttls").carry(WAY, PARCEL)

    assert clear.came == []
