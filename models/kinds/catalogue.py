"""Every kind of event by its code, found in the modules of the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import isclass

from models.events import Event
from models.kinds import (
    case_acts,
    covers,
    destruction,
    directory,
    findings,
    handoff_acts,
    honey,
    installation,
    measure_acts,
    reads,
    statutory,
    subject_requests,
    terms,
)
from models.kinds.acts import Act

PARTS = (
    *(case_acts, handoff_acts, measure_acts),
    *(reads, terms, covers, findings, honey, statutory, subject_requests),
    *(destruction, directory, installation),
)
"""The modules of the vocabulary, in the order of the reference."""


def _kinds() -> Iterator[tuple[str, type[Event]]]:
    for part in PARTS:
        for each in vars(part).values():
            here = isclass(each) and each.__module__ == part.__name__
            if here and issubclass(each, Event) and "kind" in each.model_fields:
                yield str(each.model_fields["kind"].default), each


KINDS: dict[str, type[Event]] = dict(_kinds())
ACTS: dict[str, type[Act]] = {
    code: kind for code, kind in KINDS.items() if issubclass(kind, Act)
}
