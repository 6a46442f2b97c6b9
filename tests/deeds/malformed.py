"""What the owner of the database writes beside a small log that nothing can read."""

_STAGED = (
    "insert into ledger_staging (id, body, leaf, staged_at)"
    " select gen_random_uuid(), b, sha256('\\x00'::bytea || b), now()"
    " from convert_to('{}', 'UTF8') b"
)


def _staged(body: str) -> tuple[str, ...]:
    """Return the statement that puts text among the entries that wait."""
    return (_STAGED.format(body.replace(":", "\\:")),)


def _page(shown: str) -> tuple[str, ...]:
    """Return the statement that puts something in the place of every page."""
    return (" ".join(("update list_page set shown =", shown)),)


_NO_ENTRY, _NO_PAGE = "staged entry `.*` is no entry", "is stored as no page is"

MALFORMED: dict[str, tuple[tuple[str, ...], str]] = {
    "an empty object staged": (_staged("{}"), _NO_ENTRY),
    "a number staged": (_staged("5"), _NO_ENTRY),
    "a release staged that has no id": (_staged('{"kind":"item.released"}'), _NO_ENTRY),
    "an erasure staged of nothing": (_staged('{"erased":{"root":"x"}}'), _NO_ENTRY),
    "a page that is a list": (_page("'[]'"), _NO_PAGE),
    "a page without items": (_page("'{}'"), _NO_PAGE),
    "a page of nothing": (
        _page("jsonb_build_object('items', '[null]'\\:\\:jsonb)"),
        _NO_PAGE,
    ),
    "a page with a fraction": (
        _page("shown || jsonb_build_object('x', 0.5)"),
        _NO_PAGE,
    ),
    "a ruling with a fraction": (
        ("update ruling set facts = facts || jsonb_build_object('x', 0.5)",),
        "ruling `.*` is stored as none is",
    ),
}
