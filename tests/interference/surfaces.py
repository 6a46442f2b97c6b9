"""The registry of surfaces: whatever somebody may type or open in a browser.

A surface that is missing here fails a house test. `{case}`, `{handoff}` and `{item}`
stand for ids, be they known to whoever types, hidden or made up.
"""

_WORDS = ("--reasons", "Pour voir.")
_TEXT = ("--text", "Pour voir.")
_FOR = ("--basis", "NLC 119ter §6")
_ANSWER = (*_TEXT, *_FOR, "--regime", "police")

LISTS: dict[str, tuple[str, ...]] = {
    "case list": ("--names",),
    "case search": ("mot", "--reason", "asking"),
    "case find": ("--number", "0308.357.159"),
    "officer covers": (),
    "audit finding list": ("--all",),
    "coordination load": (),
    "audit honey list": (),
    "audit statutory list": (),
    "audit subject-request list": (),
    "handoff inbox": ("--all", "--names"),
    "handoff notices": (),
    "notice ways": (),
    "notice sent": (),
}
"""Shown to everybody, of whatever they may know."""

LOOKS: dict[str, tuple[str, ...]] = {
    "case story": ("{case}",),
    "case show": ("{case}",),
    "case people": ("{case}",),
    "case exists": ("{case}",),
    "item list": ("{case}",),
    "item show": ("{item}", "--reason", "asking"),
    "item readers": ("{item}",),
    "item recalls": ("{item}",),
    "handoff show": ("{handoff}",),
    "handoff preview": ("{case}", "--to", "pz-midi", "--question", "Quoi?"),
    "handoff preview-answer": ("{handoff}", *_ANSWER),
    "decision gaps": ("{case}", "--outcome", "out.refuse"),
}
"""Reads of one thing: they change nothing but the log."""

DEEDS: dict[str, tuple[str, ...]] = {
    "case extend": ("{case}", *_WORDS),
    "case close": ("{case}", *_WORDS),
    "case designate": ("{case}", "{officer}"),
    "case release": ("{case}", "{officer}"),
    "case exclude": ("{case}", "--officer", "{officer}", "--ground", "family"),
    "case recuse": ("{case}", "--ground", "family"),
    "case readmit": ("{case}", "--officer", "{officer}"),
    "case break-glass": ("{case}", "--ground", "danger", "--hours", "2"),
    "case conceal": ("{case}", "--mode", "stub"),
    "case review": ("{case}", "--outcome", "justified"),
    "item add": ("{case}", "--source", "src.3", *_TEXT, *_FOR),
    "item request-release": (
        *("{item}", "--to", "ciear-bxl", "--for", "{handoff}", *_WORDS),
    ),
    "item grant": ("{handoff}",),
    "item deny": ("{handoff}", "--word", "no_basis", *_WORDS),
    "item recall": ("{item}", "--ground", "incorrect"),
    "item correct": ("{item}", "--ground", "incorrect", "--body", "X"),
    "handoff ask": ("{case}", "--to", "pz-midi", "--question", "Quoi?"),
    "handoff receive": ("{handoff}",),
    "handoff designate": ("{handoff}", "{officer}"),
    "handoff accept": ("{handoff}",),
    "handoff answer": ("{handoff}", *_ANSWER),
    "handoff nothing": ("{handoff}",),
    "handoff confirm": ("{handoff}",),
    "handoff decline": ("{handoff}",),
    "handoff refuse": ("{handoff}", "--article", "NLC 119ter §6", *_WORDS),
    "handoff return": ("{handoff}", *_WORDS),
    "handoff complete": ("{handoff}", *_TEXT),
    "handoff recall": ("{handoff}",),
    "register query": ("{case}", "--to", "deipp", "--motivation", "Quoi?"),
    "register file": ("{case}", "--to", "deipp", *_TEXT),
    "advice request": (
        *("{case}", "--to", "deipp", "--inquiry", "Fait.", "--register", "no-hit"),
        *("--motivation", "Quoi?"),
    ),
    "advice complete": ("{handoff}", *_TEXT),
    "advice admit": ("{handoff}",),
    "advice reject": ("{handoff}", *_WORDS),
    "advice deliver": ("{handoff}", *_TEXT),
    "hearing invite": (
        *("{case}", "--mode", "registered", "--presented-on", "2026-03-02"),
        *("--hearing-on", "2026-03-20", "--letter", "Lettre.", "--proof", "Preuve."),
    ),
    "hearing record": ("{case}", "--attendance", "heard", "--minutes", "Rien."),
    "decision adopt": ("{case}", *_TEXT),
    "decision notify": (
        *("{case}", "--mode", "registered", "--received-on", "2026-03-02"),
        *("--proof", "Preuve."),
    ),
    "decision withdraw": ("{case}", *_WORDS),
    "appeal record": ("{case}", "--lodged-on", "2026-03-02"),
    "appeal none": ("{case}", "--proof", "Preuve."),
    "appeal rule": ("{case}", "--result", "rejected", "--ruled-on", "2026-03-02"),
}
"""Acts on one thing: tried on what is hidden, they must fail as on what never was."""

PAGES: dict[str, tuple[str, ...]] = {
    "/": ("/", "/?names=true"),
    "/figures": ("/figures",),
    "/findings": ("/findings", "/findings?closed=true"),
    "/cases": ("/cases", "/cases?names=true&order=stage"),
    "/inbox": ("/inbox?closed=true",),
    "/asked": ("/asked?closed=true",),
    "/search": ("/search",),
    "/recalls": ("/recalls",),
    "/register": ("/register",),
    "/covers": ("/covers",),
    "/notices": ("/notices",),
    "/emergency": ("/emergency",),
    "/items/{item}/readers": ("/items/{item}/readers",),
    "/items/{item}/acts/{act}": (
        *("/items/{item}/acts/item.recall", "/items/{item}/acts/item.request_release"),
    ),
    "/cases/{case}": ("/cases/{case}",),
    "/cases/{case}/decision": ("/cases/{case}/decision",),
    "/handoffs/{handoff}": ("/handoffs/{handoff}",),
    "/cases/{case}/acts/{act}": (
        *("/cases/{case}/acts/handoff.ask", "/cases/{case}/acts/case.release"),
    ),
    "/handoffs/{handoff}/acts/{act}": (
        *("/handoffs/{handoff}/acts/handoff.answer",),
        *("/handoffs/{handoff}/acts/case.exclude",),
    ),
}
"""Pages that show what somebody may know, by their routes."""

OPENED: dict[str, tuple[str, dict[str, str]]] = {
    "/items/{item}": ("/items/{item}", {"reason": "asking"}),
    "/search/number": ("/search/number", {"number": "0308.357.159"}),
    "/search/words": ("/search/words", {"words": "mot", "reason": "asking"}),
}
"""Reads that a form asks for."""

SENT: dict[str, tuple[str, dict[str, str]]] = {
    "/cases/{case}/acts/{act}": (
        *("/cases/{case}/acts/case.close", {"reasons": "Pour voir."}),
    ),
    "/handoffs/{handoff}/acts/{act}": ("/handoffs/{handoff}/acts/handoff.recall", {}),
    "/items/{item}/acts/{act}": (
        *("/items/{item}/acts/item.recall", {"ground": "incorrect"}),
    ),
    "/covers": ("/covers", {"absent": "anderlecht/handler"}),
    "/emergency": ("/emergency", {"case": "{case}", "ground": "danger", "hours": "2"}),
}
"""Acts on pages: tried on what is hidden, they must fail as on what never was."""

PAGES_WITHOUT_CASES = (
    *("/sign-in", "/sign-in/provider", "/sign-in/return", "/sign-in/persona"),
    *("/sign-out", "/sign-out/everywhere", "/language", "/open/{route}", "/verify"),
    "/verify/keys",
    "/proven",
    "/days",
    *("/covers/end", "/numbers", "/drafts/{draft}", "/drafts/{draft}/drop"),
    *("/notices/seen", "/notices/mail", "/notices/stop"),
    *("/notices/calendar", "/notices/calendar/end"),
)
"""Pages that tell of no case."""

PAGES_OF_OFFICES: dict[str, str] = {
    "/audit": "for auditors: as `audit trail`",
    "/audit/trail": "for auditors: as `audit trail`",
    "/audit/entries/{entry}": "for auditors: as `audit trail`",
    "/audit/unusual": "for auditors: as `audit trail`",
    "/audit/samples": "for auditors: as `audit trail`",
    "/audit/honey": "for auditors: on an item of the trail",
    "/audit/honey/{item}/lift": "for auditors: on an item of the trail",
    "/audit/person": "for auditors: as `audit person`",
    "/audit/bundle": "for auditors: as `audit trail`",
    "/audit/erasures": "for auditors: as `audit trail`",
    "/audit/erasures/{entry}": "for auditors: as `audit trail`",
    "/audit/verify": "for auditors: of files that are sent",
    "/statutory": "for the DPO: of the own agency",
    "/statutory/new": "for the DPO: of the own agency",
    "/statutory/{made}": "for the DPO: by the id of a list of the own agency",
    "/subject-requests": "for the DPO: of the own agency",
    "/subject-requests/new": "for the DPO: of the own agency",
    "/subject-requests/{request}": "for the DPO: by the id of a request",
    "/subject-requests/{request}/held": "for the DPO: tests of its own",
    "/subject-requests/{request}/steps/{step}": "for the DPO: by the id of a request",
    "/findings/new": "for auditors: on entries, by an id of the trail",
    "/findings/{finding}": "for auditors and owners of findings: tests of its own",
    "/findings/{finding}/steps/{step}": "for auditors and owners of findings",
}
"""Pages for a function alone, and why what they tell is theirs to know."""

WITHOUT_CASES: dict[str, str] = {
    "case open": "knows of no other case",
    "officer cover": "names colleagues; a case only with `--case`, by its id",
    "officer return": "names a colleague",
    "decision propose": "takes a file: covered by `decision gaps` of the same reader",
    "notice mail": "one's own address",
    "notice webhook": "one's own address",
    "notice stop": "one's own address",
    "notice again": "what `notice sent` shows",
    "notice key": "a public key",
    "clock explain": "counts days",
    "pack list": "the law",
    "pack show": "the law",
    "pack check": "the law",
    "policy check": "the rules",
    "policy explain": "made-up facts",
    "policy replay": "for whoever runs the servers",
    "audit statutory make": "for the DPO: of the own agency",
    "audit statutory show": "for the DPO: by the id of a list of the own agency",
    "audit subject-request record": "for the DPO: of the own agency",
    "audit subject-request acknowledge": "for the DPO: by the id of a request",
    "audit subject-request extend": "for the DPO: by the id of a request",
    "audit subject-request answer": "for the DPO: by the id of a request",
    "audit subject-request close": "for the DPO: by the id of a request",
    "audit subject-request show": "for the DPO: by the id of a request",
    "audit subject-request held": "for the DPO: tests of its own",
    "audit person": "for auditors: as `audit trail`; tests of its own",
    "audit entry": "for auditors: as `audit trail`",
    "audit trail": "for auditors: the entries of agencies, never of a reader",
    "audit twins": "for auditors: of hand-offs of agencies, never of a reader",
    "audit unusual": "for auditors: as `audit trail`",
    "audit sample": "for auditors: as `audit trail`",
    "audit export": "for auditors: as `audit trail`",
    "audit honey set": "for auditors: on an item of the trail",
    "audit honey lift": "for auditors: on an item of the trail",
    "audit finding open": "for auditors: on entries, by an id of the trail",
    "audit finding answer": "for the owner of a finding",
    "audit finding follow": "for auditors: on a finding",
    "audit finding close": "for auditors: on a finding",
    "audit finding show": "for auditors and owners of findings: tests of its own",
    "ledger certificate": "for auditors: as `audit trail`",
    "ledger certificates": "for auditors: as `audit trail`",
    "ledger export": "for auditors: as `audit trail`",
    "ledger keys": "public keys",
    "ledger publish": "for whoever runs the servers: hashes, no entry",
    "ledger twins": "for whoever runs the servers: changes of hand-offs, no content",
    "ledger witnesses": "for whoever runs the servers: checkpoints, no entry",
    "ledger verify": "for whoever runs the servers: counts, no content",
    "directory enter": "for whoever runs the servers: agencies and officers",
    "directory change": "for whoever runs the servers: agencies and officers",
    "directory leave": "for whoever runs the servers: agencies and officers",
    "directory list": "for whoever runs the servers: agencies and officers",
    "node receipts": "for whoever runs a node: hashes, no entry",
    "node create": "for whoever runs a node: no rows",
    "node request": "for whoever runs a node: a public key",
    "node rotate": "for whoever runs a node",
    "session begin": "signs in",
    "session end": "leaves",
    "demo up": "for whoever runs the servers",
    "demo play": "for whoever runs the servers",
    "demo advance": "for whoever runs the servers",
    "demo reset": "for whoever runs the servers",
}
"""Commands that tell of no case, and why."""
