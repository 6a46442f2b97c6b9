"""Random worlds of officers, cases, questions and items, and how they are stored."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Table, insert

from storage import tables as t
from tests.oracles.walls import Emergency, Person, Row, Rows, Spell

AGENCIES = ("town", "village", "zone", "hub")
TOWNS = {"town", "village"}
FIRST = date(2026, 3, 2)
DAYS = [FIRST + timedelta(days=n) for n in (0, 3, 6)]
CASES, HANDOFFS, ITEMS = 200, 300, 900


def random_world(chance: random.Random) -> Rows:
    """Return a world in which the same few people meet again and again."""
    rows = Rows(municipalities=set(TOWNS))
    for agency in AGENCIES:
        for n in range(5):
            rows.people.append(
                Person(f"{agency}/{n}", agency, mayor=n == 0, supervisor=n == 1)
            )
    uid, one = partial(_uuid, chance), chance.choice
    for _ in range(CASES):
        case = uid()
        rows.cases[case] = Row(case, case, agency=one(sorted(TOWNS)))
    cases = list(rows.cases.values())
    for _ in range(HANDOFFS):
        case = one(cases)
        asker = one([case.agency, case.agency, "hub"])
        asked = one([each for each in AGENCIES if each != asker])
        parents = [
            h.id for h in rows.handoffs if h.case == case.id and h.asked == asker
        ]
        parent = one([None, *parents[:1]])
        rows.handoffs.append(
            Row(uid(), case.id, asker=asker, asked=asked, parent=parent)
        )
    for _ in range(ITEMS):
        case = one(cases)
        mine = [None] + [h.id for h in rows.handoffs if h.case == case.id]
        held = {one(AGENCIES): one(mine) for _ in range(chance.randint(0, 3))}
        rows.items.append(
            Row(
                uid(),
                case.id,
                handoff=one(mine),
                staged=chance.random() < 0.1,
                audience=frozenset(held.items()),
            )
        )
    _people(rows, chance)
    return rows


def _people(rows: Rows, chance: random.Random) -> None:
    one, cases = chance.choice, list(rows.cases)

    def spell(officer: Person, case: UUID | None, **more: object) -> Spell:
        start = FIRST + timedelta(days=chance.randint(-3, 5))
        until, ended = (
            one([None, start + timedelta(days=chance.randint(0, 5))]) for _ in range(2)
        )
        return Spell(officer.id, case, start, until, ended, officer.agency, **more)  # type: ignore[arg-type]

    for _ in range(600):
        who, case = one(rows.people), one(cases)
        theirs = [h.id for h in rows.handoffs if h.case == case]
        rows.namings.append(spell(who, case, handoff=one([None, *theirs])))
    for _ in range(12):
        who, case = one(rows.people), one([None, one(cases)])
        other = one([p for p in rows.people if p.agency == who.agency and p != who])
        lent = spell(who, case, covering=other.id)
        until = lent.until or lent.from_day + timedelta(days=9)  # a cover has an end
        rows.covers.append(replace(lent, until=until))
    for _ in range(120):
        shut = spell(one(rows.people), one(cases))
        rows.exclusions.append(
            Spell(shut.officer, shut.case, shut.from_day, None, shut.ended, shut.agency)
        )
    for _ in range(40):
        who, since = one(rows.people), noon(one(DAYS))
        since += timedelta(hours=chance.randint(-30, 30))
        until = since + timedelta(hours=chance.randint(1, 48))
        rows.emergencies.append(Emergency(who.id, who.agency, one(cases), since, until))


def _uuid(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def noon(day: date) -> datetime:
    """Return the middle of a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def store_people(connection: Connection, rows: Rows) -> None:
    """Store the directory; only the owner may."""
    agencies = {p.agency for p in rows.people}
    _all(
        connection,
        t.agency,
        [
            {
                "id": each,
                "kind": "municipality" if each in rows.municipalities else "hub",
                "name": each,
                "certificates": [],
                "statement": b"",
            }
            for each in sorted(agencies)
        ],
    )
    _all(
        connection,
        t.officer,
        [
            {
                "id": p.id,
                "agency_id": p.agency,
                "functions": _functions(p),
                "service_number": p.id,
            }
            for p in rows.people
        ],
    )


def store(connection: Connection, rows: Rows) -> None:
    """Store everything else, as the record step would."""
    for table, found in {
        t.case_file: [_case(row) for row in rows.cases.values()],
        t.handoff: [_handoff(row) for row in rows.handoffs],
        t.item: [_item(row) for row in rows.items],
        t.audience: [held for row in rows.items for held in _audience(row)],
        t.designation: [_naming(each) for each in rows.namings],
        t.cover: [_cover(each) for each in rows.covers],
        t.exclusion: [_exclusion(each) for each in rows.exclusions],
        t.glass: [_glass(each) for each in rows.emergencies],
    }.items():
        _all(connection, table, found)


def _all(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    connection.execute(insert(table), rows)


def _functions(person: Person) -> list[str]:
    titles = {"mayor": person.mayor, "supervisor": person.supervisor}
    return [title for title, held in titles.items() if held] or ["handler"]


def _case(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "route": "be-119ter",
        "pack_version": FIRST,
        "pack_digest": "",
        "agency_id": row.agency,
        "stage": "inquiry",
        "version": 1,
        "activity": "car_wash",
        "permit_regime": True,
        "opened_on": FIRST,
        "next_due": date.max,
        "secrecy": "invisible",
    }


def _handoff(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "case_id": row.case,
        "route": "be-119ter",
        "pack_version": FIRST,
        "parent_id": row.parent,
        "kind": "handoff",
        "source": "src.2",
        "asker": row.asker,
        "asked": row.asked,
        "state": "offered",
        "version": 1,
        "question_id": uuid4(),
        "purpose": "",
        "article": "",
        "offered_at": noon(FIRST),
    }


def _item(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "case_id": row.case,
        "act_id": uuid4(),
        "handoff_id": row.handoff,
        "originator": "zone",
        "state": "staged" if row.staged else "live",
        "added_on": FIRST,
        "header": b"{}",
        "commitment": b"",
        "signature": b"",
        "sealed_at": noon(FIRST),
    }


def _spell(each: Spell) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "case_id": each.case,
        "agency_id": each.agency,
        "from_day": each.from_day,
        "ended_on": each.ended,
    }


def _audience(row: Row) -> list[dict[str, Any]]:
    sealed = {
        "item_id": row.id,
        "case_id": row.case,
        "originator": "zone",
        "scope": "file",
    }
    return [
        {**sealed, "agency_id": agency, "handoff_id": serves}
        for agency, serves in row.audience
    ]


def _naming(each: Spell) -> dict[str, Any]:
    named = {"officer_id": each.officer, "handoff_id": each.handoff}
    return {**_spell(each), **named, "until_day": each.until}


def _cover(each: Spell) -> dict[str, Any]:
    lent = {"absent_id": each.officer, "covering_id": each.covering}
    return {**_spell(each), **lent, "until_day": each.until}


def _exclusion(each: Spell) -> dict[str, Any]:
    return {**_spell(each), "officer_id": each.officer, "ground": "family"}


def _glass(each: Emergency) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "case_id": each.case,
        "agency_id": each.agency,
        "officer_id": each.officer,
        "ground": "danger",
        "from_at": each.since,
        "until_at": each.until,
    }
