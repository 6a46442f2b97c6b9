"""Acts for which whoever does them proves anew, and more strongly, who it is.

No article asks for this: it is a measure against an open screen and a stolen session,
where one act harms more than it can be undone.
"""

from __future__ import annotations

from models.act_kinds import ActKind
from web.languages import words

SENSITIVE: dict[ActKind, str] = {
    ActKind.CASE_BREAK_GLASS: words("it opens what the officer was not named for"),
    ActKind.CASE_EXCLUDE: words("it shuts a colleague out of a case"),
    ActKind.CASE_READMIT: words("it lets in who was shut out of a case"),
    ActKind.CASE_CLOSE: words("it destroys data of the case, for good"),
    ActKind.DECISION_ADOPT: words("it decides about somebody"),
    ActKind.DECISION_WITHDRAW: words("it takes back a decision about somebody"),
    ActKind.HANDOFF_CONFIRM: words("it is the second key: content leaves for good"),
}
"""Each with the reason, in English, that pages give in the reader's language."""
