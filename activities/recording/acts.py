"""Recording one staged act: ruling, move, content and proof together, or nothing.

The procedure, step by step:

1. Lock the intent; if it is closed already, return what was recorded.
2. Find case, pack, officer and the row of the pack; stage and function must fit, and
   nobody acts in a case that a conflict of interest keeps them out of.
3. Let the act's own function check and write.
4. Refuse items that the message does not account for; rule on every disclosure.
5. Start and stop the clocks that the pack names.
6. Promote the content and move the case row by compare-and-set.
7. Stage the ledger entry, write the timeline, let both sides of a hand-off owe their
   word on what became of it, close the intent.

A refusal undoes 3 to 6, destroys the staged content and is itself an entry.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError

from activities.recording import clocks, evidence, notices, twins
from activities.recording.catalogue import RECORDERS
from activities.recording.disclosures import rule_on_items
from activities.recording.refusals import as_refusal, astray, close_unread, refuse
from activities.recording.retention import set_due_dates
from activities.recording.scene import Effects, Scene
from activities.recording.step import Step
from activities.services import Services
from models.act_kinds import ActKind
from models.cases import MovingCase
from models.clock import legal_day
from models.errors import (
    EstafetteError,
    InvalidInput,
    NotPermitted,
    PackInvalid,
    TransitionNotAllowed,
    Unavailable,
)
from models.handoffs import HandoffState
from models.ids import AgencyId, ItemId
from models.intents import Intent, IntentState
from models.law.procedure import AgencyRole
from models.messages.cases import OpenCase
from models.packs import Pack
from models.process import ActPointer, Outcome
from models.secrecy import Secrecy
from policies.procedure import check_act, role_of
from storage import (
    cases,
    deliveries,
    existence,
    handoffs,
    held,
    intents,
    items,
)
from storage.people import directory, exclusions


def record(connection: Connection, services: Services, pointer: ActPointer) -> Outcome:
    """Record a staged act inside the caller's transaction.

    A pointer that leads nowhere, or to another case, is refused and leaves no trace.

    Raises:
        Unavailable: the database did not answer; nothing was recorded.
    """
    try:
        intent = intents.lock(connection, pointer.act)  # step 1
    except InvalidInput as error:
        return close_unread(connection, pointer, error)
    if intent is None or intent.case != pointer.case:
        return astray(pointer)
    if intent.state is not IntentState.STAGED and intent.outcome is not None:
        return intent.outcome
    savepoint = connection.begin_nested()  # the commit that follows releases it
    try:
        outcome = _accept(connection, services, intent)
    except Unavailable:
        raise
    except (EstafetteError, IntegrityError, DataError) as error:
        savepoint.rollback()
        outcome = refuse(connection, intent, as_refusal(error))
    intents.close(connection, intent.act, outcome)
    return outcome


def _accept(connection: Connection, services: Services, intent: Intent) -> Outcome:
    case, pack = _case_and_pack(connection, services, intent)  # step 2
    day = legal_day(intent.legal_at)
    if exclusions.is_excluded(connection, case.id, intent.officer, day):
        raise cases.no_such_case(case.id)
    step = _step(Scene(connection, services, case, pack, intent.legal_at), intent)
    if step.rule.agency is AgencyRole.ANY and step.agency.id != case.agency:
        step.effects.inside = True  # what it does about its people is its own affair
    if step.rule.agency is AgencyRole.LEAD and case.version:
        step.require_designation(None)
    RECORDERS[ActKind(intent.message.kind)](step, intent.message)  # step 3
    _refuse_stray_items(step)  # step 4
    rulings = rule_on_items(step)
    _run_clocks(step)  # step 5
    _promote_items(step)  # step 6
    set_due_dates(step)
    notices.of_moves(step)
    after = case  # its version would tell others that something happened
    if not step.effects.inside:
        after = move_case(connection, case, step.effects, step.rule.to)
    receipt = evidence.of_act(step, rulings)  # step 7
    twins.owe(step, receipt, step.agency.id)
    return outcome_of(connection, intent.act, after, step.effects, receipt)


def _step(scene: Scene, intent: Intent) -> Step:
    sealed = items.sealed_by(scene.connection, intent.act)
    concerned = {intent.agency}.union(*(item.audience for item in sealed))
    officer, agencies = directory.officer_among(
        scene.connection, intent.officer, concerned
    )
    if officer is None or officer.agency != intent.agency:
        raise NotPermitted(
            "this officer does not act for that agency",
            help="sign in as an officer of the agency",
        )
    agency = agencies[intent.agency]
    role = role_of(scene.pack, agency.kind, leads=agency.id == scene.case.agency)
    kind = ActKind(intent.message.kind)
    return Step(
        connection=scene.connection,
        services=scene.services,
        case=scene.case,
        pack=scene.pack,
        at=scene.at,
        intent=intent,
        officer=officer,
        agency=agency,
        agencies=agencies,
        rule=check_act(scene.pack, kind, officer.functions, role, scene.case.stage),
        items={item.item: item for item in sealed},
    )


def move_case(
    connection: Connection, case: MovingCase, effects: Effects, to: str | None
) -> MovingCase:
    """Write the next version of a case row by compare-and-set."""
    after = case.model_copy(
        update={
            "version": case.version + 1,
            "stage": to or case.stage,
            "closed_on": effects.closed_on or case.closed_on,
            "outcome": effects.outcome or case.outcome,
            "secrecy": effects.secrecy or case.secrecy,
        }
    )
    cases.move(connection, case, after)
    if after.secrecy is Secrecy.STUB and after.stage != case.stage:
        existence.follow(connection, after)
    return after


def outcome_of(
    connection: Connection,
    act: UUID,
    case: MovingCase,
    effects: Effects,
    receipt: str,
) -> Outcome:
    """Tell the process what the record now says."""
    return Outcome(
        act=act,
        case=case.id,
        version=case.version,
        stage=case.stage,
        started=tuple(effects.started),
        stopped=tuple(effects.stopped),
        moved=tuple(effects.moved),
        destroy=effects.destroy,
        closed=case.closed_on is not None,
        appeal_open=cases.is_appeal_open(connection, case.id),
        receipt=receipt,
    )


def _case_and_pack(
    connection: Connection, services: Services, intent: Intent
) -> tuple[MovingCase, Pack]:
    case = cases.lock(connection, intent.case)
    message = intent.message
    if isinstance(message, OpenCase):
        if case is not None:
            raise TransitionNotAllowed(
                "this case was opened already", help="go on with it, or open another"
            )
        return _new_case(services, intent, message)
    if case is None:
        raise cases.no_such_case(intent.case)
    pack = services.packs.get(case.route, case.pack_version)
    if pack.digest != case.pack_digest:
        raise PackInvalid(
            f"pack `{pack.id}` {pack.version} was changed since this case was opened",
            help="restore its files: changed law is a new version, with its own day",
        )
    return case, pack


def _new_case(
    services: Services, intent: Intent, message: OpenCase
) -> tuple[MovingCase, Pack]:
    opened_on = legal_day(intent.legal_at)
    pack = services.packs.current(message.route, opened_on)
    if pack.version != message.pack_version:
        raise InvalidInput(
            f"`{pack.id}` of {message.pack_version} does not hold on {opened_on}",
            help=f"open the case under the version of {pack.version}",
        )
    case = MovingCase(
        id=intent.case,
        route=pack.id,
        pack_version=pack.version,
        pack_digest=pack.digest,
        agency=intent.agency,
        stage=pack.stages[0].code,
        version=0,
        activity=message.activity,
        permit_regime=message.permit_regime,
        opened_on=opened_on,
        secrecy=message.secrecy,
    )
    return case, pack


def _refuse_stray_items(step: Step) -> None:
    if stray := set(step.items) - step.taken:
        raise InvalidInput(f"{len(stray)} sealed items are not named by the act")


def _promote_items(step: Step) -> None:
    act, handoff = step.intent.act, step.effects.handoff
    if step.items and step.effects.inside:
        held.keep(step.connection, act, handoff)
    elif step.items:
        items.promote(step.connection, act, handoff, step.serving)
        deliveries.promote(step.connection, act)


def _run_clocks(step: Step) -> None:
    handoff = step.effects.handoff
    clocks.stop(step, step.rule.stops, handoff)
    if not step.rule.starts:
        return
    if step.bound is not None:
        return _bind_holders(step, step.bound)
    subject = None if handoff is None else handoffs.find(step.connection, handoff)
    if subject is not None and subject.state is HandoffState.REFUSED:
        return
    duty = step.case.agency
    if subject is not None:
        returned = subject.state is HandoffState.RETURNED
        duty = subject.asker if returned else subject.asked
    for code in step.rule.starts:
        if step.pack.clock(code).only_if_negative and not step.negative:
            continue
        start = step.clocks_from or step.day
        term = clocks.Term(clock=code, agency=duty, start=start, handoff=handoff)
        started = clocks.start(step, term)
        if started is not None and handoff is not None:
            handoffs.set_due(step.connection, handoff, started.due_on)


def _bind_holders(step: Step, bound: list[tuple[AgencyId, ItemId]]) -> None:
    for code in step.rule.starts:
        for agency, item in bound:
            clocks.start(
                step, clocks.Term(clock=code, agency=agency, start=step.day, item=item)
            )
