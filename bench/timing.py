"""How long calls take: those compared take turns, so that noise weighs on all."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from statistics import quantiles

WARM_UP = 0.1


def take_turns(
    calls: Mapping[str, Callable[[], object]], times: int
) -> dict[str, list[float]]:
    """Call each of `calls` a number of times, in turn; return milliseconds by name."""
    for _ in range(int(times * WARM_UP) + 1):
        for call in calls.values():
            call()
    found: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(times):
        for name, call in calls.items():
            found[name].append(timed(call))
    return found


def timed(call: Callable[[], object]) -> float:
    """Return the milliseconds that a call takes."""
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def percentile(found: list[float], share: int) -> float:
    """Return the value under which `share` percent of `found` lie."""
    return quantiles(found, n=100, method="inclusive")[share - 1]
