"""The mayor's proposal: each fact with its source, each argument with its answer."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import replace

from pydantic import ValidationError

from acts import decisions
from acts.decisions import Proposal
from acts.pages.overview import CaseOverview
from acts.performing import Done
from models.act_kinds import ActKind
from models.errors import InvalidInput
from models.faults import faults
from models.items import ItemState, KnownItem
from models.motivation import Motivation
from web.forms.fields import Choice, Field, Filled, Kind
from web.forms.form import Form, Place
from web.languages import words

_WEIGHED = (
    ("gravity", words("Gravity of the facts")),
    ("link_with_sector", words("Link with the sector")),
    ("advantages", words("Advantages that were drawn")),
    ("milder_measures", words("Milder measures that were considered")),
)
_FACT, _ARGUMENT = words("Fact"), words("Argument")
_NOT_CITED = words("Leave all of a fact empty that is not cited.")
_OF_A_GROUND = ("offence", "limb", "person", "reasoning")


def _ask(place: Place) -> Sequence[Field]:
    found = place.overview()
    outcomes = tuple(
        Choice(row.code, row.label, row.article) for row in place.pack.outcomes
    )
    return (
        Field(
            "outcome",
            words("Outcome"),
            Kind.ONE,
            choices=outcomes,
            help=words(
                "A measure needs one fact at least, with all its fields, the weighing,"
                " and an answer to each argument."
            ),
        ),
        Field("months", words("For how many months"), required=False),
        Field("lifting", words("Conditions for lifting it"), Kind.TEXT, False),
        Field("summary", words("Summary of the reasons"), Kind.TEXT),
        *(each for item in _citable(found) for each in _ground(place, item)),
        *(
            Field(name, label, Kind.TEXT, False, article="NLC 119ter §10 al.3")
            for name, label in _WEIGHED
        ),
        *(_answer(number) for number in _arguments(found)),
    )


def _citable(found: CaseOverview) -> list[KnownItem]:
    """Return what may be cited: disclosable, not withdrawn, from a source."""
    return [
        each
        for each in found.items
        if each.handling.disclosable
        and not each.handling.judicial_hold
        and each.source is not None
        and each.state is not ItemState.RECALLED
    ]


def _ground(place: Place, item: KnownItem) -> Iterator[Field]:
    """Yield the fields of one fact; it is cited once its reasoning is there."""
    label = place.pack.source(item.source or "").label
    about = Field("", "", group=_FACT, part=str(item.item)[:8], about=label)
    lists = {
        "offence": place.pack.offences,
        "limb": place.pack.limbs,
        "person": place.pack.persons,
    }
    said = {
        "offence": words("Offence"),
        "limb": words("Limb of the test"),
        "person": words("Person it links"),
    }
    for name, rows in lists.items():
        choices = tuple(Choice(row.code, row.label, row.article) for row in rows)
        yield replace(
            about,
            name=f"{name}-{item.item}",
            label=said[name],
            kind=Kind.ONE,
            required=False,
            choices=choices,
            help=_NOT_CITED if name == "offence" else "",
        )
    yield replace(
        about,
        name=f"reasoning-{item.item}",
        label=words("Why this fact counts"),
        kind=Kind.TEXT,
        required=False,
    )


def _arguments(found: CaseOverview) -> range:
    counted = [each.arguments or 0 for each in found.hearings]
    return range(1, max(counted, default=0) + 1)


def _answer(number: int) -> Field:
    label = words("Answer to an argument of the hearing")
    return Field(
        f"answer-{number}", label, Kind.TEXT, False, group=_ARGUMENT, part=str(number)
    )


def _propose(place: Place, filled: Filled) -> Awaitable[Done]:
    months = filled.text("months")
    if months and not months.isdecimal():
        raise InvalidInput("this is no number of months", help="write it in digits")
    proposal = Proposal(
        outcome=filled.text("outcome"),
        motivation=_motivation(filled),
        months=int(months) if months else None,
        lifting_conditions=filled.text("lifting"),
    )
    seat = place.seat
    return decisions.propose(seat.desk, seat.officer, place.case, proposal)


def _motivation(filled: Filled) -> Motivation:
    """Return the reasons that were filled in.

    Raises:
        InvalidInput: a fact or the weighing is there in part only.
    """
    weighing = {name: filled.text(name) for name, _ in _WEIGHED}
    try:
        return Motivation.model_validate(
            {
                "summary": filled.text("summary"),
                "grounds": list(_grounds(filled)),
                "weighing": weighing if any(weighing.values()) else None,
                "answers": list(_answers(filled)),
            }
        )
    except ValidationError as error:
        raise InvalidInput(
            f"the reasons do not hold: {'; '.join(faults(error))}",
            help="write in full sentences, and fill in the whole of each fact or"
            " nothing of it",
        ) from None


def _grounds(filled: Filled) -> Iterator[dict[str, str]]:
    cited = [name for name in filled.values if name.startswith("reasoning-")]
    for name in cited:
        item = name.removeprefix("reasoning-")
        ground = {part: filled.text(f"{part}-{item}") for part in _OF_A_GROUND}
        if any(ground.values()):
            yield {"item": item, **ground}


def _answers(filled: Filled) -> Iterator[dict[str, object]]:
    for name in filled.values:
        if name.startswith("answer-") and filled.text(name):
            number = int(name.removeprefix("answer-"))
            yield {"argument": number, "answer": filled.text(name)}


FORMS = (Form(ActKind.DECISION_PROPOSE, words("Propose a decision"), _propose, _ask),)
