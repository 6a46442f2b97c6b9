"""Whether what an auditor asks for is called so at all, within the auditor's sight.

A misspelt word must not read as "nothing happened". Who is out of sight reads as who
does not exist, and only who is within sight is suggested.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from uuid import UUID

from sqlalchemy import Connection

from models.act_kinds import ActKind
from models.errors import InvalidInput, NotFound
from models.events import EventKind
from models.ids import AgencyId
from models.trail import Wanted
from storage.log import named

KINDS = tuple(sorted([*ActKind, *EventKind]))
"""Every kind of entry that there is: `docs/reference/events.md` says what they are."""
_NEAREST, _ALIKE = 3, 0.75
_PARTS = re.compile(r"[/.]")  # of `pz-midi/analyst`, and of `item.released`


def require_known(
    connection: Connection, wanted: Wanted, after: UUID | None = None
) -> None:
    """Refuse a question in which something is called as nothing is.

    Args:
        connection: an auditor's; the walls decide what there is.
        wanted: which entries; case and item are found by the start of their ids before.
        after: the entry after which a page begins.

    Raises:
        InvalidInput: there is no such kind, or the days are the wrong way round.
        NotFound: no such officer or entry, or none within the auditor's sight.
    """
    if wanted.since and wanted.until and wanted.until < wanted.since:
        raise InvalidInput(
            f"`{wanted.until}` is before `{wanted.since}`",
            help="turn them around",
            field="until",
        )
    for kind in wanted.kinds:
        _require_kind(kind)
    if wanted.officer:
        _require_officer(connection, wanted.officer)
    if after is not None and not named.has_entry(connection, after):
        raise NotFound(
            f"there is no entry `{str(after)[:8]}` for you to go on after",
            help="begin again without `--after`",
        )


def _require_officer(connection: Connection, officer: str) -> None:
    """Refuse an officer whom the auditor neither watches over nor finds in the trail.

    Raises:
        NotFound: absent and out of sight alike.
    """
    watched = named.watched_officers(connection)
    if officer not in watched and not named.names_officer(connection, officer):
        raise no_such_officer(officer, watched, field="officer")


def no_such_officer(officer: str, watched: Iterable[str], *, field: str) -> NotFound:
    """Return the one error for an officer who is unknown, or out of sight."""
    return NotFound(
        f"there is no officer `{officer}` in an agency that you watch over",
        help=_meant(nearest(officer, watched), "name an officer as AGENCY/OFFICER"),
        field=field,
    )


def require_agencies(connection: Connection, agencies: Iterable[AgencyId]) -> None:
    """Refuse an agency that the auditor does not watch over.

    Raises:
        NotFound: absent and out of sight alike.
    """
    watched = named.watched_agencies(connection)
    for agency in sorted(agencies):
        if agency not in watched:
            near = nearest(agency, watched)
            raise NotFound(
                f"there is no agency `{agency}` that you watch over",
                help=_meant(near, f"you watch over {_listed(watched)}"),
            )


def nearest(given: str, known: Iterable[str]) -> list[str]:
    """Return a few names that are much like one, or have a part much like it."""
    names = sorted(known)
    parts = {part for each in names for part in _PARTS.split(each)}
    like = get_close_matches(given, parts, cutoff=_ALIKE)
    partly = [each for each in names if set(like) & set(_PARTS.split(each))]
    return (get_close_matches(given, names, cutoff=_ALIKE) or partly)[:_NEAREST]


def _require_kind(kind: str) -> None:
    if kind not in KINDS:
        raise InvalidInput(
            f"there is no kind of entry `{kind}`",
            help=_meant(
                nearest(kind, KINDS),
                "all kinds are in docs/reference/events.md, such as `item.released`",
            ),
        )


def _meant(near: list[str], otherwise: str) -> str:
    return f"nearest: {_listed(near)}" if near else otherwise


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{each}`" for each in names)
