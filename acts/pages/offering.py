"""Whether the form of an act on a case is worth opening."""

from __future__ import annotations

from acts.seat import Seat
from models.act_kinds import ActKind
from models.ids import CaseId
from policies.procedure import check_act, role_of
from storage import cases
from storage.sessions import acting


def check_offered(seat: Seat, case: CaseId, act: ActKind) -> None:
    """Refuse what the procedure would refuse, before anything is filled in.

    Whoever was only asked something does not know where the case stands, and hears it
    from the record.

    Raises:
        NotPermitted: the wrong function, or the wrong agency.
        TransitionNotAllowed: not on this route, or not in this stage; names which.
    """
    desk, officer = seat.desk, seat.officer
    with acting(desk.database, desk.acting(officer)) as connection:
        found = cases.find(connection, case)
    if found is None:
        return
    pack = desk.packs.get(found.route, found.pack_version)
    role = role_of(pack, seat.agency_kind, leads=found.agency == officer.agency)
    check_act(pack, act, officer.functions, role, found.stage)
