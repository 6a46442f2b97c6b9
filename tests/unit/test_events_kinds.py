"""Each kind of event has one class, one line and golden bytes, and they stay."""

import json

import pytest
from pydantic import ValidationError

from ledger.canonical import decode, encode
from ledger.merkle import leaf_hash
from models.act_kinds import ActKind
from models.events import Entry, EventKind
from models.kinds.catalogue import ACTS, KINDS
from tests.events_reference import PAGE, VECTORS, page
from tests.pieces.happenings import happening

GOLDEN = json.loads(VECTORS.read_text(encoding="utf-8"))["entries"]


def test_each_kind_has_one_class_named_after_it() -> None:
    assert set(KINDS) == {*EventKind, *ActKind}
    assert set(ACTS) == set(ActKind)
    for code, kind in KINDS.items():
        words = code.replace(".", "_").split("_")
        assert kind.__name__ == "".join(word.title() for word in words)


def test_each_kind_has_golden_bytes_and_none_was_removed() -> None:
    assert set(GOLDEN) == set(KINDS)


@pytest.mark.parametrize("code", GOLDEN)
def test_an_event_of_each_kind_keeps_its_bytes(code: str) -> None:
    body = GOLDEN[code]["body"].encode()
    entry = Entry.model_validate(decode(body))
    assert leaf_hash(body).hex() == GOLDEN[code]["leaf"]

    event = _event_in(entry)

    again = Entry.model_validate({**dict(entry), **dict(event)})
    assert event.kind == code
    assert encode(again.model_dump(mode="json", exclude_defaults=True)) == body


def test_the_reference_is_what_the_classes_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("lacking", ["items", "recipients", "purpose", "article"])
def test_a_release_that_does_not_say_what_to_whom_and_why_is_refused(lacking) -> None:
    said = dict(happening(EventKind.ITEM_RELEASED))
    for less in ({}, {lacking: type(said[lacking])()}):
        with pytest.raises(ValidationError):
            KINDS[EventKind.ITEM_RELEASED](**{**said, lacking: None} | less)


def test_an_event_cannot_say_what_its_kind_has_no_field_for() -> None:
    said = dict(happening(EventKind.CLOCK_ENDED))

    with pytest.raises(ValidationError):
        KINDS[EventKind.CLOCK_ENDED](**said, recipients=("be-mun-x",))


def test_a_question_cannot_be_answered_in_the_log_without_the_question() -> None:
    said = dict(happening(ActKind.HANDOFF_ANSWER))

    with pytest.raises(ValidationError):
        KINDS[ActKind.HANDOFF_ANSWER](**{**said, "handoff": None})


def _event_in(entry: Entry):
    """Return the event that an entry was made of; every field that is set."""
    kind = KINDS[entry.kind]
    added = {"id", "nonce", "recorded_at"}
    said = {name: getattr(entry, name) for name in entry.model_fields_set - added}
    return kind.model_validate(said)
