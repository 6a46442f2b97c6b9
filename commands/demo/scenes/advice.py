"""The advice of the DEIPP, with tax and social services behind it."""

from __future__ import annotations

from acts import advice, cases, handoffs
from acts.advice import AdviceRequest
from acts.handoffs import Question, Reply
from commands.demo.play import Play
from commands.demo.scenes.inquiry import MAYOR
from models.handling import Handling, Regime
from models.ids import AgencyId, HandoffId

ANALYST = "deipp/analyst"
_SERVICES = (
    ("spf-finances", "svc.4", "Dettes fiscales liées aux infractions du §10?",
     "Taxation d'office 2024, procédure de sanction en cours."),
    ("onss", "svc.5", "Dettes sociales et constats ayant mené à des poursuites?",
     "Deux PV pour travail non déclaré, transmis à l'auditorat."),
)  # fmt: skip


async def request(play: Play) -> HandoffId:
    """The mayor requests the advice; it is incomplete at first."""
    play.heading("4. advice")
    await play.working_day(15)
    asked = AdviceRequest(
        to=AgencyId("deipp"),
        source="src.8",
        inquiry_done="Police locale, CIEAR, casier, bases communales.",
        register_hit=False,
        motivation="Une mesure négative paraît nécessaire.",
    )
    await play.act(
        MAYOR,
        "requests the advice of the DEIPP",
        advice.request(play.desk, play.reader(MAYOR), play.case, asked),
    )
    return play.asked(ANALYST, "src.8")


async def become_admissible(play: Play, handoff: HandoffId) -> None:
    """Inadmissible, completed, admitted."""
    analyst = play.officer(ANALYST)
    await play.working_day(17)
    await play.act(
        ANALYST, "receives it", handoffs.receive(play.desk, analyst, handoff)
    )
    await play.act(
        ANALYST,
        "finds the request inadmissible: the report of the CIEAR is missing",
        advice.reject(play.desk, analyst, handoff, "Rapport du CIEAR manquant."),
    )
    await play.working_day(18)
    await play.act(
        MAYOR,
        "completes it",
        advice.complete(
            play.desk, play.officer(MAYOR), handoff, "Rapport administratif joint."
        ),
    )
    await play.working_day(20)
    await play.act(
        ANALYST, "receives it again", handoffs.receive(play.desk, analyst, handoff)
    )
    await play.act(
        ANALYST, "confirms that it is admissible",
        advice.admit(play.desk, analyst, handoff),
    )  # fmt: skip


async def ask_services(play: Play, parent: HandoffId) -> None:
    """Tax and social services see their question and their answer, nothing else."""
    for agency, source, question, _ in _SERVICES:
        await play.act(
            ANALYST,
            f"asks {agency} ({source})",
            handoffs.ask(
                play.desk,
                play.reader(ANALYST),
                play.case,
                Question(
                    to=AgencyId(agency), source=source, question=question, parent=parent
                ),
            ),
        )
    await play.working_day(30)
    for agency, source, _, answer in _SERVICES:
        who = f"{agency}/analyst"
        handoff = play.asked(who, source)
        officer = play.officer(who)
        await play.act(
            who, "receives it", handoffs.receive(play.desk, officer, handoff)
        )
        today = play.desk.today
        handling = Handling(
            basis="L24 21-22",
            regime=Regime.GDPR,
            collected_on=today,
            processed_on=today,
            disclosable=True,
        )
        reply = Reply(body=answer, handling=handling)
        await play.act(
            who, "answers", handoffs.answer(play.desk, officer, handoff, (reply,))
        )


async def extend(play: Play) -> None:
    """The one extension, decided in time."""
    await play.working_day(35)
    reasons = "L'avis de la DEIPP est attendu."
    await play.act(
        MAYOR,
        "extends the inquiry by 30 working days",
        cases.extend(play.desk, play.officer(MAYOR), play.case, reasons),
    )
    await play.refused(
        MAYOR,
        "extends it once more",
        cases.extend(play.desk, play.officer(MAYOR), play.case, reasons),
    )


async def deliver(play: Play, handoff: HandoffId) -> None:
    """The advice reaches the municipality."""
    await play.working_day(48)
    text = "Avis motivé: risque sérieux et démontrable (119ter §10, 1° et 2°)."
    await play.act(
        ANALYST,
        "delivers the advice",
        advice.deliver(play.desk, play.officer(ANALYST), handoff, text),
    )
