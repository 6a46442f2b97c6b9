"""What another agency will see of what is about to be sent, made ready for a page."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from acts.previewing import Preview, SeenItem
from models.law.rows import Label
from models.packs import Pack
from models.rulings import Ruling
from policies.rulings import SharingPolicies
from web.forms.fields import CHOSEN, Filled
from web.forms.previewed import PREVIEWED, SEEN, chosen_otherwise, documents
from web.views.content import content_of


@dataclass(frozen=True)
class Rule:
    """What the rules say about one item: their answer, and why, with the articles."""

    item: SeenItem
    content: object
    answer: str
    reasons: Sequence[str]


@dataclass(frozen=True)
class ShownPreview:
    """A preview in the language of a page; `mark` stands for what was filled in."""

    found: Preview
    rules: Sequence[Rule]
    source: Label | None
    mark: str


def shown_preview(
    found: Preview, pack: Pack, sharing: SharingPolicies, language: str, filled: Filled
) -> ShownPreview:
    """Return a preview with the rules in words."""
    asked = found.question
    return ShownPreview(
        found=found,
        rules=[
            _rule(item, ruling, sharing, language)
            for item, ruling in zip(found.items, found.rulings, strict=True)
        ],
        source=pack.source(asked.source).label if asked else None,
        mark=mark_of(filled),
    )


def mark_of(filled: Filled) -> str:
    """Return what tells two fillings of a form apart: whoever changes it sees it again.

    It guards against a slip and not against anybody: what is sent is one's own.
    """
    said = {
        name: [*given]
        for name, given in filled.values.items()
        if name != PREVIEWED and not name.startswith((CHOSEN, SEEN))
    }
    files = {name: seen.digest for name, seen in documents(filled).items()}
    both = orjson.dumps([said, files], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(both).hexdigest()


def was_previewed(filled: Filled) -> bool:
    """Tell whether exactly this was previewed, documents included."""
    as_seen = filled.text(PREVIEWED) == mark_of(filled)
    return as_seen and not chosen_otherwise(filled)


def _rule(
    item: SeenItem, ruling: Ruling, sharing: SharingPolicies, language: str
) -> Rule:
    return Rule(
        item=item,
        content=content_of(item.body),
        answer=sharing.answer(ruling, language),
        reasons=sharing.explain(ruling, language),
    )
