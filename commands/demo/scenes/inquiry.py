"""Opening and inquiry: own material, register, police, CIEAR, prosecutor."""

from __future__ import annotations

from acts import cases, handoffs
from acts.cases import Opening, OwnMaterial
from acts.handoffs import Question, Reply
from commands.demo.play import Play
from models.handling import Handling, Nature, Regime
from models.ids import AgencyId, HandoffId, OfficerId
from models.law.decisions import GateScope
from models.subjects import read_subject_card

HANDLER, MAYOR = "anderlecht/handler", "anderlecht/mayor"
_POLICE = "pz-midi/analyst"
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


async def open_case(play: Play) -> None:
    """The mayor decides to open an inquiry into a car wash."""
    play.heading("1. opening")
    play.opened = play.desk.today
    pack = play.desk.packs.current("be-119ter", play.opened)
    gates = tuple(
        row.code for row in pack.preconditions if row.scope is GateScope.ALWAYS
    )
    opening = Opening(
        route=pack.id,
        activity=_car_wash(play),
        preconditions=gates,
        subject=read_subject_card(_SUBJECT),
        facts="Demande de permis; trois gérants en un an; chiffre d'affaires sans eau.",
        designated=(OfficerId(HANDLER),),
    )
    done = await play.act(
        MAYOR,
        "opens the inquiry and designates the handler",
        cases.open_case(play.desk, play.officer(MAYOR), opening),
    )
    play.case = done.case


def _car_wash(play: Play) -> str:
    """Return the code of the activity `car washes` (number 12 of the decree)."""
    scope = play.desk.packs.current("be-119ter", play.opened).scope
    rows = scope.activities if scope else ()
    return next(row.code for row in rows if row.number == 12)


async def own_material(play: Play) -> None:
    """What the municipality holds itself, then the mandatory register query."""
    play.heading("2. own data and register")
    await play.working_day(1)
    await play.refused(
        HANDLER,
        "queries the register as the very first step",
        handoffs.query_register(
            play.desk, play.reader(HANDLER), play.case, _register_question()
        ),
    )
    for source, text in (
        ("src.3", "Permis d'environnement refusé en 2024; deux plaintes de voisinage."),
        ("src.4", "Extrait du casier: condamnation de 2023 pour recel."),
    ):
        material = OwnMaterial(
            source=source, body=text.encode(), handling=_recent(play)
        )
        await play.act(
            HANDLER,
            f"adds own material under {source}",
            cases.add_item(play.desk, play.officer(HANDLER), play.case, material),
        )
    await play.act(
        HANDLER,
        "queries the central register, with a motivation",
        handoffs.query_register(
            play.desk, play.reader(HANDLER), play.case, _register_question()
        ),
    )


async def ask_police(play: Play) -> None:
    """The local police is asked; a direct question to the tax service is refused."""
    play.heading("3. partners")
    await _ask(play, "pz-midi", "src.2", "Faits constatés dans l'établissement?")
    await play.refused(
        HANDLER,
        "asks SPF Finances directly",
        handoffs.ask(
            play.desk,
            play.reader(HANDLER),
            play.case,
            Question(
                to=AgencyId("spf-finances"), source="svc.4", question="Dettes fiscales?"
            ),
        ),
    )


async def register_answers(play: Play) -> None:
    """The keeper of the register answers: no hit."""
    await play.working_day(2)
    handoff = await _take(play, "deipp/registrar", "src.1")
    await _answer(play, "deipp/registrar", handoff, "Pas de hit.", hit=False)


async def partners_answer(play: Play) -> None:
    """Police, CIEAR and prosecutor answer, each for itself."""
    await play.working_day(9)
    handoff = await _take(play, _POLICE, "src.2")
    await _answer(play, _POLICE, handoff, "PV de 2025: espèces et plaques démontées.")
    await play.working_day(10)
    await _ask(play, "ciear-bxl", "src.6", "Liens avec d'autres établissements?")
    await _ask(play, "parquet-bxl", "src.7", "Informations judiciaires utiles?")
    await play.working_day(13)
    handoff = await _take(play, "ciear-bxl/analyst", "src.6")
    await _answer(
        play, "ciear-bxl/analyst", handoff, "Rapport administratif: même bailleur."
    )
    handoff = await _take(play, "parquet-bxl/magistrate", "src.7")
    await play.act(
        "parquet-bxl/magistrate",
        "may not say: an investigation is under way; the commune is not told",
        handoffs.refuse(
            play.desk,
            play.officer("parquet-bxl/magistrate"),
            handoff,
            "NLC 119ter §16 al.2",
            "Une information est en cours.",
        ),
    )


async def reassuring_answer(play: Play) -> None:
    """The other ending: the police has nothing that matters."""
    await play.working_day(9)
    handoff = await _take(play, _POLICE, "src.2")
    await _answer(play, _POLICE, handoff, "Rien de pertinent à signaler.")


async def _ask(play: Play, agency: str, source: str, text: str) -> None:
    await play.act(
        HANDLER,
        f"asks {agency} ({source})",
        handoffs.ask(
            play.desk,
            play.reader(HANDLER),
            play.case,
            Question(
                to=AgencyId(agency),
                source=source,
                question=text,
                context="Enquête d'intégrité sur un car-wash.",
            ),
        ),
    )


async def _take(play: Play, who: str, source: str) -> HandoffId:
    handoff = play.asked(who, source)
    officer = play.officer(who)
    await play.act(who, "receives it", handoffs.receive(play.desk, officer, handoff))
    await play.act(who, "accepts it", handoffs.accept(play.desk, officer, handoff))
    return handoff


async def _answer(
    play: Play, who: str, handoff: HandoffId, text: str, hit: bool | None = None
) -> None:
    regime = Regime.POLICE if who == _POLICE else Regime.GDPR
    reply = Reply(body=text, handling=_recent(play, regime), hit=hit)
    await play.act(
        who,
        "answers",
        handoffs.answer(play.desk, play.officer(who), handoff, (reply,)),
    )


def _recent(play: Play, regime: Regime = Regime.GDPR) -> Handling:
    today = play.desk.today
    return Handling(
        basis="NLC 119ter §6",
        regime=regime,
        nature=Nature.FACT,
        validated=True,
        disclosable=True,
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
