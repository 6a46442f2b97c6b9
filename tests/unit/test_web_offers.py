"""What others do next is named with who may do it."""

from acts.next_steps import NextStep
from models.act_kinds import ActKind
from models.agencies import OfficerFunction
from web.views.offers import ByOthers, by_others


def test_what_comes_next_for_others_is_named_with_whose_it_is() -> None:
    college = (OfficerFunction.COLLEGE,)
    steps = (
        NextStep(act=ActKind.CASE_CLOSE),
        NextStep(act=ActKind.DECISION_ADOPT, by=college),
    )

    assert [*by_others(steps)] == [ByOthers("Adopt the decision", college)]
