"""No code is left bare on a page: each closed set of words has words for people."""

from enum import StrEnum

import pytest

from models.act_kinds import ActKind
from models.agencies import OfficerFunction, ReadReason
from models.control import Denial, RecallGround
from models.deadlines import DeadlineState
from models.decisions import DecisionState
from models.handoffs import HandoffState, InnerState
from models.items import ItemKind, ItemState
from models.people import ExclusionGround, GlassGround, ReviewOutcome
from models.retention import OrderState
from models.words import AppealResult, Attendance
from web.words import READING, SAID


@pytest.mark.parametrize(
    "closed",
    [
        *(ActKind, OfficerFunction, Denial, RecallGround, DeadlineState),
        *(DecisionState, HandoffState, InnerState, ItemKind, ItemState),
        *(ExclusionGround, GlassGround, ReviewOutcome, OrderState),
        *(AppealResult, Attendance),
    ],
)
def test_every_code_that_a_page_shows_has_words(closed: type[StrEnum]) -> None:
    assert not set(closed) - SAID.keys()


def test_every_reason_to_read_has_words() -> None:
    assert READING.keys() == set(ReadReason)
