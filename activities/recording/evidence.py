"""The ledger entry and timeline line of an act, an alarm or a refusal."""

from __future__ import annotations

from sqlalchemy import Connection

from activities.recording.scene import Scene
from activities.recording.step import Step
from models.errors import EstafetteError
from models.ids import AgencyId, HandoffId
from models.intents import Intent
from models.kinds.catalogue import ACTS
from models.kinds.reads import ActRefused
from models.kinds.terms import Tick
from models.rulings import Ruling
from storage import rulings as stored
from storage.log import evidence
from storage.story import Signed, write_line
from storage.writing import together


def of_act(step: Step, rulings: list[Ruling]) -> str:
    """Prove a recorded act; return the receipt."""
    effects, officer = step.effects, step.officer
    entry = evidence.new_entry(
        ACTS[step.intent.message.kind](
            operation=effects.operation,
            at=step.at,
            act=step.intent.act,
            case=step.case.id,
            handoff=effects.handoff,
            items=tuple(sorted({*step.items, *effects.concerned})),
            agency=step.agency.id,
            function=_function(step),
            recipients=tuple(sorted(effects.recipients)),
            purpose=step.intent.purpose,
            article=effects.article or step.rule.article,
            detail=effects.detail,
        )
    )
    absent = step.on_behalf_of
    told = entry.model_copy(update={"detail": ""}) if effects.discreet else entry
    signed = Signed(
        officer.service_number,
        absent.service_number if absent else "",
        inside=effects.inside,
    )
    with together(step.connection) as rows:
        notes = tuple(stored.note(rows, ruling, entry) for ruling in rulings)
        receipt = evidence.gather(
            rows,
            entry.model_copy(update={"rulings": notes}),
            officer.id,
            on_behalf_of=absent.id if absent else None,
            named=effects.named,
        )
        write_line(rows, told, receipt, signed)
    return receipt


def of_clock(
    scene: Scene, kind: type[Tick], agency: AgencyId, handoff: HandoffId | None
) -> str:
    """Prove what a clock did; nobody acts, the agency is the one it binds."""
    entry = evidence.new_entry(
        kind(
            at=scene.at,
            case=scene.case.id,
            handoff=handoff,
            agency=agency,
            article=scene.effects.article,
            detail=scene.effects.detail,
        )
    )
    with together(scene.connection) as rows:
        receipt = evidence.gather(rows, entry, None)
        write_line(rows, entry, receipt)
    return receipt


def of_refusal(
    connection: Connection,
    intent: Intent,
    error: EstafetteError,
    ruling: Ruling | None = None,
) -> str:
    """Prove an attempt that was refused; only the error's name enters the ledger.

    If policy refused a disclosure, its ruling is stored and cited.
    """
    entry = evidence.new_entry(
        ActRefused(
            at=intent.legal_at,
            act=intent.act,
            case=intent.case,
            agency=intent.agency,
            purpose=intent.purpose,
            detail=f"{intent.message.kind} {error.code}",
        )
    )
    with together(connection) as rows:
        if ruling is not None:
            note = stored.note(rows, ruling, entry)
            entry = entry.model_copy(update={"rulings": (note,)})
        return evidence.gather(rows, entry, intent.officer)


def _function(step: Step) -> str:
    held = [f.value for f in step.rule.by if f in step.officer.functions]
    return held[0] if held else ""
