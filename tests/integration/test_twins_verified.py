"""Whoever owns the database tampers with what both sides of a hand-off signed."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from models.errors import EntryAltered
from models.handoffs import HandoffState
from tests.running.offices import open_offices
from tests.running.paired import ASKED, ASKER, Pair


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """A hand-off of three steps, signed by both sides."""
    place = tmp_path_factory.mktemp("offices")
    with open_offices(place) as offices, closing(Pair(offices, place)) as made:
        made.hand_over(ASKER, made.first)
        for state, kind in (("received", "receive"), ("answered", "answer")):
            leaf = made.move(HandoffState(state), f"handoff.{kind}", ASKED)
            made.hand_over(ASKED, leaf)
        made.node(ASKER)
        made.node(ASKED)
        yield made


def test_what_both_signed_holds_and_what_is_missing_is_counted(pair: Pair) -> None:
    last = "update handoff_twin set word = null where step = 3"

    assert pair.verify() == (6, 0, 0)
    assert pair.verify(last) == (4, 2, 0)


TAMPERED = {
    "a word changed": (
        "update handoff_twin set word = replace(word, '\"receipt\":true',"
        " '\"receipt\":false')",
        "signature is wrong",
    ),
    "a certificate of the other side": (
        "update handoff_twin t set word = jsonb_set(t.word::jsonb, '{certificate}',"
        " o.word::jsonb->'certificate') from handoff_twin o where o.step = t.step"
        " and o.side <> t.side",
        "names another agency",
    ),
    "no word": ("update handoff_twin set word = 'x' where step = 2", "step `2`"),
    "the word of the other side": (
        "update handoff_twin t set word = o.word from handoff_twin o"
        " where o.step = t.step and o.side <> t.side",
        "is something else",
    ),
    "an earlier word": (
        "update handoff_twin t set word = o.word from handoff_twin o"
        " where o.step = t.step - 1 and o.side = t.side",
        "is something else",
    ),
    "another change": (
        "update handoff_twin set change = 'accepted' where step = 2",
        "about something else",
    ),
    "another entry": (
        "update handoff_twin t set leaf = o.leaf from handoff_twin o"
        " where o.step = 1 and t.step = 2",
        "about something else",
    ),
    "an entry taken out": (
        "delete from ledger_staging s using handoff_twin t"
        " where t.leaf = s.leaf and t.step = 2",
        "is not in the ledger",
    ),
    "another day": (
        "update handoff_twin set at = at + interval '1 day'",
        "is something else",
    ),
    "a side taken out": (
        "delete from handoff_twin where step = 2 and side = 'sender'",
        "not all that became of",
    ),
    "the end taken out": (
        "delete from handoff_twin where step = 3",
        "not all that became of",
    ),
    "the hand-off taken out": ("delete from handoff", "not all that became of"),
    "the hand-off moved elsewhere": (
        "update handoff set state = 'recalled'",
        "the hand-off is `recalled`",
    ),
    "the last change taken back": (
        "with gone as (delete from handoff_twin where step = 3)"
        " update handoff set state = 'received', version = 2",
        "it is not told that an entry says `handoff.answer`",
    ),
    "all of it taken out": (
        "with gone as (delete from handoff_twin) delete from handoff",
        "it is not told that an entry says",
    ),
    "asked by another source": (
        "update handoff set source = 'src.9'",
        "not the one that its entry is about",
    ),
    "asked under another article": (
        "update handoff set article = 'NLC 119bis'",
        "not the one that its entry is about",
    ),
    "asked for another purpose": (
        "update handoff set purpose = 'curiosity'",
        "not the one that its entry is about",
    ),
    "asked on another day": (
        "update handoff set offered_at = offered_at - interval '1 day'",
        "not the one that its entry is about",
    ),
    "another question": (
        "update handoff set question_id = gen_random_uuid()",
        "not the one that its entry is about",
    ),
    "its parties changed": (
        "update handoff set asker = 'hub'",
        "not the one that its entry is about",
    ),
}


@pytest.mark.parametrize(("done", "said"), TAMPERED.values(), ids=TAMPERED)
def test_what_the_owner_of_the_database_does_to_records_is_found(
    pair: Pair, done: str, said: str
) -> None:
    with pytest.raises(EntryAltered, match=said):
        pair.verify(done)
