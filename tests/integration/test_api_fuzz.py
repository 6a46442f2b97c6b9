"""Whatever its description allows, and more: nothing makes the API fail."""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.schemas import APIOperation

from models.ids import CaseId, HandoffId, ItemId
from tests import api_reference
from tests.deeds.cast import MAYOR, Cast
from tests.deeds.programs import recorded, send
from tests.running.site import Site

EXAMPLES = int(os.environ.get("ESTAFETTE_TEST_EXAMPLES", "3"))
DESCRIBED = schemathesis.openapi.from_dict(json.loads(api_reference.description()))
Programs = dict[str, httpx2.Client]
DPO = "anderlecht/dpo"
OPERATIONS = [each.ok() for each in DESCRIBED.get_all_operations()]


@pytest.fixture(scope="module")
def ids(
    case: CaseId, asked: HandoffId, item: ItemId, programs: Programs, cast: Cast
) -> dict[str, str]:
    """What there is: an act that finds nothing is soon over."""
    day = cast.today.isoformat()
    period = {"first": day, "last": day}
    made = send(programs[DPO], "/statutory-lists", period)["made"]
    request = send(programs[DPO], "/subject-requests", recorded(day))["request"]
    return {
        "case": str(case),
        "handoff": str(asked),
        "item": str(item),
        "statutory_list": made["id"],
        "subject_request": request["id"],
    }


@pytest.fixture(scope="module")
def programs(site: Site) -> Iterator[Programs]:
    """The programs of two officers, whom nothing holds up."""
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr("storage.sessions.BEAT", 1e-9)
        patch.setattr("limits.strategies.MovingWindowRateLimiter.hit", lambda *_: True)
        yield {who: stack.enter_context(site.program(who)) for who in (MAYOR, DPO)}


def who_asks(operation: APIOperation) -> str:
    """Return whose resource it is: most are open to a mayor."""
    of_dpo = ("/statutory-list", "/subject-request")
    return DPO if any(each in operation.path for each in of_dpo) else MAYOR


def aimed(case: Case, ids: dict[str, str]) -> Case:
    """Return a request that is about something that is there."""
    for name, there in ids.items():
        if name in case.path_parameters:
            case.path_parameters[name] = there
    return case


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.label)
def test_no_request_makes_the_server_fail(
    programs: Programs, site: Site, ids: dict[str, str], operation: APIOperation
) -> None:
    program = programs[who_asks(operation)]
    bearer = {"authorization": program.headers["authorization"]}

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), there=st.booleans())
    def ask(case: Case, there: bool) -> None:
        sent = aimed(case, ids) if there else case
        answer = sent.call(base_url=site.address, headers=bearer)

        assert answer.status_code < 500, answer.text
        assert answer.status_code != 401
        if answer.status_code >= 400:
            (kind,) = answer.headers["content-type"]
            assert kind == "application/problem+json", answer.text
            assert answer.json()["status"] == answer.status_code

    ask()
