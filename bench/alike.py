"""Whether two series of times could be of one kind: medians, and Kolmogorov-Smirnov."""

import random
import time
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import exp, fsum, sqrt
from statistics import median
from typing import TypeVar

_WARM_UP = 50

Thing = TypeVar("Thing")


def interleaved(
    ask: Callable[[Thing], object],
    things: Mapping[str, Sequence[Thing]],
    *,
    at_once: int = 2,
) -> dict[str, list[float]]:
    """Return the seconds that each question took, put in random order by some askers.

    All things are made before: making one would count as time of the answer.
    """
    order = [(name, thing) for name, some in things.items() for thing in some]
    random.shuffle(order)

    def time_one(which: tuple[str, Thing]) -> tuple[str, float]:
        name, thing = which
        began = time.perf_counter()
        ask(thing)
        return name, time.perf_counter() - began

    with ThreadPoolExecutor(at_once) as askers:
        list(askers.map(time_one, order[:_WARM_UP]))
        timed = list(askers.map(time_one, order))
    return {name: [took for each, took in timed if each == name] for name in things}


def apart(one: Sequence[float], other: Sequence[float]) -> float:
    """Return by how much the medians differ, as a part of the first."""
    return abs(median(other) / median(one) - 1)


def same_kind(one: Sequence[float], other: Sequence[float]) -> float:
    """Return p of the two-sample Kolmogorov-Smirnov test, by its asymptotic formula.

    Small: the two series are hardly of one distribution.
    """
    first, second = sorted(one), sorted(other)
    gap = max(
        abs(
            bisect_right(first, at) / len(first)
            - bisect_right(second, at) / len(second)
        )
        for at in (*first, *second)
    )
    size = sqrt(len(first) * len(second) / (len(first) + len(second)))
    z = (size + 0.12 + 0.11 / size) * gap
    if z < 0.2:  # the series below converges badly there, and p is 1
        return 1.0
    terms = ((-1.0) ** (k - 1) * exp(-2 * k * k * z * z) for k in range(1, 101))
    return min(1.0, 2 * fsum(terms))
