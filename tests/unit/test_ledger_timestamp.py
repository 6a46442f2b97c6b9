"""A timestamp is of this checkpoint, of an authority that is believed, or refused."""

import pytest
from sqlalchemy import create_engine

from activities.timestamping import Timestamps
from ledger.checkpoint import Checkpoint, sign
from ledger.signed_note import SignerKey
from ledger.timestamp import question, verify_timestamp
from models.errors import EntryAltered, NotConfigured, Unavailable
from runtime.settings import Settings
from runtime.timestamping import TimestampAuthority, authorities
from serving.coordination import timestamp_loops
from tests.running.stamping import Stamper, served

KEY = SignerKey.generate("estafette/ledger")
NOTE = sign(Checkpoint(KEY.name, 8, b"\1" * 32), KEY)
OTHER = sign(Checkpoint(KEY.name, 8, b"\2" * 32), KEY)


@pytest.fixture(scope="module")
def stamper(tmp_path_factory):
    return Stamper(tmp_path_factory.mktemp("tsa") / "office")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    return Stamper(tmp_path_factory.mktemp("tsa") / "stranger")


@pytest.fixture(scope="module")
def reply(stamper):
    return stamper.stamp(question(NOTE).query)


def test_a_stamp_tells_when_and_another_program_agrees(stamper, reply):
    at = verify_timestamp(reply, NOTE, stamper.roots)

    assert at.tzinfo is not None
    assert stamper.accepts(reply, NOTE)
    assert not stamper.accepts(reply, OTHER)


def test_a_stamp_of_another_checkpoint_of_the_same_size_is_refused(stamper, reply):
    with pytest.raises(EntryAltered):
        verify_timestamp(reply, OTHER, stamper.roots)


def test_a_stamp_of_an_authority_that_is_not_believed_is_refused(
    stamper, stranger, reply
):
    with pytest.raises(EntryAltered):
        verify_timestamp(reply, NOTE, stranger.roots)
    theirs = stranger.stamp(question(NOTE).query)
    with pytest.raises(EntryAltered):
        verify_timestamp(theirs, NOTE, stamper.roots)
    assert verify_timestamp(theirs, NOTE, [*stamper.roots, *stranger.roots])


def test_a_reply_to_another_question_is_refused_while_it_is_fresh(stamper, reply):
    again = question(NOTE)
    with pytest.raises(EntryAltered):
        verify_timestamp(reply, NOTE, stamper.roots, nonce=again.nonce)
    fresh = stamper.stamp(again.query)
    assert verify_timestamp(fresh, NOTE, stamper.roots, nonce=again.nonce)


def test_no_flipped_byte_makes_another_time_of_it(stamper, reply):
    honest = verify_timestamp(reply, NOTE, stamper.roots)
    refused = 0
    for place in range(0, len(reply), 5):
        bad = bytearray(reply)
        bad[place] ^= 0x15
        try:
            assert verify_timestamp(bytes(bad), NOTE, stamper.roots) == honest, place
        except EntryAltered:
            refused += 1
    assert refused > len(reply) // 10


@pytest.mark.parametrize("junk", [b"", b"0", b"<html>busy</html>", bytes(300)])
def test_what_is_no_reply_is_refused(stamper, junk):
    with pytest.raises(EntryAltered):
        verify_timestamp(junk, NOTE, stamper.roots)


def test_an_authority_is_asked_over_http(stamper):
    asked = question(NOTE)
    with served(stamper) as address:
        reply = TimestampAuthority(address).ask(asked.query)

    assert verify_timestamp(reply, NOTE, stamper.roots, nonce=asked.nonce)
    with pytest.raises(Unavailable):
        TimestampAuthority(address).ask(asked.query)  # nobody is there any more


@pytest.mark.parametrize(
    ("status", "pad"), [(500, 0), (302, 0), (404, 0), (200, 10**6)]
)
def test_a_fault_or_far_too_long_an_answer_is_no_reply(stamper, status, pad):
    with served(stamper, status, pad) as address, pytest.raises(Unavailable):
        TimestampAuthority(address).ask(question(NOTE).query)


def test_who_names_an_authority_says_whom_to_believe(stamper, tmp_path):
    empty = tmp_path / "empty.pem"
    empty.write_text("nothing")

    assert authorities(Settings(env="test")) == []
    found = authorities(Settings(env="test", timestamp_certificate=stamper.root))
    assert found == stamper.roots
    with pytest.raises(NotConfigured, match="TIMESTAMP_CERTIFICATE is not set"):
        authorities(Settings(env="test", timestamp_url="http://tsa.example"))
    for path in (empty, tmp_path / "missing.pem"):
        with pytest.raises(NotConfigured):
            authorities(Settings(env="test", timestamp_certificate=path))


def test_coordination_asks_an_authority_only_if_settings_name_one(stamper):
    database = create_engine("postgresql+psycopg://")  # nobody connects
    url, root = "http://127.0.0.1:9", stamper.root

    assert timestamp_loops(Settings(env="test"), database) == []
    believed = Settings(env="test", timestamp_certificate=root)
    assert timestamp_loops(believed, database) == []
    both = Settings(env="test", timestamp_url=url, timestamp_certificate=root)
    (asking,) = timestamp_loops(both, database)
    assert isinstance(asking, Timestamps)
    alone = Settings(env="test", timestamp_url=url)
    with pytest.raises(NotConfigured):
        timestamp_loops(alone, database)
