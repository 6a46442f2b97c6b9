"""Rulings: what policy answered, with everything needed to ask it again."""

from __future__ import annotations

from enum import StrEnum

from models.values import Value


class SharingAction(StrEnum):
    """The two questions that sharing policy decides."""

    READ = "read"
    DISCLOSE = "disclose"


class Verdict(StrEnum):
    """The three answers that a ruling can give.

    `ASK` is a refusal too: only the originator's control stands in the way, so the
    agency that gave the item may still make it readable.
    """

    ALLOW = "allow"
    DENY = "deny"
    ASK = "ask"


class SharingFacts(Value):
    """The facts of one ruling; all of them, so that it can be replayed.

    No field names a data subject. Dates are ISO days. Additive changes only, with
    defaults: the facts of a ruling stored years ago must still be read.

    Attributes:
        action: read one item, or disclose it to `audience`.
        officer, agency, agency_kind, functions: who acts.
        designated: named for this case (and handoff) on this day.
        excluded: a conflict of interest keeps this officer out.
        purpose: the purpose given for the act or read.
        item_kind, originator, regime, code, tlp: of the item.
        disclosable, judicial_hold: of the item's handling.
        in_audience: the item was sealed for the reader's agency.
        audience: receiving agency of a disclosure, or the reader's own.
        audience_kind: its kind.
        lawful_route: the pack has this question or answer between these two.
        expired: the item's last day has passed.
        too_old: the pack's data-age filter refuses it.
        recalled: its originator took the item back.
        break_glass: an emergency was declared for this officer, and has not ended.
    """

    action: SharingAction
    officer: str
    agency: str
    agency_kind: str
    functions: tuple[str, ...]
    designated: bool
    excluded: bool
    purpose: str
    item: str
    item_kind: str
    item_purpose: str
    originator: str
    regime: str
    code: str
    disclosable: bool
    judicial_hold: bool
    in_audience: bool
    audience: str
    audience_kind: str
    lawful_route: bool
    expired: bool
    too_old: bool
    break_glass: bool = False
    tlp: str = "none"
    recalled: bool = False


class Ruling(Value):
    """What policy answered, why, and by which text and engine.

    Attributes:
        verdict: the answer; any diagnostic error makes it a refusal.
        policies: sorted ids of the deciding policies.
        errors: sorted diagnostic errors of the engine, if any.
        digest: SHA-256 (hex) of policy texts and schema.
        engine: name and version of the engine.
    """

    verdict: Verdict
    policies: tuple[str, ...]
    errors: tuple[str, ...] = ()
    digest: str
    engine: str
    facts: SharingFacts

    @property
    def allowed(self) -> bool:
        """Tell whether the read or disclosure may happen now."""
        return self.verdict is Verdict.ALLOW
