"""What is said to the database, whoever says it: the driver hears everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import get_ident
from typing import Any
from unittest.mock import patch

import psycopg


@contextmanager
def executed() -> Iterator[list[tuple[str, Any]]]:
    """Collect the statements that this thread executes, and their parameters."""
    said: list[tuple[str, Any]] = []
    here, driver = get_ident(), psycopg.Cursor

    def hear(how: Any) -> Any:
        def hearing(cursor: Any, query: Any, params: Any = None, **more: Any) -> Any:
            if get_ident() == here:
                said.append((" ".join(str(query).split()), _plain(params)))
            return how(cursor, query, params, **more)

        return hearing

    with (
        patch.object(driver, "execute", hear(driver.execute)),
        patch.object(driver, "executemany", hear(driver.executemany)),
    ):
        yield said


def _plain(each: Any) -> Any:
    """Return parameters with documents whole, of which the driver shows a beginning."""
    if isinstance(each, Mapping):
        return {name: _plain(value) for name, value in each.items()}
    if isinstance(each, list | tuple):
        return [_plain(value) for value in each]
    return getattr(each, "obj", each)
