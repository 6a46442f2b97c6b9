"""A directory of agencies without keys, for a log that nothing is sealed for."""

from collections.abc import Iterable

from sqlalchemy import Connection, insert

from models.agencies import Agency, AgencyKind, AgencyName
from models.ids import AgencyId
from storage import tables as t


def enter_agencies(connection: Connection, names: Iterable[str]) -> None:
    """Enter agencies; `connection` may write the directory."""
    rows = [_agency(name).model_dump() for name in names]
    connection.execute(insert(t.agency), rows)


def _agency(name: str) -> Agency:
    return Agency(
        id=AgencyId(name),
        kind=AgencyKind.TAX,
        name=AgencyName(fr=name, nl=name, de=name, en=name),
        certificates=(),
        statement=b"",
    )
