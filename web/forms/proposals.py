"""The mayor's proposal: each fact with its source, each argument with its answer."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Mapping, Sequence
from dataclasses import replace

from pydantic import ValidationError

from acts import decisions
from acts.decisions import Proposal
from acts.pages.overview import CaseOverview
from acts.pages.readiness import uncitable
from acts.performing import Done
from models.act_kinds import ActKind
from models.errors import InvalidInput
from models.faults import faults
from models.ids import ItemId
from models.items import ItemKind, KnownItem
from models.motivation import Motivation
from web.forms.fields import About, Body, Choice, Field, Filled, Kind, Said
from web.forms.form import Form, Place
from web.languages import words
from web.words.items import KINDS

_WEIGHED = (
    ("gravity", words("Gravity of the facts")),
    ("link_with_sector", words("Link with the sector")),
    ("advantages", words("Advantages that were drawn")),
    ("milder_measures", words("Milder measures that were considered")),
)
_FACT, _ARGUMENT = words("Fact"), words("Argument")
_FOR_MEASURE = words("needed for a measure")
_FOR_TERM = words("needed if the law limits the measure in time")
_FOR_LIFTING = words("needed for a suspension")
_IF_CITED = words("needed if the fact is cited")
_NOT_CITED = words("Leave all of a fact empty that is not cited.")
_WEIGH = words("fill this in too: a measure needs the whole of the weighing")
_CITE = words("fill this in too: a fact is cited with all its fields, or not at all")
_SHORT = words("this does not hold: write it in full sentences")
_WHOLE = "write in full sentences, and fill in the whole of each fact or nothing of it"
_OF_A_GROUND = ("offence", "limb", "person", "reasoning")


def _ask(place: Place) -> Sequence[Field]:
    found = place.overview()
    outcomes = tuple(
        Choice(row.code, row.label, row.article)
        for row in place.pack.measures(found.case.permit_regime)
    )
    return (
        Field(
            "outcome",
            words("Outcome"),
            Kind.ONE,
            choices=outcomes,
            help=words(
                "A measure needs one fact at least, with all its fields, the weighing,"
                " and an answer to each argument. Without a measure, close the case."
            ),
        ),
        _sometimes("months", words("For how many months"), _FOR_TERM, Kind.LINE),
        _sometimes("lifting", words("Conditions for lifting it"), _FOR_LIFTING),
        Field("summary", words("Summary of the reasons"), Kind.TEXT),
        *(each for item in _citable(place, found) for each in _ground(place, item)),
        *(
            replace(
                _sometimes(name, label, _FOR_MEASURE), article="NLC 119ter §10 al.3"
            )
            for name, label in _WEIGHED
        ),
        *(_answer(place, found, number) for number in _arguments(found)),
    )


def _sometimes(name: str, label: str, needed: str, kind: Kind = Kind.TEXT) -> Field:
    """Return a field that has to be filled in for some proposals only."""
    return Field(name, label, kind, required=False, needed=needed)


def _citable(place: Place, found: CaseOverview) -> list[KnownItem]:
    """Return what came from a source and may be cited."""
    seat = place.seat
    barred = uncitable(seat.desk, seat.officer, found.case.id, found.items)
    return [each for each in found.items if each.source and each.item not in barred]


def _ground(place: Place, item: KnownItem) -> Iterator[Field]:
    """Yield the fields of one fact; it is cited once its reasoning is there."""
    about = replace(
        _sometimes("", "", _IF_CITED),
        group=_FACT,
        part=str(item.item)[:8],
        about=About(_told(place, item), _where(place, item.item)),
    )
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
            choices=choices,
            help=_NOT_CITED if name == "offence" else "",
        )
    yield replace(
        about,
        name=f"reasoning-{item.item}",
        label=words("Why this fact counts"),
    )


def _told(place: Place, item: KnownItem) -> tuple[Said, ...]:
    """Return what may be said of an item that nobody opens."""
    source = place.pack.source(item.source or "").label
    told = (KINDS[item.kind], source, Body(item.originator))
    return told if item.added_on is None else (*told, item.added_on)


def _where(place: Place, item: ItemId) -> str:
    """Return where an item of the case can be opened, for a reason."""
    return f"/cases/{place.case}/decision#item-{item}"


def _arguments(found: CaseOverview) -> range:
    counted = [each.arguments or 0 for each in found.hearings]
    return range(1, max(counted, default=0) + 1)


def _answer(place: Place, found: CaseOverview, number: int) -> Field:
    """Return where an argument is answered; the minutes hold what it says."""
    held = (each for each in found.hearings if (each.arguments or 0) >= number)
    hearing = next((each for each in held if each.minutes), None)
    about = None
    if hearing is not None and hearing.minutes is not None:
        said = (KINDS[ItemKind.MINUTES], hearing.hearing_on)
        about = About(said, _where(place, hearing.minutes))
    label = words("Answer to an argument of the hearing")
    return replace(
        _sometimes(f"answer-{number}", label, _FOR_MEASURE),
        group=_ARGUMENT,
        part=str(number),
        about=about,
    )


def _propose(place: Place, filled: Filled) -> Awaitable[Done]:
    months = filled.text("months")
    if months and not months.isdecimal():
        raise InvalidInput(
            "this is no number of months", help="write it in digits", field="months"
        )
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
    grounds = list(_grounds(filled))
    if lacking := {**_unweighed(weighing), **_unfinished(grounds)}:
        raise InvalidInput(
            "the reasons are not complete: fill in what is said at its field",
            help=_WHOLE,
            faults=lacking,
        )
    try:
        return Motivation.model_validate(
            {
                "summary": filled.text("summary"),
                "grounds": grounds,
                "weighing": weighing if any(weighing.values()) else None,
                "answers": list(_answers(filled)),
            }
        )
    except ValidationError as error:
        raise InvalidInput(
            f"the reasons do not hold: {'; '.join(faults(error))}",
            help=_WHOLE,
            faults=_at_fields(error, filled),
        ) from None


def _unweighed(weighing: Mapping[str, str]) -> dict[str, str]:
    """Return what a weighing that was begun still lacks, by field."""
    begun = any(weighing.values())
    return {name: _WEIGH for name, said in weighing.items() if begun and not said}


def _unfinished(grounds: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return what facts that are cited still lack, by field."""
    return {
        f"{part}-{ground['item']}": _CITE
        for ground in grounds
        for part in _OF_A_GROUND
        if not ground[part]
    }


def _at_fields(error: ValidationError, filled: Filled) -> dict[str, str]:
    """Return the faults of the reasons by the field in which each was written."""
    grounds = [each["item"] for each in _grounds(filled)]
    answers = [each["argument"] for each in _answers(filled)]
    found = {}
    for each in error.errors(include_input=False, include_url=False):
        match each["loc"]:
            case ("grounds", int(row), str(part)):
                found[f"{part}-{grounds[row]}"] = _SHORT
            case ("answers", int(row), _):
                found[f"answer-{answers[row]}"] = _SHORT
            case (*_, str(name)):
                found[name] = _SHORT
    return found


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
