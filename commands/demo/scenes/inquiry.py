"""Opening and inquiry: own material, register, police, CIEAR, prosecutor."""

from __future__ import annotations

from acts import cases, handoffs
from acts.cases import Opening, OwnMaterial
from acts.handoffs import Question, Reply
from commands.demo.stage import Stage
from models.clock import legal_day
from models.handling import Handling, Nature, Regime
from models.ids import AgencyId, HandoffId, OfficerId
from models.law.decisions import GateScope
from models.subjects import read_subject_card

HANDLER, MAYOR = "anderlecht/handler", "anderlecht/mayor"
_SUBJECT: dict[str, object] = {
    "enterprise_number": "0308.357.159",
    "enterprise_name": "Lavage Express SRL",
    "establishment_number": "2.147.812.701",
    "establishment_name": "Lavage Express Anderlecht",
    "address": "Chaussée de Mons 1, 1070 Anderlecht",
    "persons": [
        {
            "role": "pers.0",
            "name": "Exemple",
            "first_name": "Camille",
            "birth_date": "1985-07-30",
            "national_number": "85073003328",
            "address": "Rue de l'Exemple 2, 1070 Anderlecht",
        }
    ],
    "language": "fr",
}


async def open_case(stage: Stage) -> None:
    """The mayor decides to open an inquiry into a car wash."""
    stage.heading("1. opening")
    stage.opened = legal_day(stage.desk.clock.now())
    pack = stage.desk.packs.current("be-119ter", stage.opened)
    gates = tuple(
        row.code for row in pack.preconditions if row.scope is GateScope.ALWAYS
    )
    opening = Opening(
        route=pack.id,
        activity=car_wash(stage),
        preconditions=gates,
        subject=read_subject_card(_SUBJECT),
        facts="Demande de permis; trois gérants en un an; chiffre d'affaires sans eau.",
        designated=(OfficerId(HANDLER),),
    )
    done = await stage.act(
        MAYOR,
        "opens the inquiry and designates the handler",
        cases.open_case(stage.desk, stage.officer(MAYOR), opening),
    )
    stage.case = done.case


def car_wash(stage: Stage) -> str:
    """Return the code of the activity `car washes` (number 12 of the decree)."""
    scope = stage.desk.packs.current("be-119ter", stage.opened).scope
    rows = scope.activities if scope else ()
    return next(row.code for row in rows if row.number == 12)


async def own_material(stage: Stage) -> None:
    """What the municipality holds itself, then the mandatory register query."""
    stage.heading("2. own data and register")
    await stage.working_day(1)
    await stage.refused(
        HANDLER,
        "queries the register as the very first step",
        handoffs.query_register(
            stage.desk, stage.reader(HANDLER), stage.case, _register_question()
        ),
    )
    for source, text in (
        ("src.3", "Permis d'environnement refusé en 2024; deux plaintes de voisinage."),
        ("src.4", "Extrait du casier: condamnation de 2023 pour recel."),
    ):
        material = OwnMaterial(
            source=source, body=text.encode(), handling=_recent(stage, disclosable=True)
        )
        await stage.act(
            HANDLER,
            f"adds own material under {source}",
            cases.add_item(stage.desk, stage.officer(HANDLER), stage.case, material),
        )
    await stage.act(
        HANDLER,
        "queries the central register, with a motivation",
        handoffs.query_register(
            stage.desk, stage.reader(HANDLER), stage.case, _register_question()
        ),
    )


async def ask_police(stage: Stage) -> None:
    """The local police is asked; a direct question to the tax service is refused."""
    stage.heading("3. partners")
    await _ask(stage, "pz-midi", "src.2", "Faits constatés dans l'établissement?")
    await stage.refused(
        HANDLER,
        "asks SPF Finances directly",
        handoffs.ask(
            stage.desk,
            stage.reader(HANDLER),
            stage.case,
            Question(
                to=AgencyId("spf-finances"), source="svc.4", question="Dettes fiscales?"
            ),
        ),
    )


async def register_answers(stage: Stage) -> None:
    """The keeper of the register answers: no hit."""
    await stage.working_day(2)
    handoff = await _take(stage, "deipp/registrar", "src.1")
    await _answer(stage, "deipp/registrar", handoff, "Pas de hit.", hit=False)


async def partners_answer(stage: Stage) -> None:
    """Police, CIEAR and prosecutor answer, each for itself."""
    await stage.working_day(9)
    handoff = await _take(stage, "pz-midi/analyst", "src.2")
    await _answer(
        stage, "pz-midi/analyst", handoff, "PV de 2025: espèces et plaques démontées."
    )
    await stage.working_day(10)
    await _ask(stage, "ciear-bxl", "src.6", "Liens avec d'autres établissements?")
    await _ask(stage, "parquet-bxl", "src.7", "Informations judiciaires utiles?")
    await stage.working_day(13)
    handoff = await _take(stage, "ciear-bxl/analyst", "src.6")
    await _answer(
        stage, "ciear-bxl/analyst", handoff, "Rapport administratif: même bailleur."
    )
    handoff = await _take(stage, "parquet-bxl/magistrate", "src.7")
    await stage.act(
        "parquet-bxl/magistrate",
        "refuses, with the article: an investigation is under way",
        handoffs.refuse(
            stage.desk,
            stage.officer("parquet-bxl/magistrate"),
            handoff,
            "NLC 119ter §16 al.2",
            "Une information est en cours.",
        ),
    )


async def reassuring_answer(stage: Stage) -> None:
    """The other ending: the police has nothing that matters."""
    await stage.working_day(9)
    handoff = await _take(stage, "pz-midi/analyst", "src.2")
    await _answer(stage, "pz-midi/analyst", handoff, "Rien de pertinent à signaler.")


async def _ask(stage: Stage, agency: str, source: str, text: str) -> None:
    await stage.act(
        HANDLER,
        f"asks {agency} ({source})",
        handoffs.ask(
            stage.desk,
            stage.reader(HANDLER),
            stage.case,
            Question(
                to=AgencyId(agency),
                source=source,
                question=text,
                context="Enquête d'intégrité sur un car-wash.",
            ),
        ),
    )


async def _take(stage: Stage, who: str, source: str) -> HandoffId:
    handoff = stage.asked(who, source)
    officer = stage.officer(who)
    await stage.act(who, "receives it", handoffs.receive(stage.desk, officer, handoff))
    await stage.act(who, "accepts it", handoffs.accept(stage.desk, officer, handoff))
    return handoff


async def _answer(
    stage: Stage, who: str, handoff: HandoffId, text: str, hit: bool | None = None
) -> None:
    reply = Reply(body=text, handling=_recent(stage, disclosable=True), hit=hit)
    await stage.act(
        who,
        "answers",
        handoffs.answer(stage.desk, stage.officer(who), handoff, (reply,)),
    )


def _recent(stage: Stage, *, disclosable: bool) -> Handling:
    today = legal_day(stage.desk.clock.now())
    return Handling(
        basis="NLC 119ter §6",
        regime=Regime.GDPR,
        nature=Nature.FACT,
        validated=True,
        disclosable=disclosable,
        collected_on=today,
        processed_on=today,
    )


def _register_question() -> Question:
    return Question(
        to=AgencyId("deipp"),
        source="src.1",
        question="Une décision d'une autre commune est-elle enregistrée?",
        context="Les premiers éléments annoncent une mesure; l'enquête doit continuer.",
    )
