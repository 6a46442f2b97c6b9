"""A process that is stopped in the middle, as by a power cut."""

from collections.abc import Callable
from typing import Any


class PowerCut(Exception):
    """Stands for whatever may stop a process."""


def interrupted(
    real: Callable[..., Any], left: list[int], done: bool
) -> Callable[..., Any]:
    """Return a system call that is cut off once `left` calls of it went well.

    `left` is counted down. With `done`, the call that is cut off was carried out.
    """

    def call(*given: Any) -> Any:
        left[0] -= 1
        if left[0] < 0 and not done:
            raise PowerCut
        result = real(*given)
        if left[0] < 0:
            raise PowerCut
        return result

    return call
