"""What is written in the cases that are played: made up, and always the same."""

from __future__ import annotations

from datetime import date

from models.handling import Handling, Regime
from models.ids import ItemId
from models.motivation import (
    AnsweredArgument,
    GroundOfDecision,
    Motivation,
    Weighing,
)
from models.packs import Pack
from models.subjects import SubjectCard, read_subject_card

SUBJECT: SubjectCard = read_subject_card(
    {
        "enterprise_number": "0308.357.159",
        "enterprise_name": "Lavage Express SRL",
        "address": "Chaussée de Mons 1, 1070 Anderlecht",
        "persons": [
            {
                "role": "pers.0",
                "name": "Exemple",
                "first_name": "Camille",
                "birth_date": "1985-07-30",
                "national_number": "85073003328",
            }
        ],
        "language": "fr",
    }
)


def fact_of(day: date) -> Handling:
    """Return the handling of a fact that was collected on a day."""
    return Handling(
        basis="NLC 119ter §6",
        regime=Regime.GDPR,
        validated=True,
        disclosable=True,
        collected_on=day,
        processed_on=day,
    )


def motivation(pack: Pack, cited: list[ItemId]) -> Motivation:
    """Return reasons that cite items and answer the one argument of the hearing."""
    grounds = tuple(
        GroundOfDecision(
            item=item,
            offence=pack.offences[0].code,
            limb=pack.limbs[0].code,
            person=pack.persons[0].code,
            reasoning="Fait concret, vérifiable et pertinent.",
        )
        for item in cited
    )
    weighing = Weighing(
        gravity="Faits graves.",
        link_with_sector="Le lavage sert de couverture.",
        advantages="Importants.",
        milder_measures="Insuffisantes.",
    )
    return Motivation(
        summary="Risque sérieux.",
        grounds=grounds,
        weighing=weighing,
        answers=(AnsweredArgument(argument=1, answer="Pas toutes."),),
    )
