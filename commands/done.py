"""What came of an act: for people, and for programs that go on from it."""

from __future__ import annotations

from typing import Any

from acts.performing import Done
from commands.output import fields, short, show

_WAITING = "nothing to do: it will be taken up by itself"
# What an act may bring into being; later acts refer to it.
_MADE = ("handoff", "item", "hearing", "decision", "appeal", "glass")


def report(done: Done) -> dict[str, Any]:
    """Return an act and its outcome as a document.

    Keys: `act`, `kind`, `case`, what it made or moved (`handoff`, `item`, `hearing`,
    `decision`, `appeal`, `glass`), `taken_up`, and once it is: `stage` and `receipt`.
    """
    message = done.message.model_dump(mode="json")
    document: dict[str, Any] = {
        "act": str(done.act),
        "kind": done.message.kind,
        "case": str(done.case),
        **{name: message[name] for name in _MADE if message.get(name)},
        "taken_up": done.taken_up,
    }
    if done.outcome is not None:
        document |= {"stage": done.outcome.stage, "receipt": done.outcome.receipt}
    return document


def show_done(document: dict[str, Any], *, as_json: bool) -> None:
    """Write the document, or what a person needs of it."""
    state = "recorded" if document["taken_up"] else "stored, not yet taken up"
    made = [(name, short(document[name])) for name in _MADE if name in document]
    shown = fields(
        (state, document["kind"]),
        ("case", short(document["case"])),
        *made,
        ("stage", document.get("stage")),
        ("receipt", document.get("receipt")),
        ("next", "" if document["taken_up"] else _WAITING),
    )
    show(document, shown, as_json=as_json)
