"""The form of a proposal says at each field when it has to be filled in."""

import re
from collections.abc import Iterator

import httpx2
import pytest

from tests.deeds.cast import MAYOR, Cast
from tests.deeds.measures import propose_measure
from tests.running.site import Site, play
from tests.running.world import World

ALWAYS = ("outcome", "summary")
FOR_A_MEASURE = ("gravity", "link_with_sector", "advantages", "milder_measures")
OF_A_FACT = ("offence", "limb", "person", "reasoning")


@pytest.fixture
def mayor(site: Site) -> Iterator[httpx2.Client]:
    with site.browser() as browser:
        play(browser, MAYOR)
        yield browser


def test_what_a_measure_needs_is_not_called_optional(
    world: World, cast: Cast, mayor: httpx2.Client
) -> None:
    case = world.do(propose_measure(cast))
    english = {"accept-language": "en"}

    page = mayor.get(f"/cases/{case}/acts/decision.propose", headers=english).text
    form = "".join(page.partition('<label class="ds-label" for="outcome">')[1:])
    labels = re.findall(r'<label class="ds-label" for="([^"]+)">(.*?)</label>', form)
    aside = {name.partition("-")[0]: re.findall(r"\((.*)\)", s) for name, s in labels}

    assert aside == {
        **dict.fromkeys(ALWAYS, []),
        **dict.fromkeys((*FOR_A_MEASURE, "answer"), ["needed for a measure"]),
        **dict.fromkeys(OF_A_FACT, ["needed if the fact is cited"]),
        "months": ["needed if the law limits the measure in time"],
        "lifting": ["needed for a suspension"],
    }
