"""What can be done next, after an act or on a page; it opens nothing, shows no row."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from acts.desk import Desk
from acts.hindrances import hindrances
from acts.leading_on import Situation, possible
from acts.pages.overview import awaited, view_of
from acts.performing import Done
from models.act_kinds import ActKind
from models.agencies import AgencyKind, Officer, OfficerFunction
from models.decisions import AppealWait
from models.handoffs import HandoffRecord, HandoffState, InnerState, Inside
from models.ids import CaseId, HandoffId
from models.law.procedure import Act
from models.law.sources import SourceKind
from models.retention import DestructionDay
from models.values import Value
from storage import cases, guarded, handoffs
from storage.case_view import CaseView
from storage.people import directory
from storage.sessions import acting

_ON_A_QUESTION = {
    HandoffState.OFFERED: (ActKind.HANDOFF_RECEIVE,),
    HandoffState.RECEIVED: (
        ActKind.HANDOFF_ANSWER,
        ActKind.HANDOFF_ACCEPT,
        ActKind.HANDOFF_REFUSE,
        ActKind.HANDOFF_RETURN,
    ),
    HandoffState.ACCEPTED: (ActKind.HANDOFF_ANSWER, ActKind.HANDOFF_REFUSE),
}
_ON_A_REQUEST_FOR_ADVICE = {
    HandoffState.OFFERED: (ActKind.HANDOFF_RECEIVE,),
    HandoffState.RECEIVED: (ActKind.ADVICE_ADMIT, ActKind.ADVICE_REJECT),
    HandoffState.ACCEPTED: (ActKind.HANDOFF_ASK, ActKind.ADVICE_DELIVER),
}
_ON_A_REQUEST_FOR_AN_ITEM = {
    HandoffState.OFFERED: (ActKind.HANDOFF_RECEIVE,),
    HandoffState.RECEIVED: (ActKind.ITEM_GRANT, ActKind.ITEM_DENY),
}
_UNDER_A_GUARD = {
    InnerState.RECEIVED: (
        ActKind.HANDOFF_ANSWER,
        ActKind.HANDOFF_ACCEPT,
        ActKind.HANDOFF_NOTHING,
        ActKind.HANDOFF_REFUSE,
        ActKind.HANDOFF_RETURN,
    ),
    InnerState.ACCEPTED: (
        ActKind.HANDOFF_ANSWER,
        ActKind.HANDOFF_NOTHING,
        ActKind.HANDOFF_REFUSE,
    ),
}
_ON_ONES_OWN = {
    HandoffState.OFFERED: (ActKind.HANDOFF_RECALL,),
    HandoffState.RECEIVED: (ActKind.HANDOFF_RECALL,),
    HandoffState.ACCEPTED: (ActKind.HANDOFF_RECALL,),
    HandoffState.RETURNED: (ActKind.HANDOFF_COMPLETE, ActKind.HANDOFF_RECALL),
}
_ON_OTHERS = {
    SourceKind.ADVICE: _ON_A_REQUEST_FOR_ADVICE,
    SourceKind.RELEASE: _ON_A_REQUEST_FOR_AN_ITEM,
}


class NextStep(Value):
    """An act that can be done; `by` is whose it is, empty for one's own."""

    act: ActKind
    by: tuple[OfficerFunction, ...] = ()


class Hindered(Value):
    """An act that the stage has and that would be refused now, with why."""

    act: ActKind
    why: str


class WhatNext(Value):
    """What can be done from here, and what there is to wait for.

    `hindered` are acts that would be refused, where a page asks what can be done.
    `last_day` is that of the inquiry, where the act set or moved it.
    """

    steps: tuple[NextStep, ...] = ()
    hindered: tuple[Hindered, ...] = ()
    last_day: date | None = None
    waits_for: AppealWait | None = None
    destruction: DestructionDay | None = None


def what_next(desk: Desk, officer: Officer, done: Done) -> WhatNext:
    """Return what can be done after an act, as far as its officer may know of it."""
    moved = done.outcome.moved if done.outcome else ()
    with acting(desk.database, desk.acting(officer)) as connection:
        found = cases.find(connection, done.case)
        if found is not None:
            act = ActKind(done.message.kind)
            view = view_of(desk, connection, found)
            kinds = directory.kinds(connection)
            return next_of(desk, officer, view, kinds, act)
        if moved:
            return _of_handoff(connection, officer, moved[0].handoff)
        if inside := _inside(connection, done):
            return _of_guarded(desk, connection, inside)
    return WhatNext()


def next_on_case(desk: Desk, officer: Officer, case: CaseId) -> WhatNext:
    """Return what can be done on a case now, as far as the officer may know of it."""
    with acting(desk.database, desk.acting(officer)) as connection:
        found = cases.find(connection, case)
        if found is None:
            return WhatNext()
        view, kinds = view_of(desk, connection, found), directory.kinds(connection)
        return next_of(desk, officer, view, kinds)


def next_on_question(desk: Desk, officer: Officer, found: HandoffRecord) -> WhatNext:
    """Return what the officer's agency can do on a question that it may see."""
    if found.asker == officer.agency:
        kinds = _ON_ONES_OWN.get(found.state, ())
        return WhatNext(steps=tuple(NextStep(act=kind) for kind in kinds))
    if found.inside is not None:
        return _inside_its_agency(desk, found, found.inside)
    return _open_to(found)


def _inside(connection: Connection, done: Done) -> Inside | None:
    """Return where a question stands that an act moved inside its agency only."""
    handoff = getattr(done.message, "handoff", None)
    return None if handoff is None else guarded.find(connection, handoff)


def _of_guarded(desk: Desk, connection: Connection, inside: Inside) -> WhatNext:
    found = handoffs.find(connection, inside.handoff)
    if found is None:
        return WhatNext()
    return _inside_its_agency(desk, found, inside.state)


def _inside_its_agency(desk: Desk, found: HandoffRecord, state: InnerState) -> WhatNext:
    if state is not InnerState.PREPARED:
        acts = _UNDER_A_GUARD.get(state, ())
        return WhatNext(steps=tuple(NextStep(act=kind) for kind in acts))
    pack = desk.packs.get(found.route, found.pack_version)
    guard = pack.source(found.source).guard
    by = guard.second_key if guard else ()
    return WhatNext(steps=(NextStep(act=ActKind.HANDOFF_CONFIRM, by=by),))


def next_of(
    desk: Desk,
    officer: Officer,
    view: CaseView,
    kinds: frozenset[AgencyKind],
    act: ActKind | None = None,
) -> WhatNext:
    """Return what can be done on a case, after an act or as a page asks.

    `kinds` are those of the agencies in the directory.
    """
    if act is ActKind.CASE_BREAK_GLASS:
        return WhatNext()  # who is not named for a case reads it, and no more
    awaits = awaited(desk, view)
    now = Situation(view=view, today=desk.today, known=kinds, awaits=awaits)
    held_up = hindrances(now) if act is None else {}
    return WhatNext(
        steps=tuple(_step(row, officer) for row in possible(now, officer.functions)),
        hindered=tuple(Hindered(act=act, why=why) for act, why in held_up.items()),
        last_day=_last_day(view, act),
        waits_for=awaits,
        destruction=view.destruction,
    )


def _step(row: Act, officer: Officer) -> NextStep:
    return NextStep(act=row.act, by=() if officer.functions & set(row.by) else row.by)


def _last_day(view: CaseView, act: ActKind | None) -> date | None:
    """Return the last day of the term that an act started or made longer."""
    if act not in (ActKind.CASE_OPEN, ActKind.CASE_EXTEND):
        return None
    own = [t for t in view.deadlines if t.handoff is None and t.item is None]
    return own[0].due_on if own else None


def _of_handoff(
    connection: Connection, officer: Officer, handoff: HandoffId
) -> WhatNext:
    found = handoffs.find(connection, handoff)
    if found is None or found.asked != officer.agency:
        return WhatNext()
    return _open_to(found)


def _open_to(found: HandoffRecord) -> WhatNext:
    """Return what the asked agency can do on a question."""
    table = _ON_OTHERS.get(SourceKind(found.kind), _ON_A_QUESTION)
    return WhatNext(steps=tuple(NextStep(act=k) for k in table.get(found.state, ())))
