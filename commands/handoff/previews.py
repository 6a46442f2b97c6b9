"""`estafette handoff preview` and `preview-answer`: what the other agency will see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rich.console import RenderableType

from acts.previewing import Preview, SeenItem
from commands.terminal.output import fields, lines, table
from models.rulings import Ruling
from policies.rulings import SharingPolicies

MASKING = (
    "Masking is by whole fields of the subject: a field goes or stays. Nothing is"
    " blacked out inside a text, and no item of the file goes along."
)


@dataclass(frozen=True)
class ShownPreview:
    """A preview, and the rules in words."""

    found: Preview
    sharing: SharingPolicies

    @property
    def document(self) -> dict[str, Any]:
        """Return the preview for programs."""
        found = self.found
        return {
            "to": found.to,
            "leaves": found.leaves,
            "question": found.question and found.question.model_dump(mode="json"),
            "sees": [_plain(each) for each in found.seen],
            "rulings": [self._ruling(each) for each in found.rulings],
            "withheld": [each.model_dump() for each in found.withheld],
            "masking": MASKING,
        }

    @property
    def page(self) -> list[RenderableType]:
        """Return the preview for people."""
        found = self.found
        stays = ((w.field, w.article) for w in found.withheld)
        reasons = (
            (kind, each["answer"], ", ".join(each["policies"]), each["articles"], why)
            for kind, each in zip(
                [item.kind for item in found.items],
                [self._ruling(ruling) for ruling in found.rulings],
                strict=True,
            )
            for why in each["reasons"]
        )
        told = f"`{found.to}` will see this:" if found.leaves else "nothing leaves."
        return [
            lines(told, "bold"),
            *self._header(),
            *(part for item in found.seen for part in _shown(item)),
            table("rules", "item|answer|policies|articles|why", reasons),
            table("stays with you", "field|only the list may leave", stays),
            lines(MASKING, "dim"),
        ]

    def _header(self) -> list[RenderableType]:
        asked = self.found.question
        if asked is None or not self.found.leaves:
            return []
        return [
            fields(
                ("asked by", asked.asker),
                ("source", f"{asked.source} ({asked.kind})"),
                ("purpose", asked.purpose),
                ("article", asked.article),
            )
        ]

    def _ruling(self, ruling: Ruling) -> dict[str, Any]:
        notes = [self.sharing.notes[each] for each in ruling.policies]
        return {
            "verdict": ruling.verdict,
            "answer": self.sharing.answer(ruling, "en"),
            "policies": list(ruling.policies),
            "articles": "; ".join(a for note in notes for a in note.articles),
            "reasons": list(self.sharing.explain(ruling, "en")),
        }


def _plain(item: SeenItem) -> dict[str, Any]:
    return {**item.model_dump(mode="json", exclude={"body"}), "body": _text(item)}


def _shown(item: SeenItem) -> list[RenderableType]:
    handling = item.handling
    grade = f"{handling.source_grade}{handling.information_grade}"
    return [
        fields(
            ("item", item.kind),
            ("from", item.originator),
            ("source", item.source),
            ("basis", handling.basis),
            ("nature", f"{handling.nature}, grade {grade}, {handling.code}"),
            ("disclosable", handling.disclosable),
            ("judicial hold", handling.judicial_hold),
            ("readable until", handling.expires_on),
        ),
        lines(f"{_text(item)}\n"),
    ]


def _text(item: SeenItem) -> str:
    return item.body.decode(errors="replace")
