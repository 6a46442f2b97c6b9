"""Whom the rows of a list are about: opened at the reader's node, under one entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import orjson
from sqlalchemy import Connection

from acts.desk import Desk
from acts.items.reading import read_all
from models.agencies import Reader
from models.ids import CaseId, ItemId
from models.items import ItemKind, KnownItem
from storage import items, numbers


def names_of_cases(
    desk: Desk, reader: Reader, cases: Sequence[CaseId]
) -> dict[CaseId, str]:
    """Return the name on the subject card of each case whose card may be read."""
    agency = reader.officer.agency

    def cards(connection: Connection) -> list[KnownItem]:
        about = numbers.items_about(connection, agency, cases)
        known = items.known_among(connection, agency, about)
        return [each for each in known if each.kind is ItemKind.SUBJECT_CARD]

    opened = read_all(desk, reader, cards)
    return {each.known.case: name_in(each.body) for each in opened}


def names_of_questions(
    desk: Desk, reader: Reader, questions: Sequence[ItemId]
) -> dict[ItemId, str]:
    """Return whom each question is about that may be read.

    Only minimal identifiers go with a question: mostly there is no name of a firm.
    """

    def asked(connection: Connection) -> list[KnownItem]:
        return items.known_among(connection, reader.officer.agency, questions)

    opened = read_all(desk, reader, asked)
    return {each.known.item: name_in(each.body) for each in opened}


def name_in(body: bytes) -> str:
    """Return the name of the enterprise, or of the persons, or else its number.

    What came from elsewhere may have any form: without a name there is none.
    """
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError:
        return ""
    about = content.get("about", content) if isinstance(content, dict) else None
    if not isinstance(about, dict):
        return ""
    persons = about.get("persons")
    people = [
        _person(each)
        for each in (persons if isinstance(persons, list) else [])
        if isinstance(each, dict)
    ]
    named = ", ".join(each for each in people if each)
    return _words(about, "enterprise_name") or named or _words(about, "id.kbo")


def _person(person: Mapping[str, object]) -> str:
    first, name = _words(person, "id.first"), _words(person, "id.name")
    return f"{first} {name}".strip()


def _words(holder: Mapping[str, object], field: str) -> str:
    found = holder.get(field)
    return found if isinstance(found, str) else ""
