"""How handoffs are shown: an inbox, and one handoff with its items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rich.console import RenderableType

from acts.pages.lists import Inbox, NoticeLine
from acts.pages.withdrawn import TakenBack
from commands.case.views import taken_back_tables
from commands.handoff.hints import hint_on
from commands.terminal.offices import Office
from commands.terminal.output import fields, lines, short, table
from models.handoffs import HandoffRecord
from models.ids import ItemId
from models.people import Glass
from models.twins import ChangeSigned
from policies.remaining import days_left

_REVIEW = "review an emergency: estafette case review CASE --outcome WORD"


@dataclass(frozen=True)
class ShownInbox:
    """What waits for an agency, on the day it is looked at; names, if asked."""

    found: Inbox
    today: date
    names: Mapping[ItemId, str] | None = None

    @property
    def document(self) -> dict[str, Any]:
        """Return the inbox as a document."""
        return {
            "today": self.today,
            "handoffs": [
                _document(each, self.today) | self.name(each)
                for each in self.found.handoffs
            ],
            "notices": [each.model_dump(mode="json") for each in self.found.notices],
            "reviews": [each.model_dump(mode="json") for each in self.found.reviews],
        }

    def name(self, handoff: HandoffRecord) -> dict[str, str | None]:
        """Return whom a question is about, if that was asked; None: not to be known."""
        if self.names is None:
            return {}
        return {"about": self.names.get(handoff.question) or None}


def inbox_page(shown: ShownInbox) -> list[RenderableType]:
    """Return the inbox as tables, and what to do with it."""
    asked = (
        (
            short(h.id), h.asker, h.source, h.inside or h.state, h.due_on,
            _left(h, shown.today),
            short(h.question), h.purpose, h.article, *shown.name(h).values(),
        )
        for h in shown.found.handoffs
    )  # fmt: skip
    columns = "handoff|asked by|source|state|due|days left|question|purpose?|article?"
    if shown.names is not None:
        columns += "|about"
    hint = (
        "receive: estafette handoff receive HANDOFF"
        " - read: estafette item show QUESTION --reason answering"
    )
    return [
        table("inbox", columns, asked),
        notices_table(shown.found.notices),
        *([reviews_table(shown.found.reviews)] if shown.found.reviews else []),
        lines(hint if shown.found.handoffs else "", "dim"),
        lines(_REVIEW if shown.found.reviews else "", "dim"),
    ]


@dataclass(frozen=True)
class ShownAsked:
    """What an agency asked others, on the day it is looked at."""

    found: Sequence[HandoffRecord]
    today: date

    @property
    def document(self) -> dict[str, Any]:
        """Return the questions as a document."""
        asked = [_document(each, self.today) for each in self.found]
        return {"today": self.today, "handoffs": asked}


def asked_table(title: str, handoffs: Sequence[dict[str, Any]]) -> RenderableType:
    """Return own questions to others, from their documents, as a table."""
    rows = (
        (
            short(h.id), h.asked, h.source, h.state, h.due_on, left,
            short(h.parent) or short(h.case),
        )
        for h, left in map(_read, handoffs)
    )  # fmt: skip
    return table(title, "handoff|asked|source|state|due|days left|serves", rows)


def notices_table(found: Sequence[NoticeLine]) -> RenderableType:
    """Return notices as a table."""
    rows = (
        (
            n.at, n.kind, n.clock, n.detail, short(n.handoff) or short(n.case),
            n.due_on,
        )
        for n in found
    )  # fmt: skip
    return table("notices", "when|what|term|outcome|about|due", rows)


def reviews_table(found: Sequence[Glass]) -> RenderableType:
    """Return the emergencies that wait for a review."""
    rows = (
        (short(g.id), short(g.case), g.officer, g.ground, g.until_at) for g in found
    )
    return table("emergencies to review", "emergency|case|officer|ground|until", rows)


def shown(office: Office, given: str) -> dict[str, Any]:
    """Return one handoff with the headers of its items, as a document."""
    handoff = office.id_of("handoff", given)
    found, asked = office.handoff(handoff), office.release_of(handoff)
    release = {} if asked is None else {"release": asked.model_dump(mode="json")}
    return {
        **_document(found.handoff, office.today),
        **release,
        "taken_back": [i.model_dump(mode="json") for i in found.taken_back],
        "items": [i.model_dump(mode="json", exclude={"audience"}) for i in found.items],
        "children": [_document(each, office.today) for each in found.children],
        "changes": [each.model_dump(mode="json") for each in found.changes],
        "hint": hint_on(office, found.handoff),
    }


def page(document: dict[str, Any]) -> list[RenderableType]:
    """Return one handoff as its reader sees it."""
    names = (
        "id", "case", "parent", "asker", "asked", "source", "state", "purpose",
        "article", "offered_at", "due_on", "days_left", "question", "inside",
    )  # fmt: skip
    rows = (
        (
            short(i["item"]), i["kind"], i["originator"], i["state"],
            i["handling"]["disclosable"],
        )
        for i in document["items"]
    )  # fmt: skip
    gone = [TakenBack.model_validate(each) for each in document["taken_back"]]
    children = document["children"]
    handoff, left = _read(document)
    known = handoff.model_dump() | {"days_left": left}
    return [
        fields(
            *((name.replace("_", " "), known[name]) for name in names),
            *_release(document.get("release")),
        ),
        table("items", "item|kind|from|state|disclosable", rows),
        *taken_back_tables(gone),
        *([asked_table("asked for it", children)] if children else []),
        _changes_table(document["changes"]),
        lines(document["hint"], "dim"),
    ]


def _changes_table(changes: Sequence[dict[str, Any]]) -> RenderableType:
    """Return what became of a handoff, and whether both sides signed that."""
    rows = (
        (each.at, each.change, ", ".join(each.unsigned) or "both sides signed")
        for each in map(ChangeSigned.model_validate, changes)
    )
    return table("changes", "when|change|not signed yet by", rows)


def _release(asked: dict[str, Any] | None) -> list[tuple[str, Any]]:
    """Return what a request to let an item go on is about."""
    if asked is None:
        return []
    return [
        ("item", asked["item"]),
        ("shall go to", asked["recipient"]),
        ("under", asked["article"]),
    ]


def _document(handoff: HandoffRecord, today: date) -> dict[str, Any]:
    return {**handoff.model_dump(mode="json"), "days_left": _left(handoff, today)}


def _read(document: dict[str, Any]) -> tuple[HandoffRecord, int | None]:
    """Return the handoff that a document tells of, and the days it has left."""
    own = {name: document[name] for name in HandoffRecord.model_fields}
    return HandoffRecord.model_validate(own), document["days_left"]


def _left(handoff: HandoffRecord, today: date) -> int | None:
    if handoff.due_on is None or handoff.closed_at is not None:
        return None
    return days_left(handoff.due_on, today)
