"""What the owner of the database takes away beside the log, and how it is found.

Nothing was erased of `ACT`. Entries 19 and 39 are erasures.
"""

_LEAF = "(select leaf from ledger_entry where seq = :ACT)"
_OF_ACT = "leaf = " + _LEAF
_OF_DATA = "erasure = (select entry_id from ledger_entry where seq = 19)"
_MOVED = " ".join(("update tombstone set part = 'named', leaf =", _LEAF))
_TAKEN = " ".join(("delete from ledger_salt where kind = 'named' and", _OF_ACT))


def _stones(change: str, which: str = "") -> str:
    """Return a change of the tombstones under entry 19."""
    return " ".join((change, "where", _OF_DATA, which))


def _grave(erasure: str) -> str:
    """Return the statement that sets a tombstone in the place of what was taken."""
    return " ".join(
        ("insert into tombstone select leaf, 'named',", erasure)
        + (", 9999, current_date from ledger_entry where seq = :ACT",)
    )


GONE: dict[str, tuple[tuple[str, ...], str]] = {
    "an officer's salt taken away": ((_TAKEN,), "`named` of entry .* is not stored"),
    "every salt of officers taken away": (
        ("truncate ledger_salt",),
        "`officer` of entry .* is not stored any more",
    ),
    "every salt of data subjects taken away": (
        ("truncate subject_salt",),
        "`subject .*` of entry .* is not stored any more",
    ),
    "another seal behind an item": (
        ("update subject_salt set seal = '00'",),
        "`subject .*` of entry .* is stored as somebody else",
    ),
    "a salt taken away under an erasure of other things": (
        (_TAKEN, _grave("(select entry_id from ledger_entry where seq = 19)")),
        "what `.*` erased is not what its entry says",
    ),
    "a salt taken away under an erasure that nothing says": (
        (_TAKEN, _grave("gen_random_uuid()")),
        "something was erased by `.*`, which is no erasure",
    ),
    "a salt taken away in the place of one that was erased": (
        (
            _TAKEN,
            _stones(_MOVED, "and place = 0"),
        ),
        "`subject .*` of entry .* is not stored any more",
    ),
    "a tombstone taken away": (
        (_stones("delete from tombstone", "and place = 0"),),
        "`subject .*` of entry .* is not stored any more",
    ),
    "another day on a tombstone": (
        (_stones("update tombstone set erased_on = '2001-01-01'"),),
        "what `.*` erased is not what its entry says",
    ),
    "two tombstones of one erasure swapped": (
        (_stones("update tombstone set place = 1 - place", "and place < 2"),),
        "what `.*` erased is not what its entry says",
    ),
    "a page that was erased put back": (
        (
            "insert into list_page select entry_id, leaf, '{\"items\": []}'"
            " from ledger_entry where seq = 1",
        ),
        "what entry `1` showed was altered",
    ),
}
