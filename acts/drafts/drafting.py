"""Building drafts: content, its handling and its audience, before it is sealed."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

import orjson

from models.act_kinds import ActKind
from models.handling import Handling, Regime
from models.ids import AgencyId, ItemId
from models.items import DraftItem, ItemKind, KnownItem
from models.packs import Pack


def handling_of(pack: Pack, act: ActKind, *, disclosable: bool = False) -> Handling:
    """Return the handling of what an act itself writes: the act's article lets it.

    Raises:
        NotFound: the route has no such act.
    """
    return of_procedure(pack.act(act).article, disclosable=disclosable)


def of_procedure(article: str, *, disclosable: bool = False) -> Handling:
    """Return the handling of words that serve the procedure: under the GDPR."""
    return Handling(basis=article, regime=Regime.GDPR, disclosable=disclosable)


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


def in_the_place_of(
    known: KnownItem, old: bytes, new: bytes | str, name: str = ""
) -> DraftItem:
    """Return a draft of the same kind and source as a known item, for its originator.

    Words in an answer stay in the form of an answer. `name` is that of a file, if what
    is new came as one.
    """
    body = new if isinstance(new, bytes) else _reworded(old, new)
    draft = bytes_draft(known.kind, body, known.handling, source=known.source)
    return draft.model_copy(update={"name": name})


def _reworded(old: bytes, words: str) -> bytes:
    try:
        form = orjson.loads(old)
    except orjson.JSONDecodeError:
        return words.encode()
    if not isinstance(form, dict) or "answer" not in form:
        return words.encode()
    return orjson.dumps(form | {"answer": words}, option=orjson.OPT_INDENT_2)


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
