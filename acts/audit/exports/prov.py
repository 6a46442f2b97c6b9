"""W3C PROV in PROV-JSON: who had a part in what, and what it did to which things.

Each entry is an activity; cases, handoffs and items are entities, officers and
agencies agents. What collects, alters or erases *influences* an entity, because an
entry does not tell what was there before; everything else *uses* it. A recipient is
influenced too: it answers for nothing that the activity did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import orjson

from acts.audit.exports.streams import instant, members
from acts.audit.exports.told import Read, Told
from models.events import Operation

_PREFIX = {
    name: f"urn:estafette:{name}:"
    for name in ("entry", "case", "handoff", "item", "officer", "agency", "term")
}
_CHANGES = (Operation.COLLECTION, Operation.ALTERATION, Operation.ERASURE)
_SAID = (
    *("kind", "operation", "function", "purpose", "article", "detail", "ruling"),
    *("act", "system"),
)

Record = dict[str, object]
Part = Callable[[Told], Iterator[tuple[str, Record]]]
"""What an entry adds to one part of the document, each with its name, if it has one."""


def prov(read: Read) -> Iterator[bytes]:
    """Yield the document; entries are read anew for each of its parts.

    PROV-JSON orders by part, and only names of agents and entities are held in memory.
    """
    yield b'{"prefix": ' + orjson.dumps(_PREFIX)
    for name, part in _PARTS.items():
        yield b",\n" + orjson.dumps(name) + b": "
        yield from members(_once(read, part))
    yield b"}\n"


def _once(read: Read, part: Part) -> Iterator[tuple[str, Record]]:
    """Yield named records once each; relations have no names, and get numbers."""
    seen: set[str] = set()
    number = 0
    for each in read():
        for name, record in part(each):
            if name in seen:
                continue
            if name:
                seen.add(name)
            number += 1
            yield name or f"_:{number}", record


def _activities(told: Told) -> Iterator[tuple[str, Record]]:
    at = instant(told.at)
    said = {f"term:{each}": getattr(told, each) for each in _SAID}
    record: Record = {"prov:startTime": at, "prov:endTime": at}
    yield _entry(told), record | {name: word for name, word in said.items() if word}


def _agents(told: Told) -> Iterator[tuple[str, Record]]:
    for officer in (told.officer, told.on_behalf_of, told.named):
        if officer:
            yield f"officer:{officer}", _of_type("prov:Person")
    for agency in (told.agency, *told.recipients):
        yield f"agency:{agency}", _of_type("prov:Organization")


def _entities(told: Told) -> Iterator[tuple[str, Record]]:
    for name in _things(told):
        yield name, _of_type(f"term:{name.partition(':')[0]}")


def _associations(told: Told) -> Iterator[tuple[str, Record]]:
    actor = f"officer:{told.officer}" if told.officer else f"agency:{told.agency}"
    record: Record = {"prov:activity": _entry(told), "prov:agent": actor}
    yield "", record | ({"prov:role": told.function} if told.function else {})


def _delegations(told: Told) -> Iterator[tuple[str, Record]]:
    """Yield for whom an officer acted here: the agency, or an absent colleague too."""
    if told.officer:
        for other in (
            f"agency:{told.agency}",
            *([f"officer:{told.on_behalf_of}"] if told.on_behalf_of else ()),
        ):
            yield (
                "",
                {
                    "prov:delegate": f"officer:{told.officer}",
                    "prov:responsible": other,
                    "prov:activity": _entry(told),
                },
            )


def _usages(told: Told) -> Iterator[tuple[str, Record]]:
    if told.operation not in _CHANGES:
        for name in _things(told):
            yield "", {"prov:activity": _entry(told), "prov:entity": name}


def _influences(told: Told) -> Iterator[tuple[str, Record]]:
    changed = _things(told) if told.operation in _CHANGES else ()
    yield from (_influence(told, each, told.operation) for each in changed)
    if told.named:
        yield _influence(told, f"officer:{told.named}", "named")
    for agency in told.recipients:
        yield _influence(told, f"agency:{agency}", "recipient")


def _influence(told: Told, whom: str, how: str) -> tuple[str, Record]:
    return "", {
        "prov:influencee": whom,
        "prov:influencer": _entry(told),
        "term:role": how,
    }


def _things(told: Told) -> list[str]:
    single = [
        f"{thing}:{name}"
        for thing, name in (("case", told.case), ("handoff", told.handoff))
        if name
    ]
    return single + [f"item:{each}" for each in told.items]


def _entry(told: Told) -> str:
    return f"entry:{told.entry}"


def _of_type(name: str) -> Record:
    return {"prov:type": {"$": name, "type": "prov:QUALIFIED_NAME"}}


_PARTS: dict[str, Part] = {
    "activity": _activities,
    "agent": _agents,
    "entity": _entities,
    "wasAssociatedWith": _associations,
    "actedOnBehalfOf": _delegations,
    "used": _usages,
    "wasInfluencedBy": _influences,
}
