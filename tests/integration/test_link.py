"""The link: who is let in, as whom, and what is understood. Real TLS on loopback."""

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from cryptography import x509

from commands.demo.authority import DemoAuthority
from models.errors import (
    CiphertextInvalid,
    InvalidInput,
    NotConfigured,
    NotFound,
    NotSignedIn,
    Unavailable,
)
from models.link import PublishedKey, Receipt, Report, Work
from runtime.embedded.temporal import LOOPBACK
from runtime.link import server as serving
from runtime.link.client import LinkClient
from runtime.link.files import LinkFiles
from tests.pieces.certified import serial_of
from tests.running.line import Line, open_line
from vault import statements
from vault.certificates import (
    Authority,
    Leaf,
    Use,
    Validity,
    public_key_of,
)
from vault.duties import Duties
from vault.signing import new_signing_key

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    with open_line(tmp_path_factory.mktemp("link")) as made:
        yield made


def test_a_node_does_its_duties_across_the_link(line: Line) -> None:
    case = uuid4()
    item = line.offices.give("town", "tax", case)
    tax = Duties(line.offices.nodes["tax"], line.client("tax"))

    tax.publish()
    tax.once()
    assert line.offices.opens(item, "tax") == b"found"
    order = line.offices.order("tax", case, "tax")
    tax.once()

    assert line.client("tax").work() == Work()
    assert line.offices.state(order) == "done"
    stated = statements.read(line.offices.published("tax"))
    assert stated.key == line.offices.nodes["tax"].public_keys().delivery


def test_the_certificate_says_who_asks_and_nothing_else_does(line: Line) -> None:
    line.offices.give("town", "tax", uuid4())
    pretended = {"X-Agency": "tax", "Host": "tax", "Authorization": "tax"}

    status, _, said = line.ask("hub", "GET", "/v1/work?agency=tax", headers=pretended)

    assert status == 200
    assert Work.model_validate_json(said) == Work()
    assert line.client("tax").work().deliveries
    line.offices.duties("tax").once()


def test_another_agencys_receipt_is_none(line: Line) -> None:
    case = uuid4()
    order = line.offices.order("tax", case, "tax")
    done = line.offices.nodes["hub"].destroy(str(case), "underlying", "tax")
    said = Receipt(
        order=order,
        case_key_ids=(),
        delivery_key_ids=(),
        renewal_due=False,
        signature=done.signature,
    )

    line.client("hub").report(Report(receipts=(said,)))
    assert line.offices.state(order) == "open"
    with pytest.raises(CiphertextInvalid):
        line.client("tax").report(Report(receipts=(said,)))

    assert line.offices.state(order) == "open"
    line.offices.duties("tax").once()


def test_an_agency_that_is_not_in_the_directory_is_told_so(line: Line) -> None:
    with pytest.raises(NotFound, match="stranger"):
        line.client("stranger").publish(PublishedKey(statement=b"{}"))


def test_a_stolen_certificate_of_a_node_states_no_key(line: Line) -> None:
    before, thief = line.offices.published("tax"), line.client("tax")
    tax, hub = (line.offices.nodes[each].public_keys() for each in ("tax", "hub"))
    made_up = statements.state("tax", hub.delivery, new_signing_key(), tax.certificate)
    for statement in (b"short", hub.statement, made_up):
        with pytest.raises(CiphertextInvalid, match="not vouched for"):
            thief.publish(PublishedKey(statement=statement))

    assert line.offices.published("tax") == before


def test_plain_connections_and_those_without_a_certificate_get_nothing(
    line: Line,
) -> None:
    with socket.create_connection((LOOPBACK, line.port)) as plain:
        plain.sendall(b"GET /v1/work HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"HTTP" not in plain.recv(1000)
    bare = ssl.create_default_context(cafile=line.coordination.authority)
    connection = http.client.HTTPSConnection("localhost", line.port, context=bare)
    with closing(connection), pytest.raises((ssl.SSLError, ConnectionError)):
        connection.request("GET", "/v1/work")
        connection.getresponse()


def test_nothing_older_than_tls_1_3_is_spoken(line: Line) -> None:
    old = line.files("tax").client()
    old.minimum_version = ssl.TLSVersion.TLSv1_2
    old.maximum_version = ssl.TLSVersion.TLSv1_2

    with socket.create_connection((LOOPBACK, line.port)) as plain:
        with pytest.raises(ssl.SSLError):
            old.wrap_socket(plain, server_hostname="localhost")


def test_a_certificate_for_signing_opens_no_link(line: Line) -> None:
    with pytest.raises(Unavailable):
        LinkClient(line.address, line.files("tax", Use.SIGNING)).work()


def test_a_certificate_of_another_authority_opens_no_link(line: Line) -> None:
    other = LinkFiles(line.place / "impostor")
    DemoAuthority(line.place / "other").certify(other, "tax", Use.CLIENT)
    other.authority.write_bytes(line.coordination.authority.read_bytes())

    with pytest.raises(Unavailable):
        LinkClient(line.address, other).work()


def test_an_expired_certificate_opens_no_link(line: Line) -> None:
    files = LinkFiles(line.place / "expired")
    line.authority.certify(files, "tax", Use.CLIENT)
    authority: Authority = line.authority._authority
    held = x509.load_pem_x509_certificate(files.certificate.read_bytes())
    ended = Validity(NOW - timedelta(days=2), NOW - timedelta(seconds=1))
    assert LinkClient(line.address, files).work() == Work()
    expired = authority.issue(Leaf("tax", Use.CLIENT, public_key_of(held)), ended)
    files.certificate.write_text(ssl.DER_cert_to_PEM_cert(expired))

    with pytest.raises(Unavailable):
        LinkClient(line.address, files).work()


def test_a_revoked_certificate_is_refused_at_the_next_request(line: Line) -> None:
    files = LinkFiles(line.place / "revoked")
    line.authority.certify(files, "hub", Use.CLIENT)
    client = LinkClient(line.address, files)
    before = line.coordination.revoked.read_bytes()
    assert client.work() == Work()
    serial = serial_of(ssl.PEM_cert_to_DER_cert(files.certificate.read_text()))

    try:
        line.authority.revoke(line.coordination.root, serial)
        with pytest.raises(NotSignedIn, match="revoked"):
            client.work()
        assert line.client("hub").work() == Work()
    finally:
        line.coordination.revoked.write_bytes(before)


def test_a_node_speaks_to_the_server_that_it_was_told_of_only(line: Line) -> None:
    named_otherwise = f"https://127.0.0.1:{line.port}"

    with pytest.raises(Unavailable, match="certificate"):
        LinkClient(named_otherwise, line.files("tax")).work()


@pytest.mark.parametrize(
    "body", [b"", b"secret", b'{"receipts": "secret"}', b'{"lost": [["secret"]]}']
)
def test_what_is_not_understood_is_refused_without_being_repeated(
    line: Line, body: bytes
) -> None:
    status, kind, said = line.ask("tax", "POST", "/v1/report", body)

    assert (status, kind) == (422, "application/problem+json")
    assert b"InvalidInput" in said
    assert b"secret" not in said


def test_a_request_that_is_too_large_is_refused(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "LARGEST", 1000)

    with pytest.raises(InvalidInput, match="at most"):
        line.client("tax").report(Report(lost=("x" * 1000,)))


def test_a_database_that_is_away_is_worth_another_try(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: object) -> Work:
        raise Unavailable("the database does not answer")

    monkeypatch.setattr("activities.orders.AgencyOrders.work", away)

    with pytest.raises(Unavailable, match="503"):
        line.client("tax").work()


def test_a_key_that_others_may_read_is_not_used(line: Line) -> None:
    files = LinkFiles(line.place / "open")
    line.authority.certify(files, "tax", Use.CLIENT)
    files.key.chmod(0o644)

    with pytest.raises(NotConfigured, match="others may read"):
        files.client()
