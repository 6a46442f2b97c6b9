"""Records of the Logboek Dataverwerkingen standard (Logius), one JSON object a line.

By that standard a record names no user: officers are in the audit log, which the ids
of trace and span lead to. An entry names no data subject, so neither does a record.
"""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from acts.audit.exports.told import Read, Told
from models.events import EventKind

_REFUSED = (EventKind.ACT_REFUSED, EventKind.READ_REFUSED)
_TRACE, _SPAN = 32, 16  # digits: 16 and 8 bytes
_MILLISECONDS = 1_000


def logboek(read: Read) -> Iterator[bytes]:
    """Yield a record for each entry, and keep none."""
    for each in read():
        yield orjson.dumps(_record(each)) + b"\n"


def _record(told: Told) -> dict[str, object]:
    at = int(told.at.timestamp() * _MILLISECONDS)
    return {
        # Two agencies' parts in one question are one trace, as the standard wants it.
        "trace_id": _hex(told.handoff or told.act or told.entry)[:_TRACE],
        "span_id": _hex(told.entry)[:_SPAN],
        "status": _status(told),
        "name": f"{told.kind} ({told.operation})",
        "start_time": at,
        "end_time": at,
        "resource": {
            "attributes": {
                "service.name": told.system,
                "service.namespace": told.agency,
            }
        },
        "attributes": {
            "dpl.core.processing_activity_id": f"urn:estafette:activity:{told.kind}"
        },
    }


def _status(told: Told) -> str:
    """Return `Unset` for what was refused: it is neither done nor a fault of ours."""
    refused = told.kind in _REFUSED or told.allowed is False
    return "Unset" if refused else "Ok"


def _hex(name: str) -> str:
    """Return an alias, or an id, as digits alone."""
    return name.replace("-", "")
