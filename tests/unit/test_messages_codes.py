"""What a message may say in clear, and what is refused before it is stored."""

from datetime import date
from uuid import uuid4

import pytest

from models.errors import InvalidInput
from models.ids import AgencyId, HandoffId, ItemId, OfficerId
from models.messages.acts import act_message
from models.messages.cases import Designate, OpenCase
from models.messages.codes import check_codes
from models.messages.decisions import Ground, ProposeDecision
from models.messages.handoffs import AskHandoff, RefuseHandoff
from models.values import Message
from tests.pieces.packs import PACKS

ITEM = ItemId(uuid4())
PROSE = [
    "Camille Exemple",
    "anderlecht/Camille Exemple né 85.07.30-033.28",
    "anderlecht/85.07.30-033.28",
    "85073003328",
    "0308.357.159",
    "a" * 200,
    "anderlecht/handler/85",
    "car_wash\n",
    "",
]


def opening(activity: str = "car_wash", *designated: str) -> OpenCase:
    return OpenCase(
        route="be-119ter",
        pack_version=date(2026, 3, 2),
        activity=activity,
        preconditions=("pre.rd",),
        permit_regime=True,
        subject_card=ITEM,
        facts=ITEM,
        designated=tuple(OfficerId(each) for each in designated),
    )


def proposal(outcome: str, limb: str) -> ProposeDecision:
    ground = Ground(item=ITEM, limb=limb)
    return ProposeDecision(
        decision=uuid4(), outcome=outcome, grounds=(ground,), proposal=ITEM
    )


def question(to: str, source: str) -> AskHandoff:
    to_whom, asked = AgencyId(to), HandoffId(uuid4())
    return AskHandoff(handoff=asked, to=to_whom, source=source, question=ITEM)


@pytest.mark.parametrize("words", PROSE)
def test_no_word_of_a_message_has_room_for_prose_or_for_a_number(words: str) -> None:
    messages: list[tuple[str, Message]] = [
        ("activity", opening(words)),
        ("designated", opening("car_wash", "anderlecht/handler", words)),
        ("officer", Designate(officer=OfficerId(words))),
        ("outcome", proposal(words, "limb.1")),
        ("grounds", proposal("out.1", words)),
        ("to", question(words, "svc.1")),
        ("source", question("pz-midi", words)),
    ]
    for field, message in messages:
        with pytest.raises(InvalidInput, match=f"`{field}`") as caught:
            check_codes(message)
        assert "Camille" not in caught.value.message and caught.value.help


def test_codes_names_and_articles_pass() -> None:
    article = "NLC 119ter §6 al.1, 7°, §16"
    asked = HandoffId(uuid4())
    for message in (
        opening("car_wash", "anderlecht/handler", "anderlecht/stand-in-12"),
        proposal("out.1", "limb.1"),
        question("pz-midi", "svc.12"),
        RefuseHandoff(handoff=asked, article=article, reasons=ITEM),
    ):
        check_codes(message)


def test_every_activity_and_source_of_every_pack_may_be_said() -> None:
    for pack in PACKS.packs:
        for activity in pack.scope.activities if pack.scope else ():
            check_codes(opening(activity.code))
        for source in pack.sources:
            check_codes(question("pz-midi", source.code))


def test_a_message_that_was_stored_earlier_is_still_read() -> None:
    stored = Designate(officer=OfficerId(PROSE[0])).model_dump(mode="json")

    assert act_message.validate_python(stored)
