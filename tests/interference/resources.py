"""The registry of surfaces, as far as programs ask: each resource of the API.

What is read has its ids in its path. `{case}`, `{handoff}` and `{item}` stand for ids,
be they known to whoever asks, hidden or made up.
"""

import json
from collections.abc import Mapping
from typing import Any

Body = dict[str, Any] | None

_HANDLING = {"basis": "NLC 119ter §6", "regime": "gdpr"}
_WHY = {"reasons": "Pour voir."}
_TEXT = {"text": "Pour voir."}
_NOBODY = {"officer": "anderlecht/second"}
_ID = "00000000-0000-4000-8000-000000000000"
_ASKED = {"to": "pz-midi", "source": "src.2", "question": "Quoi?"}
_REPLIES = {"replies": [{"body": "Pour voir.", "handling": _HANDLING}]}
_CASE = "/api/v1/cases/{case}/acts"
_HANDOFF = "/api/v1/handoffs/{handoff}/acts"
_ITEM = "/api/v1/items/{item}/acts"

_MAY = {
    "subject": {"type": "officer", "id": "{officer}"},
    "action": {"name": "read"},
    "resource": {"type": "item", "id": "{item}"},
}

EXISTENCE = "/api/v1/cases/{case}/existence"
"""What its lead lets outsiders be told of a case, which is nothing if not said."""

READ = (
    *("/api/v1/cases", "/api/v1/cases/{case}", "/api/v1/cases/{case}/items"),
    *("/api/v1/cases/{case}/story", "/api/v1/cases/{case}/next"),
    *("/api/v1/cases/{case}/sources", "/api/v1/inbox", "/api/v1/asked"),
    *("/api/v1/starts/case/{case}", "/api/v1/starts/handoff/{handoff}"),
    *(
        "/api/v1/starts/item/{item}",
        "/api/v1/calendar.ics",
        "/api/v1/notices",
        "/api/v1/handoffs/{handoff}",
    ),
    *("/api/v1/handoffs/{handoff}/next", "/api/v1/items/{item}"),
    *("/api/v1/handoffs/{handoff}/release", "/api/v1/recalls"),
    "/api/v1/register",
    *("/api/v1/cases/{case}/law", "/api/v1/cases/{case}/people"),
    *("/api/v1/items/{item}/readers", "/api/v1/starts/seen-item/{item}", EXISTENCE),
    *("/api/v1/findings", "/api/v1/statutory-lists", "/api/v1/subject-requests"),
)
"""Resources that show what somebody may know."""

FEED = "/calendar/{token}.ics"
"""What is read at an address that its officer made, and no token opens."""

ASKED: dict[str, dict[str, Any]] = {
    "/api/v1/cases/find": {"number": "0308.357.159"},
    "/api/v1/items/{item}/open": {"reason": "asking"},
    "/api/v1/cases/names": {"cases": ["{case}"]},
    "/api/v1/handoffs/names": {"questions": ["{item}"]},
    "/api/v1/search": {"words": ["mot"], "reason": "asking"},
    "/api/v1/cases/{case}/gaps": {"outcome": "out.refuse"},
    "/api/v1/cases/{case}/preview": _ASKED,
    "/api/v1/handoffs/{handoff}/preview": _REPLIES,
    "/access/v1/evaluation": _MAY,
    "/access/v1/evaluations": {**_MAY, "evaluations": [{}]},
}
"""Reads that are asked for with a body."""

DONE: dict[str, dict[str, Any]] = {
    f"{_CASE}/item.add": _TEXT | {"source": "src.3", "handling": _HANDLING},
    f"{_CASE}/handoff.ask": _ASKED,
    f"{_CASE}/register.query": _ASKED | {"to": "deipp", "context": "Quoi?"},
    f"{_CASE}/advice.request": {
        "to": "deipp",
        "source": "src.8",
        "inquiry_done": "Fait.",
        "register_hit": False,
        "motivation": "Quoi?",
    },
    f"{_CASE}/case.designate": _NOBODY,
    f"{_CASE}/case.release": _NOBODY,
    f"{_CASE}/case.exclude": _NOBODY | {"ground": "family"},
    f"{_CASE}/case.recuse": {"ground": "family"},
    f"{_CASE}/case.readmit": _NOBODY,
    f"{_CASE}/case.break_glass": {"ground": "danger", "hours": 2},
    f"{_CASE}/case.review": {"glass": _ID, "outcome": "justified"},
    f"{_CASE}/case.conceal": {"mode": "stub"},
    f"{_CASE}/case.extend": _WHY,
    f"{_CASE}/case.close": _WHY,
    f"{_CASE}/hearing.invite": {
        "mode": "registered",
        "presented_on": "2026-03-02",
        "hearing_on": "2026-03-20",
        "letter": "Lettre.",
        "proof": "Preuve.",
    },
    f"{_CASE}/hearing.record": {
        "hearing": _ID,
        "attendance": "heard",
        "text": "Rien.",
    },
    f"{_CASE}/decision.propose": {
        "outcome": "out.refuse",
        "motivation": {"summary": "Rien."},
    },
    f"{_CASE}/decision.adopt": _TEXT | {"decision": _ID},
    f"{_CASE}/decision.notify": {
        "decision": _ID,
        "mode": "registered",
        "received_on": "2026-03-02",
        "advice": _ID,
        "proof": "Preuve.",
    },
    f"{_CASE}/decision.withdraw": _WHY | {"decision": _ID},
    f"{_CASE}/register.file": _TEXT | {"decision": _ID, "to": "deipp"},
    f"{_CASE}/appeal.record": {"decision": _ID, "lodged_on": "2026-03-02"},
    f"{_CASE}/appeal.none": {"decision": _ID, "proof": "Preuve."},
    f"{_CASE}/appeal.rule": {
        "appeal": _ID,
        "result": "rejected",
        "ruled_on": "2026-03-02",
    },
    f"{_HANDOFF}/handoff.receive": {},
    f"{_HANDOFF}/handoff.designate": _NOBODY,
    f"{_HANDOFF}/handoff.accept": {},
    f"{_HANDOFF}/handoff.answer": _REPLIES,
    f"{_HANDOFF}/handoff.nothing": {},
    f"{_HANDOFF}/handoff.confirm": {},
    f"{_HANDOFF}/handoff.decline": {},
    f"{_HANDOFF}/handoff.refuse": _WHY | {"article": "NLC 119ter §6"},
    f"{_HANDOFF}/handoff.return": _WHY,
    f"{_HANDOFF}/handoff.complete": _TEXT,
    f"{_HANDOFF}/handoff.recall": {},
    f"{_HANDOFF}/advice.complete": _TEXT,
    f"{_HANDOFF}/advice.admit": {},
    f"{_HANDOFF}/advice.reject": _WHY,
    f"{_HANDOFF}/advice.deliver": _TEXT,
    f"{_HANDOFF}/item.grant": {},
    f"{_HANDOFF}/item.deny": _WHY | {"word": "no_basis"},
    f"{_ITEM}/item.request_release": _WHY | {"to": "ciear-bxl", "serves": _ID},
    f"{_ITEM}/item.recall": {"ground": "incorrect"},
    f"{_ITEM}/item.correct": _TEXT | {"ground": "incorrect"},
}
"""Acts: tried on what is hidden, they must fail as on what never was."""

QUIET = ("/api/v1/cases/{case}/next", *(path for path in ASKED if "/access/" in path))
"""Of what is not there, these say nothing rather than that it is not there."""

_OF_FINDINGS = (
    "/api/v1/findings/{finding}/open",
    *(f"/api/v1/findings/{{finding}}/steps/{s}" for s in ("answer", "follow", "close")),
    *("/api/v1/starts/finding/{finding}", "/api/v1/starts/entry/{entry}"),
)
_REQUEST = "/api/v1/subject-requests/{subject_request}"
_OF_DPOS = (
    "/api/v1/statutory-lists/{statutory_list}/open",
    *(f"{_REQUEST}/open", f"{_REQUEST}/held"),
    *(f"{_REQUEST}/steps/{s}" for s in ("acknowledge", "extend", "answer", "close")),
    "/api/v1/starts/statutory-list/{statutory_list}",
    "/api/v1/starts/subject-request/{subject_request}",
)
WITHOUT_CASES: dict[str, str] = {
    "/api/v1/me": "the directory",
    "/api/v1/demo/token": "the directory, in the demo alone",
    "/api/v1/acts/{act}": "acts of one's own, by an id that nobody else has",
    "/api/v1/packs": "the law",
    "/api/v1/agencies/{agency}": "the directory",
    "/.well-known/authzen-configuration": "addresses",
    "/.well-known/oauth-protected-resource/api/v1": "addresses",
    "/api/v1/packs/{route}/{version}": "the law",
    **dict.fromkeys(_OF_FINDINGS, "for auditors and owners of findings"),
    **dict.fromkeys(_OF_DPOS, "for the DPO: of the own agency"),
}
"""Resources that tell of no case, and why; `/api/v1/cases` opens one as well."""


def about(body: Body, ids: Mapping[str, object]) -> Body:
    """Return what is sent with its ids."""
    said = json.dumps(body)
    for name, identifier in ids.items():
        said = said.replace(f"{{{name}}}", str(identifier))
    found: Body = json.loads(said)
    return found
