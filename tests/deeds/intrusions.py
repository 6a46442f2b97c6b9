"""What the owner of the database may do to a small log, and how it is found."""

from tests.deeds.takings import GONE
from tests.running.small_log import BY_ONE, COSIGNED, SIZE

# Numbers of a read, a page, an act and a tick of a clock, in what all cosigned.
READ, PAGE, ACT, TICK = 100, 101, 102, 103
NUMBERS = {
    "READ": READ,
    "PAGE": PAGE,
    "ACT": ACT,
    "TICK": TICK,
    "COSIGNED": COSIGNED,
    "BY_ONE": BY_ONE,
    "SIZE": SIZE,
}
FLIPPED = "set_byte({0}, mod(40, length({0})), get_byte({0}, mod(40, length({0}))) # 1)"


ENTRY = "where entry_id = (select entry_id from ledger_entry where seq = :{})"
LEAF = "where leaf = (select leaf from ledger_entry where seq = :{})"


def flip(table: str, column: str, where: str) -> str:
    """Return the statement that flips one bit of a column."""
    return " ".join(
        ("update", table, "set", column, "=", FLIPPED.format(column), where)
    )


def at(statement: str, where: str, number: str, more: str = "") -> str:
    """Return a statement about rows that lie beside an entry."""
    return " ".join((statement, where.format(number), more))


FREE = "alter table {} alter column {} drop expression"

# What is done, and what `ledger verify` says of it.
FOUND: dict[str, tuple[tuple[str, ...], str]] = {
    # Entries.
    "a body flipped": (
        (flip("ledger_entry", "leaf", f"where seq = {READ}"),),
        f"entry `{READ}` was altered",
    ),
    "an entry dropped": (
        ("delete from ledger_entry where seq = :READ",),
        f"entry `{READ}` is missing",
    ),
    "an entry dropped and the rest renumbered": (
        (
            "delete from ledger_entry where seq = :READ",
            "update ledger_entry set seq = -seq where seq > :READ",
            "update ledger_entry set seq = -seq - 1 where seq < 0",
        ),
        f"`{COSIGNED}` has root",
    ),
    "an entry inserted": (
        (
            "update ledger_entry set seq = -seq where seq >= :READ",
            "update ledger_entry set seq = -seq + 1 where seq < 0",
            "insert into ledger_entry (seq, body, leaf) select :READ, b,"
            " sha256('\\x00'::bytea || b) from convert_to('{}', 'UTF8') b",
        ),
        f"`{COSIGNED}` has root",
    ),
    "an entry appended": (
        (
            "insert into ledger_entry (seq, body, leaf) select :SIZE, b,"
            " sha256('\\x00'::bytea || b) from convert_to('{}', 'UTF8') b",
        ),
        f"entry `{SIZE}` is beyond the latest checkpoint",
    ),
    "two entries swapped": (
        (
            "update ledger_entry set seq = -1 where seq = :READ",
            "update ledger_entry set seq = :READ where seq = :ACT",
            "update ledger_entry set seq = :ACT where seq = -1",
        ),
        f"`{COSIGNED}` has root",
    ),
    "the tail cut off": (
        ("delete from ledger_entry where seq >= :BY_ONE",),
        f"covers `{SIZE}` entries, only `{BY_ONE}`",
    ),
    "everything truncated": (
        ("truncate ledger_entry",),
        "only `0` are there",
    ),
    # What entries are found by.
    "an agency's entry filed under another": (
        (
            FREE.format("ledger_entry", "agency_id"),
            "update ledger_entry set agency_id = 'tax' where seq = :READ",
        ),
        f"entry `{READ}` is filed as something else",
    ),
    "an item struck from an entry's index": (
        (
            FREE.format("ledger_entry", "item_ids"),
            "update ledger_entry set item_ids = null where seq = :READ",
        ),
        f"entry `{READ}` is filed as something else",
    ),
    # The tree.
    "a hash of a tile flipped": (
        (flip("ledger_tile_hash", "hash", "where place = 0"),),
        "hash `0` of level `1` of the stored tree was altered",
    ),
    "a hash of a tile dropped": (
        ("delete from ledger_tile_hash where place = 0",),
        "hash `0` of level `1` of the stored tree is missing",
    ),
    "a hash of a tile added": (
        ("insert into ledger_tile_hash values (1, 9, sha256('x'))",),
        "hash `9` of level `1` of the stored tree was altered",
    ),
    # Checkpoints.
    "a checkpoint's note flipped": (
        (
            "update ledger_checkpoint set note = replace(note, E'\\n\\n', E'0\\n\\n')"
            " where size = :BY_ONE",
        ),
        "checkpoint `1`: signature of `ledger.example` is wrong",
    ),
    "a checkpoint's signature gone": (
        (
            "update ledger_checkpoint set note = replace(note, ' ledger.example ',"
            " ' another.example ') where size = :BY_ONE",
        ),
        "checkpoint `1`: note is not signed",
    ),
    "a checkpoint that others cosigned dropped": (
        ("delete from ledger_checkpoint where size = :COSIGNED",),
        f"`hub` cosigned `{COSIGNED}` entries, and there is no such checkpoint",
    ),
    "the latest checkpoint dropped": (
        ("delete from ledger_checkpoint where size = :SIZE",),
        f"entry `{BY_ONE}` is beyond the latest checkpoint",
    ),
    "two checkpoints swapped": (
        (
            "update ledger_checkpoint set size = 1 where size = :COSIGNED",
            "update ledger_checkpoint set size = :COSIGNED where size = :BY_ONE",
            "update ledger_checkpoint set size = :BY_ONE where size = 1",
        ),
        "checkpoint `1` shrinks",
    ),
    "a root beside a note flipped": (
        (flip("ledger_checkpoint", "root", "where size = :BY_ONE"),),
        f"the row of the checkpoint of `{BY_ONE}` entries differs from it",
    ),
    "the edge to go on from flipped": (
        (flip("ledger_checkpoint", "frontier", "where size = :SIZE"),),
        f"the row of the checkpoint of `{SIZE}` entries differs from it",
    ),
    "the edge to go on from cut": (
        ("update ledger_checkpoint set frontier = '' where size = :SIZE",),
        f"the edge kept with the checkpoint of `{SIZE}` entries is none",
    ),
    # A log that was rewound as a whole, and says so.
    "rewound behind a cosignature": (
        (
            "delete from ledger_entry where seq >= :COSIGNED",
            "delete from ledger_checkpoint where size > :COSIGNED",
            "truncate ledger_staging",
        ),
        f"the witness of `tax` saw another history|`tax` cosigned `{BY_ONE}`",
    ),
    # Witnesses.
    "a cosignature flipped": (
        (
            "update cosignature set line = overlay(line placing 'AAAA' from 60)"
            " where agency_id = 'tax'",
        ),
        f"`tax` cosigned `{COSIGNED}` entries, and does not bear out",
    ),
    "a cosignature moved to another size": (
        ("update cosignature set size = :SIZE where size = :BY_ONE",),
        f"`tax` cosigned `{SIZE}` entries, and does not bear out",
    ),
    "a cosignature moved to another agency": (
        (
            "delete from cosignature where agency_id = 'hub'",
            "update cosignature set agency_id = 'hub' where agency_id = 'town'",
        ),
        f"`hub` cosigned `{COSIGNED}` entries, and does not bear out",
    ),
    "a witness's key replaced": (
        ("update witness set key = sha256('x') where agency_id = 'tax'",),
        f"`tax` cosigned `{COSIGNED}` entries, and does not bear out",
    ),
    "a witness's key dropped": (
        ("delete from witness where agency_id = 'tax'",),
        f"`tax` cosigned `{COSIGNED}` entries, and the key of its witness is gone",
    ),
    # Officers, rulings, pages, releases.
    "another officer": (
        (at("update ledger_salt set officer_id = 'tax/x'", LEAF, "ACT"),),
        f"`(officer|named|on_behalf_of)` of entry `{ACT}` is stored as somebody else",
    ),
    "a salt flipped": (
        (flip("ledger_salt", "salt", LEAF.format("ACT")),),
        f"of entry `{ACT}` is stored as somebody else",
    ),
    "two officers of one entry swapped": (
        (
            at(
                "update ledger_salt set kind = 'x'", LEAF, "ACT", "and kind = 'officer'"
            ),
            at(
                "update ledger_salt set kind = 'officer'",
                LEAF,
                "ACT",
                "and kind = 'named'",
            ),
            at("update ledger_salt set kind = 'named'", LEAF, "ACT", "and kind = 'x'"),
        ),
        f"of entry `{ACT}` is stored as somebody else",
    ),
    "an officer added": (
        (
            "insert into ledger_salt (leaf, kind, officer_id, salt)"
            " select leaf, 'officer', 'tax/x', leaf from ledger_entry"
            " where seq = :TICK",
        ),
        "there are salts of officers whom no entry commits to",
    ),
    "a ruling's facts rewritten": (
        (
            "update ruling set facts = jsonb_set(facts, '{designated}', 'false')"
            " where act_id = (select entry_id from ledger_entry"
            " where seq = :READ)",
        ),
        f"was altered after entry `{READ}` was written",
    ),
    "a ruling dropped": (
        (
            "delete from ruling where act_id ="
            " (select entry_id from ledger_entry where seq = :READ)",
        ),
        f"of entry `{READ}` is not stored any more",
    ),
    "a page rewritten": (
        (
            at(
                "update list_page set shown = jsonb_set(shown, '{query}', '\"inbox\"')",
                ENTRY,
                "PAGE",
            ),
        ),
        f"what entry `{PAGE}` showed was altered",
    ),
    "a page dropped": (
        (at("delete from list_page", ENTRY, "PAGE"),),
        f"what entry `{PAGE}` showed is not stored any more",
    ),
    "a sighting dropped": (
        (at("delete from sighting", ENTRY, "READ"),),
        f"the index of releases differs from entry `{READ}`",
    ),
    "a sighting by somebody else": (
        (at("update sighting set officer_id = 'tax/x'", ENTRY, "READ"),),
        f"the index of releases differs from entry `{READ}`",
    ),
    "a sighting added": (
        (
            "insert into sighting (item_id, entry_id, case_id, originator, agency_id,"
            " officer_id, function, service_number, kind, at) select item_id,"
            " gen_random_uuid(), case_id, originator, agency_id, officer_id, function,"
            " service_number, kind, at from sighting limit 1",
        ),
        "has rows that no entry bears out",
    ),
    **GONE,
    # What waits to be ordered.
    "a staged entry flipped": (
        (
            "alter table ledger_staging drop constraint ledger_staging_check",
            flip("ledger_staging", "body", ""),
        ),
        "staged entry `.*` was altered",
    ),
    "an entry refused": (
        (
            "insert into ledger_refused values"
            " (sha256('x'), 'x', 'it is no entry', now())",
        ),
        "refused `1` entries, the first because it is no entry",
    ),
    "an ordered entry staged again": (
        (
            "insert into ledger_staging (id, body, leaf, staged_at)"
            " select gen_random_uuid(), body, leaf, now()"
            " from ledger_entry where seq = :READ",
        ),
        f"is entry `{READ}` already",
    ),
}
