"""OCEL 2.0 in JSON: an object-centric event log, for process mining.

Each entry is an event of its kind; what it is about are its objects. The published
schema knows no attribute values but strings, and so neither do we.
"""

from __future__ import annotations

from collections.abc import Iterator

from acts.audit.exports.streams import array, instant
from acts.audit.exports.told import Read, Told

OBJECTS = ("case", "handoff", "item", "officer", "agency")
ATTRIBUTES = (
    *("operation", "function", "purpose", "article", "detail", "ruling"),
    *("act", "system"),
)

Objects = dict[str, str]
"""By id, the object that each belongs to; empty where none is known."""


def ocel(read: Read) -> Iterator[bytes]:
    """Yield the log; of all entries, ids and kinds alone are held in memory."""
    objects: Objects = {}
    kinds: set[str] = set()
    yield b'{"events": '
    yield from array(_events(read, objects, kinds))
    yield b',\n"objects": '
    yield from array(_object(*each) for each in sorted(objects.items()))
    yield b',\n"eventTypes": '
    yield from array(_type(kind, ATTRIBUTES) for kind in sorted(kinds))
    yield b',\n"objectTypes": '
    yield from array(_type(name, ()) for name in OBJECTS)
    yield b"}\n"


def _events(
    read: Read, objects: Objects, kinds: set[str]
) -> Iterator[dict[str, object]]:
    for each in read():
        kinds.add(each.kind)
        links = list(_links(each))
        for _, found in links:
            objects.setdefault(found, "")
        objects.update(_belonging(each))
        yield _event(each, links)


def _event(told: Told, links: list[tuple[str, str]]) -> dict[str, object]:
    said = {name: getattr(told, name) for name in ATTRIBUTES}
    return {
        "id": f"entry:{told.entry}",
        "type": told.kind,
        "time": instant(told.at),
        "attributes": [{"name": n, "value": v} for n, v in said.items() if v],
        "relationships": [{"objectId": o, "qualifier": q} for q, o in links],
    }


def _links(told: Told) -> Iterator[tuple[str, str]]:
    """Yield what an event is about, each with the word for how."""
    for qualifier in ("case", "handoff"):
        if name := getattr(told, qualifier):
            yield qualifier, f"{qualifier}:{name}"
    for item in told.items:
        yield "item", f"item:{item}"
    for qualifier in ("officer", "on_behalf_of", "named"):
        if name := getattr(told, qualifier):
            yield qualifier, f"officer:{name}"
    yield "agency", f"agency:{told.agency}"
    for agency in told.recipients:
        yield "recipient", f"agency:{agency}"


def _belonging(told: Told) -> Objects:
    """Return what is known to belong to what: to a case, or to an agency."""
    found = {}
    if told.case:
        parts = [("item", each) for each in told.items]
        parts += [("handoff", told.handoff)] if told.handoff else []
        found = {f"{thing}:{name}": f"case:{told.case}" for thing, name in parts}
    if told.officer:
        found[f"officer:{told.officer}"] = f"agency:{told.agency}"
    return found


def _object(name: str, owner: str) -> dict[str, object]:
    links = [{"objectId": owner, "qualifier": "belongs to"}] if owner else []
    thing = name.partition(":")[0]
    return {"id": name, "type": thing, "attributes": [], "relationships": links}


def _type(name: str, attributes: tuple[str, ...]) -> dict[str, object]:
    return {
        "name": name,
        "attributes": [{"name": each, "type": "string"} for each in attributes],
    }
