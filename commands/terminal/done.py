"""What came of an act: for people, and for programs that go on from it."""

from __future__ import annotations

from typing import Any

from acts.next_steps import NextStep, WhatNext
from acts.reporting import MADE, Report
from commands.terminal.output import fields, short, show, word
from models.decisions import AppealWait

# What the word of a program says to a person.
WAITS = {
    None: "",
    AppealWait.TERM: "the end of the term for appeal",
    AppealWait.JUDGMENT: "the judgment on an appeal",
    AppealWait.CONFIRMATION: "word that no appeal was lodged: estafette appeal none",
}
_WAITING = "nothing to do: it will be taken up by itself"
_SAID = {"glass": "emergency"}


def _reported(done: Report) -> dict[str, Any]:
    """Return an act and its outcome as a document.

    Keys: `act`, `kind`, `case`, what it made or moved (`handoff`, `item`, `hearing`,
    `decision`, `appeal`, `glass`), `taken_up`, and once it is: `stage` and `receipt`.
    """
    plain = done.model_dump(mode="json", exclude={"next"})
    document = {name: plain[name] for name in ("act", "kind", "case")}
    document |= {name: plain[name] for name in MADE if plain[name]}
    document["taken_up"] = done.taken_up
    if done.taken_up:
        document |= {"stage": done.stage, "receipt": done.receipt}
    return document


def next_line(found: WhatNext) -> str:
    """Return what can be done next, in one line; empty when nothing leads on."""
    said = [", ".join(_command(step) for step in found.steps)] if found.steps else []
    if found.waits_for is not None:
        said.append(f"the case waits for {WAITS[found.waits_for]}")
    elif not found.steps and found.destruction is not None:
        due = found.destruction
        said.append(f"nothing; on {word(due.due_on)} data end under {due.rule}")
    return "; ".join(said)


def _told(found: WhatNext) -> dict[str, Any]:
    """Return what can be done next as a document.

    Keys: `next`, each with `command` and whose it is if not one's own (`by`);
    `waits_for`; `last_day` of the term that the act set or moved.
    """
    steps = [{"command": _typed(step), "by": list(step.by)} for step in found.steps]
    return {
        "next": steps,
        "waits_for": found.waits_for,
        **({"last_day": found.last_day} if found.last_day else {}),
    }


def _command(step: NextStep) -> str:
    by = f" ({' or '.join(step.by)})" if step.by else ""
    return f"{_typed(step)}{by}"


def _typed(step: NextStep) -> str:
    return f"estafette {step.act.replace('.', ' ').replace('_', '-')}"


def show_done(done: Report, *, as_json: bool) -> None:
    """Write the document, or what a person needs of it and of what can be done next."""
    document, found = _reported(done), done.next
    state = "recorded" if document["taken_up"] else "stored, not yet taken up"
    made = [
        (_SAID.get(name, name), short(document[name]))
        for name in MADE
        if name in document
    ]
    shown = fields(
        (state, document["kind"]),
        ("case", short(document["case"])),
        *made,
        ("stage", document.get("stage")),
        ("receipt", document.get("receipt")),
        ("last day", found.last_day),
        ("next", next_line(found) if document["taken_up"] else _WAITING),
    )
    show(document | _told(found), shown, as_json=as_json)
