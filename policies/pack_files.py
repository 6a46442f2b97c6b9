"""Reading pack files: plain YAML, every value remembered with its file and line.

Only mappings, lists and text are read. Numbers, dates and truth values stay text until
the model gives them a type, so that `no` is a word and `137` an article. Anchors,
aliases, tags and repeated keys are refused: a pack must read the same to everyone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import yaml

from models.errors import PackInvalid
from policies.plain_yaml import LOADER

Tree = str | list["Tree"] | dict[str, "Tree"] | None
Way = tuple[str | int, ...]
"""The way to a value: keys and positions from the top."""

LARGEST_FILE = 200_000
DEEPEST = 12


@dataclass(frozen=True)
class Place:
    """A line of a file, counted from one."""

    file: str
    line: int


@dataclass
class Document:
    """What one file, or a pack of several files, holds, and where each value stands."""

    data: dict[str, Tree]
    places: dict[Way, Place] = field(default_factory=dict)

    def place(self, way: Way) -> Place:
        """Return where a value stands, or else the nearest value around it."""
        for length in range(len(way), -1, -1):
            if found := self.places.get(way[:length]):
                return found
        return Place("?", 0)

    def join(self, part: Document) -> None:
        """Add the keys of a part: lists are lengthened, mappings get more keys.

        Raises:
            PackInvalid: both give the same value.
        """
        for key, value in part.data.items():
            self._join_key(part, key, value)

    def _join_key(self, part: Document, key: str, value: Tree) -> None:
        known = self.data.get(key)
        shift = 0
        if key not in self.data:
            self.data[key] = value
        elif isinstance(known, list) and isinstance(value, list):
            shift = len(known)
            known.extend(value)
        elif isinstance(known, dict) and isinstance(value, dict):
            if twice := sorted(known.keys() & value.keys()):
                refuse(part.place((key, twice[0])), f"`{twice[0]}` is given twice")
            known.update(value)
        else:
            refuse(part.place((key,)), f"`{key}` is given twice")
        for way, place in part.places.items():
            if way and way[0] == key:
                self.places.setdefault(_shifted(way, shift), place)


def read_document(file: Path, name: str) -> Document:
    """Read one YAML file; `name` is how errors call it.

    Raises:
        PackInvalid: unreadable, too large, or more than plain YAML.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        refuse(Place(name, 0), f"cannot be read: {error.strerror}")
    if len(raw) > LARGEST_FILE:
        refuse(Place(name, 0), f"is larger than {LARGEST_FILE} bytes; split it")
    try:
        events = list(yaml.parse(raw, Loader=LOADER))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "is not UTF-8 text"
        refuse(Place(name, line), f"is not YAML: {problem}")
    return _Builder(name, events).document()


def refuse(place: Place, reason: str) -> NoReturn:
    """Raise the error of a pack that does not hold."""
    where = f"`{place.file}`" + (f" line {place.line}" if place.line else "")
    raise PackInvalid(
        f"{where}: {reason}",
        help="correct the file; docs/how-to/add-a-route.md explains every key",
        file=place.file,
        line=place.line,
        reason=reason,
    )


class _Builder:
    """Builds one document from the events of the YAML parser."""

    def __init__(self, name: str, events: list[yaml.Event]) -> None:
        self._name = name
        self._events = [e for e in events if not isinstance(e, yaml.StreamStartEvent)]
        self._next = 0
        self._places: dict[Way, Place] = {}

    def document(self) -> Document:
        first = self._take()
        if not isinstance(first, yaml.DocumentStartEvent):
            refuse(Place(self._name, 1), "is empty")
        data = self._value(())
        self._take()
        if not isinstance(self._peek(), yaml.StreamEndEvent):
            refuse(self._here(self._peek()), "holds a second document")
        if not isinstance(data, dict):
            refuse(Place(self._name, 1), "must be a mapping at the top")
        return Document(data, self._places)

    def _value(self, way: Way) -> Tree:
        event = self._take()
        self._refuse_cleverness(event)
        self._places.setdefault(way, self._here(event))
        if len(way) > DEEPEST:
            refuse(self._here(event), f"is nested deeper than {DEEPEST}")
        if isinstance(event, yaml.ScalarEvent):
            return _text(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(way)
        return self._mapping(way)

    def _list(self, way: Way) -> Tree:
        values: list[Tree] = []
        while not isinstance(self._peek(), yaml.SequenceEndEvent):
            values.append(self._value((*way, len(values))))
        self._take()
        return values

    def _mapping(self, way: Way) -> Tree:
        values: dict[str, Tree] = {}
        while not isinstance(self._peek(), yaml.MappingEndEvent):
            key = self._take()
            self._refuse_cleverness(key)
            if not isinstance(key, yaml.ScalarEvent):
                refuse(self._here(key), "a key must be a word")
            if key.value in values:
                refuse(self._here(key), f"key `{key.value}` is given twice")
            self._places[(*way, key.value)] = self._here(key)
            values[key.value] = self._value((*way, key.value))
        self._take()
        return values

    def _refuse_cleverness(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            refuse(self._here(event), "anchors and aliases are not allowed")
        if tag := getattr(event, "tag", None):
            refuse(self._here(event), f"tag `{tag}` is not allowed")

    def _here(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self._name, mark.line + 1 if mark else 1)

    def _peek(self) -> yaml.Event:
        return self._events[self._next]

    def _take(self) -> yaml.Event:
        event = self._events[self._next]
        self._next += 1
        return event


def _text(event: yaml.ScalarEvent) -> str | None:
    plain = event.style is None or event.style == ""
    return None if plain and event.value in ("", "~", "null") else str(event.value)


def _shifted(way: Way, shift: int) -> Way:
    if len(way) > 1 and isinstance(way[1], int):
        return (way[0], way[1] + shift, *way[2:])
    return way
