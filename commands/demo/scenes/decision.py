"""Hearing, decision, notification, register, appeal term and closing."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

from acts import appeals, cases, decisions, hearings
from acts.appeals import NoAppeal
from acts.decisions import Filing, Notification, Proposal
from acts.hearings import Invitation, Minutes
from acts.performing import Done
from commands.demo.play import Play
from commands.demo.scenes.inquiry import HANDLER, MAYOR
from models.ids import AgencyId, ItemId
from models.items import ItemKind
from models.motivation import (
    AnsweredArgument,
    GroundOfDecision,
    Motivation,
    Weighing,
)
from models.proceedings import Attendance, ServiceMode

COLLEGE = "anderlecht/college"
# Seconds: nodes poll, and the retention schedule of the demo runs every five.
_NODES_NEED = 7.0


async def hear(play: Play) -> None:
    """The invitation with its proof, and the hearing."""
    play.heading("5. hearing")
    await play.refused(
        MAYOR,
        "proposes a refusal before any hearing",
        _propose(play, Motivation(summary="Refus.")),
    )
    await play.working_day(52)
    today = play.desk.today
    invitation = Invitation(
        mode=ServiceMode.REGISTERED,
        presented_on=today,
        hearing_on=today + timedelta(days=14),
        letter="Vous êtes invité à être entendu; vous pouvez consulter le dossier.",
        proof="Récépissé de l'envoi recommandé.",
    )
    await play.act(
        HANDLER,
        "invites to a hearing by registered letter",
        hearings.invite(play.desk, play.officer(HANDLER), play.case, invitation),
    )
    await play.day(invitation.hearing_on)
    minutes = Minutes(
        hearing=play.file().hearings[-1].id,
        attendance=Attendance.HEARD,
        text="La personne est entendue avec son conseil.",
        arguments=("Les espèces sont déclarées.", "Le bail est récent."),
    )
    await play.act(
        HANDLER,
        "records the hearing: two arguments",
        hearings.record(play.desk, play.officer(HANDLER), play.case, minutes),
    )


async def decide(play: Play) -> None:
    """The mayor proposes, the college adopts."""
    play.heading("6. decision")
    await play.working_day(66)
    await play.act(
        MAYOR, "proposes to refuse the permit", _propose(play, _motivation(play))
    )
    await play.refused(
        MAYOR,
        "adopts the decision alone",
        decisions.adopt(
            play.desk, play.officer(MAYOR), play.case, play.decision(), "Refus."
        ),
    )
    await play.working_day(68)
    text = "Le Collège refuse le permis, pour les motifs de la proposition."
    await play.act(
        COLLEGE,
        "adopts the refusal",
        decisions.adopt(
            play.desk, play.officer(COLLEGE), play.case, play.decision(), text
        ),
    )


async def notify_and_file(play: Play) -> None:
    """Notification with the advice annexed, then the register within five days."""
    play.heading("7. notification and register")
    await play.working_day(70)
    advice = next(i.item for i in play.file().items if i.kind is ItemKind.ADVICE)
    notification = Notification(
        decision=play.decision(),
        mode=ServiceMode.REGISTERED,
        received_on=play.desk.today,
        advice=ItemId(advice),
        proof="Accusé de réception signé.",
    )
    await play.act(
        HANDLER,
        "enters the proof of receipt; 15 days of standstill begin",
        decisions.notify(play.desk, play.officer(HANDLER), play.case, notification),
    )
    await play.act(
        HANDLER,
        "files the decision in the central register",
        decisions.file_in_register(
            play.desk,
            play.officer(HANDLER),
            play.case,
            Filing(
                decision=play.decision(),
                to=AgencyId("deipp"),
                text="Refus de permis, car-wash; copie de la décision.",
            ),
        ),
    )


async def close(play: Play) -> None:
    """Standstill, closing, the term for appeal, the word that there is none."""
    play.heading("8. standstill, closing, appeal, retention")
    await play.days(16)
    await play.act(
        MAYOR,
        "closes the case; everybody who answered gets the outcome",
        cases.close(play.desk, play.officer(MAYOR), play.case, "Décision exécutoire."),
    )
    await play.refused(HANDLER, "confirms that no appeal was lodged", _no_appeal(play))
    await play.days(50)
    play.heading("the term for appeal has ended; an appeal may still be on its way")
    await play.days(10)
    await play.act(
        HANDLER,
        "confirms that no appeal was lodged; underlying data are destroyed today",
        _no_appeal(play),
    )
    await _show_destroyed(play)
    await play.days(366 * 5)
    play.heading("five years later")
    await _show_destroyed(play)


async def close_without_measure(play: Play) -> None:
    """The other ending: nothing to hold against anybody."""
    play.heading("4. no measure")
    await play.working_day(12)
    await play.act(
        MAYOR,
        "closes the case without a measure; underlying data are destroyed today",
        cases.close(play.desk, play.officer(MAYOR), play.case, "Rien de retenu."),
    )
    await _show_destroyed(play)


async def _show_destroyed(play: Play) -> None:
    """Show what the file has lost, once every node had time to carry out its orders."""
    await asyncio.sleep(_NODES_NEED)
    story = play.file().story
    gone = sum(line.kind == "items.erased" for line in story)
    keys = sum(line.kind == "keys.destroyed" for line in story)
    play.console.print(
        f"             [magenta]sets of data erased: {gone};"
        f" orders to destroy keys carried out: {keys}[/magenta]"
    )


def _no_appeal(play: Play) -> Coroutine[Any, Any, Done]:
    stated = "Le greffe du Conseil d'État atteste qu'aucun recours n'est inscrit."
    confirmed = NoAppeal(decision=play.decision(), proof=stated)
    return appeals.confirm_none(play.desk, play.officer(HANDLER), play.case, confirmed)


def _propose(play: Play, motivation: Motivation) -> Coroutine[Any, Any, Done]:
    proposal = Proposal(outcome="out.refuse", motivation=motivation)
    return decisions.propose(play.desk, play.officer(MAYOR), play.case, proposal)


def _motivation(play: Play) -> Motivation:
    pack = play.desk.packs.current("be-119ter", play.opened)
    cited = [i for i in play.file().items if i.kind in (ItemKind.FACT, ItemKind.ANSWER)]
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
