"""Who is signed in; a row is there for whoever shows its token."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import (
    Connection,
    Engine,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from models.agencies import AgencyKind, Officer, OfficerFunction
from models.signing_in import SignedIn
from storage import compiled
from storage import tables as t
from storage.engine import one_statement, transaction

_SHOW = text("select set_config('app.token', :token, true)")
_FUNCTIONS = t.officer.c.functions
_SHOWN = func.who_shows(bindparam("token")).table_valued(*t.signed_in.c)
_FIND = (
    select(
        _SHOWN,
        t.officer.c.agency_id,
        _FUNCTIONS,
        t.officer.c.service_number,
        t.agency.c.kind,
    )
    .join(t.officer, t.officer.c.id == _SHOWN.c.officer_id)
    .join(t.agency, t.agency.c.id == t.officer.c.agency_id)
    # One that was begun while its officer left counts no more than those before.
    .where(func.cardinality(_FUNCTIONS) > 0)
)
# Noting each question would be a write for each page.
_NOTED_AFTER = timedelta(minutes=1)


@contextmanager
def showing(engine: Engine, token: bytes) -> Iterator[Connection]:
    """Run one transaction in which a token's hash is shown."""
    with transaction(engine) as connection:
        connection.execute(_SHOW, {"token": token.hex()})
        yield connection


def begin(engine: Engine, who: SignedIn) -> None:
    """Remember that an officer signed in."""
    values = {
        "id": who.token,
        "officer_id": who.officer.id,
        "strength": who.strength,
        "signed_in_at": who.signed_in_at,
        "proven_at": who.proven_at,
        "seen_at": who.seen_at,
        "ends_at": who.ends_at,
        "provider_session": who.provider_session,
        "seal": who.seal,
    }
    with showing(engine, who.token) as connection:
        connection.execute(insert(t.signed_in).values(values))


def find(engine: Engine, token: bytes, at: datetime) -> SignedIn | None:
    """Return who shows this token, if that still counts, and note the question."""
    with one_statement(engine) as connection:
        found = _find(connection, token)
    if found is None or not found.in_force(at):
        return None
    if at - found.seen_at > _NOTED_AFTER:
        noted = update(t.signed_in).where(t.signed_in.c.id == token)
        with showing(engine, token) as connection:
            connection.execute(noted.values(seen_at=at))
    return found


def end(engine: Engine, token: bytes) -> None:
    """Forget one sign-in."""
    with showing(engine, token) as connection:
        connection.execute(delete(t.signed_in).where(t.signed_in.c.id == token))


def end_all(connection: Connection, officer: str) -> int:
    """Forget every sign-in of an officer; return how many.

    It runs in the name of the officer, or of whoever writes the directory.
    """
    ended = delete(t.signed_in).where(t.signed_in.c.officer_id == officer)
    return connection.execute(ended).rowcount


def forget_ended(connection: Connection) -> int:
    """Forget the sign-ins whose time is over by the database's clock; say how many.

    Whoever never came back would be named in them for ever.
    """
    ended = delete(t.signed_in).where(t.signed_in.c.ends_at < func.now())
    return connection.execute(ended).rowcount


def _find(connection: Connection, token: bytes) -> SignedIn | None:
    row = compiled.execute(connection, _FIND, {"token": token}).fetchone()
    if row is None:
        return None
    return SignedIn(
        token=row.id,
        officer=Officer(
            id=row.officer_id,
            agency=row.agency_id,
            functions=frozenset(OfficerFunction(f) for f in row.functions),
            service_number=row.service_number,
        ),
        agency_kind=AgencyKind(row.kind),
        strength=row.strength,
        signed_in_at=row.signed_in_at,
        proven_at=row.proven_at,
        seen_at=row.seen_at,
        ends_at=row.ends_at,
        provider_session=row.provider_session,
        seal=row.seal,
    )
