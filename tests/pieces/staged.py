"""Entries that are staged in bulk, by a statement: such as a clock's reminders."""

_STAGE = (
    "insert into ledger_staging (id, body, leaf, staged_at)"
    " select id, b, sha256('\\x00'::bytea || b), clock_timestamp() from ("
    'select id, convert_to(\'{"agency":"town","at":"2026-03-01T10:00:00+01:00",'
    '"detail":"\' || WORD || n || \'","id":"\' || id || \'",'
    '"kind":"clock.reminded","nonce":"0","operation":"procedure",'
    '"recorded_at":"2026-03-01T09:00:00Z"}\', \'UTF8\') as b'
    " from (select gen_random_uuid() as id, n from generate_series(FIRST, LAST) n) x"
    ") s"
)


def staging(word: str, first: str, last: str) -> str:
    """Return a statement that stages entries whose details are `word` and a number.

    Each argument is SQL: a value, or the placeholder of one.
    """
    told = _STAGE.replace("WORD", word)
    return told.replace("FIRST", first).replace("LAST", last)
