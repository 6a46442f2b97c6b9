"""Originator control: an item goes on to one more agency only by its originator."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from acts.pages import lists
from acts.releases import asked_of
from models.errors import (
    ClockEnded,
    NotFound,
    NotPermitted,
    TransitionNotAllowed,
)
from models.handling import HandlingCode
from models.handoffs import HandoffRecord
from models.ids import ItemId
from models.pages import Window
from tests.deeds.cast import HANDLER, POLICE, Cast, handoff_of
from tests.deeds.control import (
    CIEAR,
    PART,
    SECRET,
    Control,
    Kept,
    holders,
    known_to,
)
from tests.oracles.evidence import (
    at_rest,
    disagreements,
    entries,
    refused,
    standing,
    unproven_acts,
)
from tests.running.world import World, eventually

SECOND = "pz-midi/second"


def asked_of_the_police(cast: Cast) -> Iterator[HandoffRecord]:
    """Yield all that waits there, page by page: others ask in this world too."""
    window = Window()
    while page := lists.inbox(cast.desk, cast.reader(POLICE), window).handoffs:
        yield from page
        window = Window(after=page[-1].id)


def test_a_request_waits_at_the_originator_with_its_clock(
    world: World, cast: Cast, control: Control, kept: Kept
) -> None:
    asked_on = cast.today
    handoff = handoff_of(world.do(control.request(kept)))

    (row,) = [each for each in asked_of_the_police(cast) if each.id == handoff]
    assert (row.kind, row.asker, row.state) == ("release", "anderlecht", "offered")
    assert row.due_on == cast.working_day(10, asked_on)
    asked = asked_of(cast.desk, cast.officer(POLICE), handoff)
    assert asked is not None
    assert (asked.item, asked.recipient) == (kept.item, "ciear-bxl")
    assert asked.article.startswith("NLC 119ter §6")  # the question makes it lawful
    world.do(cast.receive(handoff, who=SECOND))
    # Who decides on it may read what it is about, and nothing else of that question.
    assert SECRET.encode() in control.read(kept.item, SECOND).body
    (question,) = [
        i for i in known_to(cast, handoff, SECOND).values() if i.kind == "question"
    ]
    assert b"recouper" in control.read(question.item, SECOND).body


def test_once_granted_the_new_agency_reads_the_very_item(
    world: World, cast: Cast, control: Control, kept: Kept
) -> None:
    handoff = world.do(control.requested(kept))
    with pytest.raises(NotFound):
        control.read(kept.item, CIEAR)

    done = world.do(control.grant(handoff))

    assert SECRET.encode() in control.read(kept.item, CIEAR).body
    assert standing(world, handoff) == "answered"
    assert holders(world, kept.item) == {"pz-midi", "anderlecht", "ciear-bxl"}
    (entry,) = [e for e in entries(world) if e.get("act") == str(done.act)]
    assert (entry["kind"], entry["operation"]) == ("item.grant", "disclosure")
    assert entry["items"] == [str(kept.item)]
    assert entry["recipients"] == ["ciear-bxl"]
    (note,) = entry["rulings"]
    facts = world.one("select facts from ruling where id = %s", note["id"])
    assert note["allowed"] and facts["code"] == "H2"
    assert (facts["agency"], facts["audience"]) == ("pz-midi", "ciear-bxl")
    assert world.one("select count(*) from staged_wrap") == 0
    told = lists.inbox(cast.desk, cast.reader(CIEAR)).notices
    assert [n.kind for n in told if n.handoff == kept.served].count("granted") == 1
    assert disagreements(world, kept.case) == []
    assert unproven_acts(world) == []


def test_the_new_agency_has_the_item_with_the_question_it_serves(
    world: World, cast: Cast, control: Control, kept: Kept
) -> None:
    world.do(control.grant(world.do(control.requested(kept))))

    assert kept.item in known_to(cast, kept.served, CIEAR)
    assert kept.item not in known_to(cast, kept.served, HANDLER)
    assert kept.item in known_to(cast, kept.police, HANDLER)
    with pytest.raises(NotFound):  # that question stays between the two
        known_to(cast, kept.police, CIEAR)


def test_an_excerpt_goes_in_the_place_of_the_whole(
    world: World, cast: Cast, control: Control, kept: Kept
) -> None:
    handoff = world.do(control.requested(kept))
    last = cast.today + timedelta(days=9)

    world.do(control.grant(handoff, body=PART, expires_on=last, code=HandlingCode.H3))

    (excerpt,) = set(known_to(cast, kept.served, CIEAR)) - {
        i.item for i in cast.file(kept.case).items
    }
    opened = control.read(ItemId(excerpt), CIEAR)
    assert PART.encode() in opened.body and SECRET.encode() not in opened.body
    assert opened.known.excerpt_of == kept.item
    assert (opened.known.handling.code, opened.known.handling.expires_on) == (
        "H3", last,
    )  # fmt: skip
    with pytest.raises(NotFound):
        control.read(kept.item, CIEAR)
    assert holders(world, ItemId(excerpt)) == {"pz-midi", "ciear-bxl"}
    control.read(ItemId(excerpt), POLICE)
    with pytest.raises(NotFound):  # who asked learns that it was granted, not what
        control.read(ItemId(excerpt), HANDLER)


def test_an_excerpt_opens_no_longer_than_its_condition_says(
    world: World, cast: Cast, control: Control, kept: Kept
) -> None:
    handoff = world.do(control.requested(kept))
    world.do(control.grant(handoff, expires_on=cast.today))
    (excerpt,) = [
        i for i, known in known_to(cast, kept.served, CIEAR).items()
        if known.excerpt_of == kept.item
    ]  # fmt: skip
    assert SECRET.encode() in control.read(ItemId(excerpt), CIEAR).body

    world.do(cast.until(cast.today + timedelta(days=1)))

    with pytest.raises(NotPermitted, match="last day"):
        control.read(ItemId(excerpt), CIEAR)


def test_who_asked_learns_the_outcome_and_not_how_or_who_else(
    world: World, cast: Cast, control: Control, kept: Kept
) -> None:
    world.do(control.grant(world.do(control.requested(kept)), body=PART))
    partly = cast.file(kept.case)
    other = control.keep()
    world.do(control.grant(world.do(control.requested(other))))
    wholly = cast.file(other.case)

    for file, which in ((partly, kept), (wholly, other)):
        (asked,) = [h for h in file.handoffs if h.kind == "release"]
        assert asked.state == "answered"
        lines = [line for line in file.story if line.handoff == asked.id]
        assert [(line.kind, line.detail) for line in lines] == [
            ("item.request_release", "release"),
            ("handoff.receive", ""),
            ("item.grant", ""),
        ]
        with world.seat(cast.officer(HANDLER)) as seat:
            query = "select agency_id from audience where item_id = %s"
            found = seat.execute(query.encode(), [which.item]).fetchall()
        assert found == [("anderlecht",)]


def test_a_denial_gives_a_word_and_reasons_and_no_key(
    world: World, cast: Cast, control: Control, kept: Kept
) -> None:
    handoff = world.do(control.requested(kept))

    world.do(control.deny(handoff))

    assert standing(world, handoff) == "refused"
    assert holders(world, kept.item) == {"pz-midi", "anderlecht"}
    found = known_to(cast, handoff, HANDLER).values()
    (reasons,) = [i for i in found if i.kind == "reasons"]
    assert b"source" in control.read(reasons.item, HANDLER).body
    (line,) = [each for each in cast.file(kept.case).story if each.kind == "item.deny"]
    assert line.detail == "source_at_risk"
    late = control.grant(handoff)
    refused(world, kept.case, late, TransitionNotAllowed)


def test_silence_grants_nothing(
    world: World, cast: Cast, control: Control, kept: Kept
) -> None:
    asked_on = cast.today
    handoff = world.do(control.requested(kept))

    world.do(cast.until(cast.working_day(10, asked_on) + timedelta(days=1)))

    assert eventually(lambda: standing(world, handoff) == "expired")
    assert holders(world, kept.item) == {"pz-midi", "anderlecht"}
    told = lists.inbox(cast.desk, cast.reader(HANDLER)).notices
    assert [n.kind for n in told if n.handoff == handoff] == ["ended"]
    mine = lists.inbox(cast.desk, cast.reader(POLICE)).notices
    heard = {n.kind for n in mine if n.handoff == handoff}
    assert heard == {"offered", "reminder", "expired"}
    assert eventually(lambda: at_rest(world, kept.case))
    refused(world, kept.case, control.grant(handoff), ClockEnded)
    kinds = [e["kind"] for e in entries(world) if e.get("handoff") == str(handoff)]
    assert kinds.count("handoff.expired") == 1
    assert disagreements(world, kept.case) == []
