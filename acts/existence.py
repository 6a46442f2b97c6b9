"""Does a case exist? What somebody outside is told who asks about its whole id."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection

from acts.desk import Desk
from acts.performing import Done, perform
from models.agencies import Officer, OfficerFunction, Reader
from models.cases import CaseRecord, Existence
from models.ids import CaseId
from models.kinds.reads import CaseSought
from models.messages.cases import Conceal
from models.secrecy import Secrecy
from storage import cases, existence
from storage.cases import no_such_case
from storage.log import evidence
from storage.sessions import acting, on_the_beat


async def conceal(desk: Desk, officer: Officer, case: CaseId, mode: Secrecy) -> Done:
    """Set what outsiders are told of a case from now on."""
    return await perform(desk, officer, case, Conceal(secrecy=mode))


def ask_whether(desk: Desk, reader: Reader, case: CaseId) -> Existence:
    """Return what a reader may be told of a case, from its whole id.

    The entry of the question is committed before anything is looked up. An absent and a
    hidden case take one way: the same statements, none of which finds a row, one entry
    of the same kind and words, and one answer on the beat.

    Raises:
        NotFound: absent or hidden.
    """
    with on_the_beat():
        found = _look(desk, reader, case)
        if found is None:
            raise no_such_case(case)
    return found


def _look(desk: Desk, reader: Reader, case: CaseId) -> Existence | None:
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        asked = _log(desk, connection, reader, case)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        told = existence.find(connection, case, reader.agency_kind, asked=asked)
        own = cases.find(connection, case)
    return told if own is None else _of_own(own)


def _of_own(case: CaseRecord) -> Existence:
    return Existence(
        case=case.id,
        mode=case.secrecy,
        agency=case.agency,
        contact=OfficerFunction.HANDLER,
        route=case.route,
        stage=case.stage,
    )


def _log(desk: Desk, connection: Connection, reader: Reader, case: CaseId) -> UUID:
    entry = evidence.new_entry(
        CaseSought(
            at=desk.clock.now(),
            case=case,
            agency=reader.officer.agency,
            function=min(reader.officer.functions),
            recipients=(reader.officer.agency,),
            purpose=reader.purpose,
        )
    )
    evidence.append(connection, entry, reader.officer.id)
    return entry.id
