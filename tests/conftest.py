"""How all tests are run: none asserts a time, and those that take longest go first."""

import pytest
from hypothesis import HealthCheck, settings

from tests.pieces.turns import turn

# A busy machine is no failure.
settings.register_profile(
    "estafette", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("estafette")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the longest files first; all others stay as they are."""
    items.sort(key=lambda item: turn(item.path.name))
