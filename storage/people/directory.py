"""Agencies and officers: the public directory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    Connection,
    Row,
    Text,
    any_,
    bindparam,
    exists,
    func,
    literal,
    select,
    update,
)

from models.agencies import (
    Agency,
    AgencyKind,
    AgencyName,
    Officer,
    OfficerFunction,
    Oversight,
)
from models.errors import NotFound
from models.ids import AgencyId, OfficerId
from storage import tables as t
from storage.among import among

_AGENCY = select(t.agency).where(t.agency.c.id == bindparam("id"))
_AGENCIES = select(t.agency).where(among(t.agency.c.id, "ids"))
_SOUGHT = func.unnest(literal([*AgencyKind], ARRAY(Text))).column_valued("sought")
# Each kind is looked for: there are few, and thousands of agencies.
KINDS = select(_SOUGHT.label("kind")).where(exists().where(t.agency.c.kind == _SOUGHT))
_OFFICER = select(t.officer).where(t.officer.c.id == bindparam("id"))
_WITH_OFFICER = (
    select(t.agency, t.officer.c.functions, t.officer.c.service_number)
    .outerjoin(
        t.officer,
        (t.officer.c.agency_id == t.agency.c.id)
        & (t.officer.c.id == bindparam("officer")),
    )
    .where(among(t.agency.c.id, "ids"))
)


def agency(connection: Connection, identifier: str) -> Agency:
    """Return one agency.

    Raises:
        NotFound: no such agency.
    """
    row = connection.execute(_AGENCY, {"id": identifier}).first()
    if row is None:
        raise no_such_agency(identifier)
    return _agency(row)


def no_such_agency(identifier: str) -> NotFound:
    """Return the error for an agency that is not in the directory."""
    return NotFound(
        f"there is no agency `{identifier}`",
        help="list them with `estafette directory list`",
    )


def agencies_of(
    connection: Connection, identifiers: Iterable[AgencyId]
) -> dict[AgencyId, Agency]:
    """Return agencies by their ids; an unknown one is missing."""
    found = connection.execute(_AGENCIES, {"ids": sorted(identifiers)})
    return {AgencyId(row.id): _agency(row) for row in found}


def officer_among(
    connection: Connection, identifier: OfficerId, concerned: Iterable[AgencyId]
) -> tuple[Officer | None, dict[AgencyId, Agency]]:
    """Return an officer of one of these agencies, if it is so, and the agencies."""
    asked = {"officer": identifier, "ids": sorted(concerned)}
    officer, found = None, {}
    for row in connection.execute(_WITH_OFFICER, asked):
        found[AgencyId(row.id)] = _agency(row)
        if row.functions is not None:
            officer = Officer(
                id=identifier,
                agency=AgencyId(row.id),
                functions=frozenset(OfficerFunction(f) for f in row.functions),
                service_number=row.service_number,
            )
    return officer, found


def agencies(connection: Connection) -> list[Agency]:
    """Return every agency, by id."""
    return [
        _agency(r) for r in connection.execute(select(t.agency).order_by(t.agency.c.id))
    ]


def oversight(connection: Connection) -> list[Oversight]:
    """Return who watches over whom."""
    row = t.oversight.c
    query = select(t.oversight).order_by(row.agency_id, row.auditor_id)
    return [
        Oversight(auditor=each.auditor_id, agency=each.agency_id, article=each.article)
        for each in connection.execute(query)
    ]


def kinds(connection: Connection) -> frozenset[AgencyKind]:
    """Return the kinds of agencies that there are."""
    return kinds_of(connection.execute(KINDS))


def kinds_of(rows: Iterable[Any]) -> frozenset[AgencyKind]:
    """Return the kinds that rows of `KINDS` hold."""
    return frozenset(AgencyKind(row.kind) for row in rows)


def names(connection: Connection) -> dict[AgencyId, AgencyName]:
    """Return what every agency is called, by id."""
    query = select(t.agency.c.id, t.agency.c.name)
    return {
        AgencyId(row.id): AgencyName.model_validate(row.name)
        for row in connection.execute(query)
    }


def publish(
    connection: Connection, agency_id: str, statement: bytes, certificate: bytes
) -> None:
    """Write what an agency states now; earlier certificates stay, for what is signed.

    Two writers at once wait for each other, so none loses a certificate.
    """
    row = t.agency.c
    others = func.array_remove(row.certificates, certificate)
    connection.execute(
        update(t.agency)
        .where(row.id == agency_id)
        .values(
            statement=statement,
            certificates=func.array_append(others, certificate),
        )
    )


def officer(connection: Connection, identifier: str) -> Officer:
    """Return one officer.

    Raises:
        NotFound: no such officer.
    """
    row = connection.execute(_OFFICER, {"id": identifier}).first()
    if row is None:
        raise _no_such_officer(identifier)
    return _officer(row)


def in_office(connection: Connection, identifier: str) -> Officer:
    """Return an officer who may act: one who has a function.

    Raises:
        NotFound: no such officer, or one who left.
    """
    found = officer(connection, identifier)
    if not found.functions:
        raise _no_such_officer(identifier)
    return found


def colleague(connection: Connection, agency_id: str, identifier: str) -> Officer:
    """Return an officer of an agency.

    Raises:
        NotFound: nobody there is called so, whoever else may be.
    """
    row = connection.execute(_OFFICER, {"id": identifier}).first()
    if row is None or row.agency_id != agency_id:
        raise no_such_colleague(agency_id, identifier)
    return _officer(row)


def _no_such_officer(identifier: str) -> NotFound:
    return NotFound(
        f"there is no officer `{identifier}`",
        help="list them with `estafette directory list`",
    )


def no_such_colleague(agency_id: str, identifier: str) -> NotFound:
    """Return the one error for an officer who is unknown, or known elsewhere only."""
    return NotFound(
        f"there is no officer `{identifier}` in `{agency_id}`",
        help="name an officer of your own agency",
    )


def officers(connection: Connection) -> list[Officer]:
    """Return every officer, by id."""
    rows = connection.execute(select(t.officer).order_by(t.officer.c.id))
    return [_officer(row) for row in rows]


def officers_of(connection: Connection, agency_id: AgencyId) -> list[Officer]:
    """Return the officers of one agency, by id."""
    query = select(t.officer).where(t.officer.c.agency_id == agency_id)
    return [_officer(row) for row in connection.execute(query.order_by(t.officer.c.id))]


def officers_with(
    connection: Connection, agency_id: str, function: OfficerFunction
) -> Sequence[OfficerId]:
    """Return the officers of an agency who hold a function."""
    query = select(t.officer.c.id).where(
        t.officer.c.agency_id == agency_id,
        any_(t.officer.c.functions) == function.value,
    )
    return [OfficerId(row.id) for row in connection.execute(query)]


def _agency(row: Row[tuple[object, ...]]) -> Agency:
    return Agency(
        id=AgencyId(row.id),
        kind=AgencyKind(row.kind),
        name=AgencyName.model_validate(row.name),
        certificates=tuple(row.certificates),
        statement=row.statement,
    )


def _officer(row: Row[tuple[object, ...]]) -> Officer:
    return Officer(
        id=OfficerId(row.id),
        agency=AgencyId(row.agency_id),
        functions=frozenset(OfficerFunction(f) for f in row.functions),
        service_number=row.service_number,
    )
