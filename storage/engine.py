"""Connections to PostgreSQL: one engine per role, with time-outs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from models.errors import DatabaseUnavailable

_DRIVER = "postgresql+psycopg"


def connect(
    url: str, *, statement_ms: int = 30_000, lock_ms: int = 5_000, pool: int = 8
) -> Engine:
    """Return an engine for `url` (any postgresql scheme), time-outs in milliseconds."""
    options = f"-c statement_timeout={statement_ms} -c lock_timeout={lock_ms}"
    return create_engine(
        _DRIVER + url[url.index(":") :],
        connect_args={"options": options, "connect_timeout": 3},
        json_serializer=_json,
        json_deserializer=orjson.loads,
        hide_parameters=True,  # what people typed must not reach a log
        pool_size=pool,
        max_overflow=pool,
        pool_timeout=5,
    )


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """Run one transaction.

    Raises:
        DatabaseUnavailable: the database is lost, slow or busy. Nothing was changed,
            unless it was lost at the very commit; the message tells these apart.
    """
    committing = False
    try:
        with engine.begin() as connection:
            yield connection
            committing = True
    except (OperationalError, InterfaceError, NoFreeConnection) as error:
        raise _unavailable(committing) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise _unavailable(committing) from error
        raise


@contextmanager
def one_statement(engine: Engine) -> Iterator[Connection]:
    """Lend a connection for one statement that only reads: a transaction by itself.

    Raises:
        DatabaseUnavailable: the database is lost, slow or busy.
    """
    with transaction(_without_begin(engine)) as connection:
        yield connection


@lru_cache(maxsize=8)
def _without_begin(engine: Engine) -> Engine:
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def _unavailable(committing: bool) -> DatabaseUnavailable:
    if committing:
        return DatabaseUnavailable(
            "the database went away at the last moment",
            help="your act may have been stored: look before you repeat it",
            uncertain=True,
        )
    return DatabaseUnavailable(
        "the database does not answer",
        help="nothing was changed; try again in a moment",
    )
