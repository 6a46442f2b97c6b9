"""How sharing rules and rulings are shown: in words, with file and article."""

from __future__ import annotations

from rich.console import RenderableType

from acts.policy.replaying import Replayed
from commands.terminal.output import fields, lines, table
from models.rulings import Ruling
from policies.rulings import SharingPolicies

_COLUMNS = "policy|file|article|mark|why"


def rule_document(sharing: SharingPolicies, identifier: str) -> dict[str, object]:
    """Return a rule for programs; one of another version has its id alone."""
    note = sharing.notes.get(identifier)
    if note is None:
        return {"policy": identifier}
    return {
        "policy": note.id,
        "effect": note.effect,
        "file": note.file,
        "articles": note.articles,
        "mark": note.mark,
        "to_confirm": note.to_confirm,
    }


def ruling_document(
    sharing: SharingPolicies, ruling: Ruling, language: str
) -> dict[str, object]:
    """Return a ruling for programs, with its reasons in words."""
    return {
        "verdict": ruling.verdict,
        "answer": sharing.answer(ruling, language),
        "reasons": sharing.explain(ruling, language),
        "policies": [rule_document(sharing, each) for each in ruling.policies],
        "errors": ruling.errors,
        "facts": ruling.facts.model_dump(mode="json"),
        "digest": ruling.digest,
        "engine": ruling.engine,
    }


def ruling_page(
    sharing: SharingPolicies, ruling: Ruling, language: str
) -> list[RenderableType]:
    """Return a ruling for people: the answer, the rules behind it, and the facts."""
    reasons = sharing.explain(ruling, language)
    rows = []
    for identifier, why in zip(ruling.policies, reasons, strict=False):
        note = sharing.notes.get(identifier)
        told = (
            (note.file, "; ".join(note.articles), note.mark) if note else ("", "", "")
        )
        rows.append((identifier, *told, why))
    facts = ruling.facts.model_dump(mode="json").items()
    return [
        lines(sharing.answer(ruling, language) + "\n", "bold"),
        table("decided by", _COLUMNS, rows) if rows else lines("\n".join(reasons)),
        lines(""),
        table("facts", "fact|value", ((_plain(n), _word(v)) for n, v in facts)),
    ]


def replay_document(found: Replayed) -> dict[str, object]:
    """Return a replayed ruling for programs."""
    return {
        **found.model_dump(mode="json"),
        "same_engine": found.same_engine,
        "same_texts": found.same_texts,
        "same_then": found.same_then,
        "same_now": found.same_now,
        "said": _said(found),
    }


def replay_page(
    sharing: SharingPolicies, found: Replayed, language: str
) -> list[RenderableType]:
    """Return a replayed ruling for people."""
    return [
        fields(
            ("ruling", str(found.id)),
            ("given", found.at),
            ("policies", found.stored.digest),
            ("engine", found.stored.engine),
        ),
        lines(""),
        *ruling_page(sharing, found.stored, language),
        lines("\n" + "\n".join(_said(found))),
    ]


def _said(found: Replayed) -> list[str]:
    """Return in words what taking a ruling again showed."""
    engine = f"The engine is the one that gave it, {found.now.engine}."
    if not found.same_engine:
        engine = f"It was given by {found.stored.engine}; {found.now.engine} is here."
    today = "The policies in force are the same texts."
    if not found.same_texts:
        gave = _gave(found.now, same=found.same_now)
        today = f"The policies have changed since, and those in force {gave}."
    own = f"Its own policies {_gave(found.then, same=found.same_then)}."
    return [engine, own, today]


def _gave(ruling: Ruling | None, *, same: bool) -> str:
    if ruling is None:
        return "cannot be read by this engine"
    if same:
        return "give the same answer, for the same reasons"
    by = ", ".join(ruling.policies) or "no policy"
    return f"give another answer: {ruling.verdict}, by {by}"


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _word(value: object) -> object:
    if value is False:
        return "no"
    return ", ".join(value) if isinstance(value, list) else value
