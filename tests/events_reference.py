"""Writes docs/reference/events.md, and golden bytes for kinds that have none yet.

python -m tests.events_reference
"""

import json
from pathlib import Path

from ledger.canonical import encode
from ledger.merkle import leaf_hash
from models.kinds.catalogue import KINDS, PARTS
from tests.pieces.happenings import entry_of, happening

_ROOT = Path(__file__).parents[1]
PAGE = _ROOT / "docs" / "reference" / "events.md"
VECTORS = _ROOT / "tests" / "vectors" / "events.json"

_ABOUT = (
    "One entry of each kind: canonical bytes as text and their leaf hash in hex. "
    "Lines are added and never changed. All data is synthetic."
)
_TOP = """\
# Events

<!-- Written by `python -m tests.events_reference` from `models/kinds/`. -->

Every line of the ledger has one of these kinds, and each kind is one class.
Kinds and fields are only ever added: an entry written years ago must still be read.
`at`, `agency` and the fields below must be there, those in brackets may be.
What the bytes are is said by [the entry's format](../formats/entry.md); there is
[one of each](../../tests/vectors/events.json).
That an item was released to somebody does not say that they read it.
"""
_UNSAID = {"kind", "operation", "at", "agency"}


def page() -> str:
    """Return the reference as it should be."""
    return _TOP + "".join(_part(part) for part in PARTS)


def vectors(kept: dict[str, dict[str, str]]) -> str:
    """Return the golden bytes: what is kept as it is, and what is new."""
    fresh = {code: kept.get(code) or _vector(code) for code in [*kept, *KINDS]}
    document = {"about": _ABOUT, "entries": fresh}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _part(part) -> str:
    rows = (_row(code) for code, kind in KINDS.items() if _is_of(kind, part))
    title = part.__doc__.splitlines()[0].rstrip(".")
    head = "| Kind | Written when | Fields |\n|---|---|---|\n"
    return f"\n## {title}\n\n{head}{''.join(rows)}"


def _is_of(kind, part) -> bool:
    return kind.__module__ == part.__name__


def _row(code: str) -> str:
    kind = KINDS[code]
    said = kind.__doc__.splitlines()[0].rstrip(".")
    named = {n: f for n, f in kind.model_fields.items() if n not in _UNSAID}
    must = ", ".join(n for n, field in named.items() if field.is_required())
    may = ", ".join(n for n, field in named.items() if not field.is_required())
    fields = " ".join(filter(None, (must, may and f"({may})")))
    return f"| `{code}` | {said} | {fields} |\n"


def _vector(code: str) -> dict[str, str]:
    entry = entry_of(happening(code))
    body = encode(entry.model_dump(mode="json", exclude_defaults=True))
    return {"body": body.decode(), "leaf": leaf_hash(body).hex()}


if __name__ == "__main__":
    known = json.loads(VECTORS.read_text())["entries"] if VECTORS.exists() else {}
    VECTORS.write_text(vectors(known), encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")
