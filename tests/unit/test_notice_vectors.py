"""The page on notices: its example, its key and its signature."""

import base64
import json
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from models.ids import OfficerId
from models.posting import Parcel, Way, WayKind, wait_after
from policies.mail import MAILS
from runtime.posting.webhooks import event, public_key, signed

ROOT = Path(__file__).parents[2]
GIVEN = json.loads((ROOT / "tests" / "vectors" / "notice.json").read_text())
PAGE = (ROOT / "docs" / "formats" / "notice.md").read_text()
KEY = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(GIVEN["seed"]))
AT = datetime.fromisoformat(GIVEN["at"])


def parcel() -> Parcel:
    other = UUID(int=1)
    way = Way(
        id=other, officer=OfficerId("a/b"), kind=WayKind.WEBHOOK, address="https://x"
    )
    return Parcel(
        id=UUID(GIVEN["id"]),
        notice=other,
        subject=GIVEN["subject"],
        attempts=1,
        way=way,
    )


def test_the_event_of_the_page_is_made_and_signed_as_the_page_says() -> None:
    body = event(parcel(), GIVEN["source"], AT)

    assert body.decode() == GIVEN["body"]
    assert signed(KEY, GIVEN["id"], int(AT.timestamp()), body) == GIVEN["headers"]
    assert public_key(KEY) == GIVEN["public_key"]
    assert json.loads(body) == json.loads(PAGE.split("```json\n")[1].split("```")[0])
    for said in (*GIVEN["headers"].values(), GIVEN["public_key"]):
        assert said in PAGE


def test_whoever_follows_the_page_finds_a_change() -> None:
    raw = base64.b64decode(GIVEN["public_key"].removeprefix("whpk_"))
    known = Ed25519PublicKey.from_public_bytes(raw)
    headers = GIVEN["headers"]
    signature = base64.b64decode(headers["webhook-signature"].removeprefix("v1a,"))
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{GIVEN['body']}"

    known.verify(signature, said.encode())
    with pytest.raises(InvalidSignature):
        known.verify(signature, said.replace("handoffs", "cases").encode())


def test_each_wait_is_longer_than_the_one_before_but_never_a_day() -> None:
    waits = [wait_after(attempt) for attempt in range(1, 13)]

    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=30)
    assert waits[-1] == timedelta(hours=6)


def test_mails_are_written_in_each_language_and_name_the_pages_alone() -> None:
    assert MAILS.keys() == {"fr", "nl", "de", "en"}
    for mail in MAILS.values():
        assert mail.body.count("{") == mail.body.count("{address}") == 1
        assert "{" not in mail.subject
