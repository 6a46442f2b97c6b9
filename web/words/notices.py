"""What notices say, by their kind."""

from __future__ import annotations

from web.languages import words

NOTICES: dict[str, str] = {
    "offered": words("a question came in"),
    "answered": words("a question was answered"),
    "refused": words("a question was refused"),
    "returned": words("a question came back"),
    "expired": words("a question expired without an answer"),
    "granted": words("an item may be read that was asked for"),
    "recalled": words("an item was taken back"),
    "corrected": words("an item was corrected"),
    "ended": words("a term ended"),
    "second_key": words("an answer waits for the second key"),
    "declined": words("an answer was kept back"),
    "feedback": words("what became of an answer"),
    "proposal": words("a decision is proposed"),
    "confirmation_wanted": words("it is to be confirmed that there is no appeal"),
    "not_given_back": words("an item that was taken back is not given back yet"),
    "reminder": words("a term ends soon"),
    "escalation": words("a term is in danger"),
    "break_glass": words("an emergency was declared"),
    "break_glass_read": words("something was read in an emergency"),
    "recusal": words("a colleague stepped back from a case"),
    "finding_opened": words("a finding waits for an answer"),
    "finding_answered": words("a finding was answered"),
    "finding_followed": words("a finding goes on"),
    "finding_closed": words("a finding was closed"),
    "finding_overdue": words("the answer to a finding is overdue"),
    "subject_request_due": words("a request of a data subject is due soon"),
    "subject_request_overdue": words("a request of a data subject is overdue"),
}
