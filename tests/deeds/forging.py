"""Whoever took over the business connection writes entries and releases by hand."""

from typing import Any
from uuid import UUID, uuid4

import orjson
import psycopg

from ledger.merkle import leaf_hash
from models.clock import BRUSSELS
from vault.commitments import commit, new_salt

Seat = psycopg.Connection[tuple[Any, ...]]

_ENTRY = (
    b"insert into ledger_staging (id, body, leaf, staged_at) values (%s, %s, %s, now())"
)
_SALT = (
    b"insert into ledger_salt (leaf, kind, officer_id, salt)"
    b" values (%s, 'officer', %s, %s)"
)
_RELEASE = (
    b"insert into release"
    b" (id, item_id, agency_id, officer_id, purpose, ruling_id, entry_id, at)"
    b" values (%s, %s, %s, %s, 'integrity_inquiry', %s, %s, now())"
)
_SIGHT = (
    b"insert into sighting (item_id, entry_id, case_id, originator, agency_id,"
    b" officer_id, function, service_number, kind, at) select id, %s, case_id,"
    b" originator, %s, %s, '', '', 'item.released', now() from item where id = %s"
)
FORGED = "0" * 32


def entry(officer: str, **more: object) -> dict[str, object]:
    """Return an entry of the kind that reads write, as far as nobody changes it.

    Without a time of its own it is of when it is staged.
    """
    return {
        "agency": officer.split("/")[0],
        "id": str(uuid4()),
        "kind": "item.released",
        "nonce": FORGED,
        "operation": "consultation",
        "recorded_at": "2026-03-01T09:00:00Z",
    } | more


def legal_time(seat: Seat) -> str:
    """Return the time as entries say it."""
    (now,) = seat.execute("select legal_now()").fetchone() or (None,)
    return str(now.astimezone(BRUSSELS).isoformat()) if now else ""


def stage(
    seat: Seat, written: dict[str, object], officer: str = "", under: object = None
) -> UUID:
    """Stage an entry that commits to an officer, if one is given; return its id."""
    salt = new_salt()
    written.setdefault("at", legal_time(seat))
    if officer:
        written["officer"] = commit(salt, officer).hex()
    body = orjson.dumps(written, option=orjson.OPT_SORT_KEYS)
    leaf = leaf_hash(body)
    name = UUID(str(under or written["id"]))
    seat.execute(_ENTRY, [name, body, leaf])
    if officer:
        seat.execute(_SALT, [leaf, officer, salt])
    return name


def promise(seat: Seat, item: UUID, officer: str, noted: UUID | None = None) -> UUID:
    """Write a release by hand, with all that a read leaves if none is `noted`."""
    release, agency = uuid4(), officer.split("/")[0]
    if noted is None:
        noted = stage(seat, entry(officer, items=[str(item)]), officer)
        seat.execute(_SIGHT, [noted, agency, officer, item])
    seat.execute(_RELEASE, [release, item, agency, officer, uuid4(), noted])
    seat.execute("set constraints all immediate")  # what else its commit would say
    return release


def redeem(seat: Seat, release: object, item: UUID) -> tuple[int, int]:
    """Ask for body and key of an item against a release; return how many came."""
    seat.execute("select set_config('app.release', %s, true)", [str(release)])
    bodies = seat.execute("select 1 from item_body where item_id = %s", [item])
    keys = seat.execute("select 1 from item_key where item_id = %s", [item])
    return len(bodies.fetchall()), len(keys.fetchall())
