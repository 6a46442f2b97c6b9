"""What a subject card must hold beyond its own form: words of the pack, past days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.errors import InvalidInput
from models.packs import Pack
from models.subjects import SubjectCard
from policies.sharing_files import LANGUAGES


def check_subject(card: SubjectCard, pack: Pack, today: date) -> None:
    """Refuse a card with a role, a language or a day of birth that cannot be.

    Raises:
        InvalidInput: names every field that does not hold, and what may stand there.
    """
    if found := list(_faults(card, pack, today)):
        raise InvalidInput(
            f"the subject card does not hold: {'; '.join(found)}",
            help=f"correct the subject file; for the roles {pack.see('persons')}",
        )


def _faults(card: SubjectCard, pack: Pack, today: date) -> Iterator[str]:
    roles = [row.code for row in pack.persons]
    if card.language not in LANGUAGES:
        yield f"`language` must be one of {', '.join(LANGUAGES)}"
    for number, person in enumerate(card.persons):
        if person.role not in roles:
            yield f"`persons.{number}.role` must be one of {', '.join(roles)}"
        if person.birth_date is not None and person.birth_date > today:
            yield f"`persons.{number}.birth_date` is in the future"
