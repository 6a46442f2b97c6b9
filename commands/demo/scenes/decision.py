"""Hearing, decision, notification, register, appeal term and closing."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

from acts import cases, decisions, hearings
from acts.decisions import Filing, Notification, Proposal
from acts.hearings import Invitation, Minutes
from acts.performing import Done
from commands.demo.scenes.inquiry import HANDLER, MAYOR
from commands.demo.stage import Stage
from models.clock import legal_day
from models.ids import AgencyId, ItemId
from models.items import ItemKind
from models.motivation import (
    AnsweredArgument,
    GroundOfDecision,
    Motivation,
    Weighing,
)
from models.words import Attendance, ServiceMode

COLLEGE = "anderlecht/college"
# Seconds: nodes poll, and the retention schedule of the demo runs every five.
_NODES_NEED = 7.0


async def hear(stage: Stage) -> None:
    """The invitation with its proof, and the hearing."""
    stage.heading("5. hearing")
    await stage.refused(
        MAYOR,
        "proposes a refusal before any hearing",
        _propose(stage, Motivation(summary="Refus.")),
    )
    await stage.working_day(52)
    today = legal_day(stage.desk.clock.now())
    invitation = Invitation(
        mode=ServiceMode.REGISTERED,
        presented_on=today,
        hearing_on=today + timedelta(days=14),
        letter="Vous êtes invité à être entendu; vous pouvez consulter le dossier.",
        proof="Récépissé de l'envoi recommandé.",
    )
    await stage.act(
        HANDLER,
        "invites to a hearing by registered letter",
        hearings.invite(stage.desk, stage.officer(HANDLER), stage.case, invitation),
    )
    await stage.day(invitation.hearing_on)
    minutes = Minutes(
        hearing=stage.file().hearings[-1].id,
        attendance=Attendance.HEARD,
        text="La personne est entendue avec son conseil.",
        arguments=("Les espèces sont déclarées.", "Le bail est récent."),
    )
    await stage.act(
        HANDLER,
        "records the hearing: two arguments",
        hearings.record(stage.desk, stage.officer(HANDLER), stage.case, minutes),
    )


async def decide(stage: Stage) -> None:
    """The mayor proposes, the college adopts."""
    stage.heading("6. decision")
    await stage.working_day(66)
    await stage.act(
        MAYOR, "proposes to refuse the permit", _propose(stage, _motivation(stage))
    )
    await stage.refused(
        MAYOR,
        "adopts the decision alone",
        decisions.adopt(
            stage.desk, stage.officer(MAYOR), stage.case, stage.decision(), "Refus."
        ),
    )
    await stage.working_day(68)
    text = "Le Collège refuse le permis, pour les motifs de la proposition."
    await stage.act(
        COLLEGE,
        "adopts the refusal",
        decisions.adopt(
            stage.desk, stage.officer(COLLEGE), stage.case, stage.decision(), text
        ),
    )


async def notify_and_file(stage: Stage) -> None:
    """Notification with the advice annexed, then the register within five days."""
    stage.heading("7. notification and register")
    await stage.working_day(70)
    advice = next(i.item for i in stage.file().items if i.kind is ItemKind.ADVICE)
    notification = Notification(
        decision=stage.decision(),
        mode=ServiceMode.REGISTERED,
        received_on=legal_day(stage.desk.clock.now()),
        advice=ItemId(advice),
        proof="Accusé de réception signé.",
    )
    await stage.act(
        HANDLER,
        "enters the proof of receipt; 15 days of standstill begin",
        decisions.notify(stage.desk, stage.officer(HANDLER), stage.case, notification),
    )
    await stage.act(
        HANDLER,
        "files the decision in the central register",
        decisions.file_in_register(
            stage.desk,
            stage.officer(HANDLER),
            stage.case,
            Filing(
                decision=stage.decision(),
                to=AgencyId("deipp"),
                text="Refus de permis, car-wash; copie de la décision.",
            ),
        ),
    )


async def close(stage: Stage) -> None:
    """Standstill runs, the case is closed, the appeal term ends, data are destroyed."""
    stage.heading("8. standstill, closing, retention")
    await stage.days(16)
    await stage.act(
        MAYOR,
        "closes the case; everybody who answered gets the outcome",
        cases.close(
            stage.desk, stage.officer(MAYOR), stage.case, "Décision exécutoire."
        ),
    )
    await stage.days(50)
    stage.heading("the term for appeal has ended")
    await show_destroyed(stage)
    await stage.days(366 * 5)
    stage.heading("five years later")
    await show_destroyed(stage)


async def close_without_measure(stage: Stage) -> None:
    """The other ending: nothing to hold against anybody."""
    stage.heading("4. no measure")
    await stage.working_day(12)
    await stage.act(
        MAYOR,
        "closes the case without a measure; underlying data are destroyed today",
        cases.close(stage.desk, stage.officer(MAYOR), stage.case, "Rien de retenu."),
    )
    await show_destroyed(stage)


async def show_destroyed(stage: Stage) -> None:
    """Show what the file has lost, once every node had time to carry out its orders."""
    await asyncio.sleep(_NODES_NEED)
    story = stage.file().story
    gone = sum(line.kind == "items.erased" for line in story)
    keys = sum(line.kind == "keys.destroyed" for line in story)
    stage.console.print(
        f"             [magenta]{gone} sets of data erased,"
        f" {keys} orders to destroy keys carried out[/magenta]"
    )


def _propose(stage: Stage, motivation: Motivation) -> Coroutine[Any, Any, Done]:
    proposal = Proposal(outcome="out.refuse", motivation=motivation)
    return decisions.propose(stage.desk, stage.officer(MAYOR), stage.case, proposal)


def _motivation(stage: Stage) -> Motivation:
    pack = stage.desk.packs.current("be-119ter", stage.opened)
    cited = [
        i for i in stage.file().items if i.kind in (ItemKind.FACT, ItemKind.ANSWER)
    ]
    limbs = [row.code for row in pack.limbs]
    return Motivation(
        summary="Risque sérieux que l'établissement serve à commettre des infractions.",
        grounds=tuple(
            GroundOfDecision(
                item=item.item,
                offence="off.03",
                limb=limbs[0],
                person="pers.0",
                reasoning="Fait concret, vérifiable et pertinent.",
            )
            for item in cited
            if item.source != "src.1"
        ),
        weighing=Weighing(
            gravity="Faits graves et répétés.",
            link_with_sector="Le lavage sert de couverture aux espèces.",
            advantages="Avantages importants, non déclarés.",
            milder_measures="Une suspension ne suffirait pas.",
        ),
        answers=(
            AnsweredArgument(
                argument=1, answer="Les déclarations ne couvrent pas tout."
            ),
            AnsweredArgument(argument=2, answer="Le bailleur est le même depuis 2022."),
        ),
    )
