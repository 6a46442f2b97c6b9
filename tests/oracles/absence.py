"""What somebody hears who looks for what is hidden from them, or was never there."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

import pytest

from models.errors import NotFound

Id = TypeVar("Id", bound=UUID)


def heard(look: Callable[[Id], object], which: Id) -> tuple[object, ...]:
    """Return all that an error says to whoever looks in vain, without the id."""
    with pytest.raises(NotFound) as caught:
        look(which)
    error = caught.value
    said = error.message.replace(str(which)[:8], "")
    return type(error), said, error.help, error.details
