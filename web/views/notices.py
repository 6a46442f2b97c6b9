"""Notices as pages show them: in words, with where they lead, and whether new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from acts.pages.lists import NoticeLine
from models.notices import NoticeKind
from web.words.notices import NOTICES


@dataclass(frozen=True)
class ShownNotice:
    """A notice as a page shows it: `path` leads to what it is about, if a page does."""

    line: NoticeLine
    said: str
    path: str
    new: bool


def shown(
    found: Sequence[NoticeLine], seen_until: datetime | None
) -> list[ShownNotice]:
    """Return notices in words; new is what came after the officer looked last."""
    return [
        ShownNotice(
            line=each,
            said=NOTICES[each.kind],
            path=_path(each),
            new=seen_until is None or each.at > seen_until,
        )
        for each in found
    ]


def _path(line: NoticeLine) -> str:
    if line.kind.of_finding:
        return "/findings"
    if line.kind.of_subject_request:
        return "/subject-requests"
    if line.kind is NoticeKind.REGISTER_ENTRY:
        return "/register"
    if line.handoff is not None:
        return f"/handoffs/{line.handoff}"
    return f"/cases/{line.case}"
