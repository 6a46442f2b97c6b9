"""The advice of the DEIPP, with tax and social services behind it."""

from __future__ import annotations

from acts import advice, cases, handoffs
from acts.advice import AdviceRequest
from acts.handoffs import Question, Reply
from commands.demo.scenes.inquiry import MAYOR
from commands.demo.stage import Stage
from models.clock import legal_day
from models.handling import Handling
from models.ids import AgencyId, HandoffId

ANALYST = "deipp/analyst"
_SERVICES = (
    ("spf-finances", "svc.4", "Dettes fiscales liées aux infractions du §10?",
     "Taxation d'office 2024, procédure de sanction en cours."),
    ("onss", "svc.5", "Dettes sociales et constats ayant mené à des poursuites?",
     "Deux PV pour travail non déclaré, transmis à l'auditorat."),
)  # fmt: skip


async def request(stage: Stage) -> HandoffId:
    """The mayor requests the advice; it is incomplete at first."""
    stage.heading("4. advice")
    await stage.working_day(15)
    asked = AdviceRequest(
        to=AgencyId("deipp"),
        source="src.8",
        inquiry_done="Police locale, CIEAR, casier, bases communales.",
        register_result="Pas de hit.",
        motivation="Une mesure négative paraît nécessaire.",
    )
    await stage.act(
        MAYOR,
        "requests the advice of the DEIPP",
        advice.request(stage.desk, stage.reader(MAYOR), stage.case, asked),
    )
    return stage.asked(ANALYST, "src.8")


async def become_admissible(stage: Stage, handoff: HandoffId) -> None:
    """Inadmissible, completed, admitted."""
    analyst = stage.officer(ANALYST)
    await stage.working_day(17)
    await stage.act(
        ANALYST, "receives it", handoffs.receive(stage.desk, analyst, handoff)
    )
    await stage.act(
        ANALYST,
        "finds the request inadmissible: the report of the CIEAR is missing",
        advice.reject(stage.desk, analyst, handoff, "Rapport du CIEAR manquant."),
    )
    await stage.working_day(18)
    await stage.act(
        MAYOR,
        "completes it",
        advice.complete(
            stage.desk, stage.officer(MAYOR), handoff, "Rapport administratif joint."
        ),
    )
    await stage.working_day(20)
    await stage.act(
        ANALYST, "receives it again", handoffs.receive(stage.desk, analyst, handoff)
    )
    await stage.act(
        ANALYST, "confirms that it is admissible",
        advice.admit(stage.desk, analyst, handoff),
    )  # fmt: skip


async def ask_services(stage: Stage, parent: HandoffId) -> None:
    """Tax and social services see their question and their answer, nothing else."""
    for agency, source, question, _ in _SERVICES:
        await stage.act(
            ANALYST,
            f"asks {agency} ({source})",
            handoffs.ask(
                stage.desk,
                stage.reader(ANALYST),
                stage.case,
                Question(
                    to=AgencyId(agency), source=source, question=question, parent=parent
                ),
            ),
        )
    await stage.working_day(30)
    for agency, source, _, answer in _SERVICES:
        who = f"{agency}/analyst"
        handoff = stage.asked(who, source)
        officer = stage.officer(who)
        await stage.act(
            who, "receives it", handoffs.receive(stage.desk, officer, handoff)
        )
        today = legal_day(stage.desk.clock.now())
        handling = Handling(
            basis="L24 21-22", collected_on=today, processed_on=today, disclosable=True
        )
        reply = Reply(body=answer, handling=handling)
        await stage.act(
            who, "answers", handoffs.answer(stage.desk, officer, handoff, (reply,))
        )


async def extend(stage: Stage) -> None:
    """The one extension, decided in time."""
    await stage.working_day(35)
    reasons = "L'avis de la DEIPP est attendu."
    await stage.act(
        MAYOR,
        "extends the inquiry by 30 working days",
        cases.extend(stage.desk, stage.officer(MAYOR), stage.case, reasons),
    )
    await stage.refused(
        MAYOR,
        "extends it once more",
        cases.extend(stage.desk, stage.officer(MAYOR), stage.case, reasons),
    )


async def deliver(stage: Stage, handoff: HandoffId) -> None:
    """The advice reaches the municipality."""
    await stage.working_day(48)
    text = "Avis motivé: risque sérieux et démontrable (119ter §10, 1° et 2°)."
    await stage.act(
        ANALYST,
        "delivers the advice",
        advice.deliver(stage.desk, stage.officer(ANALYST), handoff, text),
    )
