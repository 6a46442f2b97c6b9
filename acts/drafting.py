"""Building drafts: content, its handling and its audience, before it is sealed."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

import orjson

from models.handling import Handling
from models.ids import AgencyId, ItemId
from models.items import DraftItem, ItemKind


def text_draft(
    kind: ItemKind,
    body: str,
    handling: Handling,
    *audience: AgencyId,
    source: str | None = None,
) -> DraftItem:
    """Return a draft of text for an audience (one's own agency is always in it)."""
    return bytes_draft(kind, body.encode(), handling, *audience, source=source)


def json_draft(
    kind: ItemKind,
    body: Mapping[str, object],
    handling: Handling,
    *audience: AgencyId,
    source: str | None = None,
) -> DraftItem:
    """Return a draft of structured content."""
    raw = orjson.dumps(body, option=orjson.OPT_INDENT_2)
    return bytes_draft(kind, raw, handling, *audience, source=source)


def bytes_draft(
    kind: ItemKind,
    body: bytes,
    handling: Handling,
    *audience: AgencyId,
    source: str | None = None,
) -> DraftItem:
    """Return a draft of raw bytes, for documents."""
    return DraftItem(
        item=ItemId(uuid4()),
        kind=kind,
        body=body,
        handling=handling,
        audience=audience,
        source=source,
    )
