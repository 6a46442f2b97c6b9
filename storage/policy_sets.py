"""The texts of the sharing rules, kept under their digest: written once, for good."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, select
from sqlalchemy.dialects.postgresql import insert

from models.errors import EntryAltered
from policies.rulings import SharingPolicies
from policies.sharing_files import SCHEMA_FILE
from storage import tables as t
from storage.engine import transaction


def load_sharing(database: Engine) -> SharingPolicies:
    """Load the rules that a process starts with, and see that their texts are kept.

    Raises:
        NotConfigured: the rules do not hold.
        EntryAltered: other texts are stored under their digest.
        DatabaseUnavailable: nothing may be decided with texts that are not kept.
    """
    sharing = SharingPolicies.load()
    with transaction(database) as connection:
        if _sources(connection, sharing.digest) is None:
            _insert(connection, sharing)
        kept = _sources(connection, sharing.digest)
    if kept != dict(sharing.sources):
        raise _altered(sharing.digest)
    return sharing


def find(connection: Connection, digest: str) -> SharingPolicies | None:
    """Return the rules as they were under `digest`, without sentences.

    Raises:
        EntryAltered: the stored texts do not have that digest.
        NotConfigured: they do not hold for the engine that is installed.
    """
    sources = _sources(connection, digest)
    if sources is None:
        return None
    found = SharingPolicies(sources, {})
    if found.digest != digest:
        raise _altered(digest)
    return found


def _insert(connection: Connection, sharing: SharingPolicies) -> None:
    policies = {n: text for n, text in sharing.sources.items() if n != SCHEMA_FILE}
    connection.execute(
        insert(t.policy_set)
        .values(
            digest=sharing.digest,
            schema_text=sharing.sources[SCHEMA_FILE],
            policies=policies,
            engine=sharing.engine,
            first_used=datetime.now(UTC),
        )
        .on_conflict_do_nothing()
    )


def _sources(connection: Connection, digest: str) -> Mapping[str, str] | None:
    query = select(t.policy_set).where(t.policy_set.c.digest == digest)
    row = connection.execute(query).first()
    return None if row is None else {**row.policies, SCHEMA_FILE: row.schema_text}


def _altered(digest: str) -> EntryAltered:
    return EntryAltered(
        f"other policy texts are stored under the digest `{digest[:16]}`",
        help="tell the operator: somebody wrote or changed them by hand",
    )
