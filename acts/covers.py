"""Cover during leave: dated, for one case or all, never passed on, and written down.

Who is away is no act on a case and needs no process: row and ledger entry are written
in one transaction, under the walls, as with reads.
"""

from __future__ import annotations

from sqlalchemy import Connection

from acts.desk import Desk
from acts.performing import PURPOSE
from models.agencies import Officer
from models.errors import InvalidInput, NotFound
from models.ids import OfficerId
from models.kinds.covers import CoverArranged, CoverEnded, CoverEvent
from models.values import Value
from policies.people import SETS_TO_WORK, Cover, check_cover, check_sets_to_work
from storage import intents
from storage.cases import no_such_case
from storage.log import evidence
from storage.people import covers, directory, exclusions
from storage.sessions import acting


class Arranged(Value):
    """Covers that were arranged or ended, each with the receipt of its entry."""

    covers: tuple[Cover, ...]
    receipts: tuple[str, ...]


def arrange(desk: Desk, officer: Officer, cover: Cover) -> Arranged:
    """Let one officer stand in for another.

    Raises:
        NotPermitted: neither a supervisor nor the mayor, or for oneself.
        NotFound: an officer of another agency, or a case that is absent or hidden.
        InvalidInput: the days do not fit, or one of them is excluded from the case.
    """
    check_cover(cover, officer, desk.today)
    with acting(desk.database, desk.acting(officer)) as connection:
        directory.colleague(connection, officer.agency, cover.absent)
        covering = directory.colleague(connection, officer.agency, cover.covering)
        if not covering.functions:  # who left
            raise directory.no_such_colleague(officer.agency, cover.covering)
        _check_case(connection, cover)
        covers.enter(connection, cover)
        receipt = _prove(desk, connection, officer, CoverArranged, cover)
    return Arranged(covers=(cover,), receipts=(receipt,))


def end(desk: Desk, officer: Officer, absent: OfficerId) -> Arranged:
    """End every cover of an officer who came back early; sight ends at once.

    Raises:
        NotPermitted: neither a supervisor nor the mayor.
        NotFound: nobody covers that officer.
    """
    check_sets_to_work(officer)
    day = desk.today
    with acting(desk.database, desk.acting(officer)) as connection:
        ended = covers.end_all(connection, absent, day)
        if not ended:
            raise NotFound(
                f"nobody stands in for `{absent}`",
                help="see who does with `estafette officer covers`",
            )
        kind = CoverEnded
        receipts = [_prove(desk, connection, officer, kind, one) for one in ended]
    return Arranged(covers=tuple(ended), receipts=tuple(receipts))


def listed(desk: Desk, officer: Officer) -> list[Cover]:
    """Return the covers of an agency that concern an officer, or all for a superior."""
    day = desk.today
    with acting(desk.database, desk.acting(officer)) as connection:
        return covers.of_agency(connection, officer.agency, day)


def _check_case(connection: Connection, cover: Cover) -> None:
    if cover.case is None:
        return
    if not intents.may_stage(connection, "officer.cover", cover.case):
        raise no_such_case(cover.case)
    for name in (cover.absent, cover.covering):
        if exclusions.is_excluded(connection, cover.case, name, cover.from_day):
            raise InvalidInput(
                f"officer `{name}` is excluded from this case", help="name another"
            )


def _prove(
    desk: Desk,
    connection: Connection,
    officer: Officer,
    kind: type[CoverEvent],
    cover: Cover,
) -> str:
    entry = evidence.new_entry(
        kind(
            at=desk.clock.now(),
            case=cover.case,
            agency=officer.agency,
            function=min(officer.functions & SETS_TO_WORK),
            purpose=PURPOSE,
            detail=f"{cover.from_day} {cover.until_day}",
        )
    )
    return evidence.append(
        connection, entry, officer.id, on_behalf_of=cover.absent, named=cover.covering
    )
