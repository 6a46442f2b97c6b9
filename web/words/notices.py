"""What notices say, by their kind."""

from __future__ import annotations

from models.notices import NoticeKind
from web.languages import words

NOTICES: dict[NoticeKind, str] = {
    NoticeKind.OFFERED: words("a question came in"),
    NoticeKind.ANSWERED: words("a question was answered"),
    NoticeKind.REFUSED: words("a question was refused"),
    NoticeKind.RETURNED: words("a question came back"),
    NoticeKind.EXPIRED: words("a question expired without an answer"),
    NoticeKind.GRANTED: words("an item may be read that was asked for"),
    NoticeKind.RECALLED: words("an item was taken back"),
    NoticeKind.CORRECTED: words("an item was corrected"),
    NoticeKind.ENDED: words("a term ended"),
    NoticeKind.SECOND_KEY: words("an answer waits for the second key"),
    NoticeKind.DECLINED: words("an answer was kept back"),
    NoticeKind.FEEDBACK: words("what became of an answer"),
    NoticeKind.HEARD: words("the minutes of a hearing are there"),
    NoticeKind.PROPOSAL: words("a decision is proposed"),
    NoticeKind.ADOPTED: words("a decision was adopted"),
    NoticeKind.WITHDRAWN: words("a decision was withdrawn"),
    NoticeKind.CONFIRMATION_WANTED: words(
        "it is to be confirmed that there is no appeal"
    ),
    NoticeKind.NOT_GIVEN_BACK: words(
        "an item that was taken back is not given back yet"
    ),
    NoticeKind.REMINDER: words("a reminder of a term that runs"),
    NoticeKind.ESCALATION: words("a term is in danger"),
    NoticeKind.BREAK_GLASS: words("an emergency was declared"),
    NoticeKind.BREAK_GLASS_READ: words("something was read in an emergency"),
    NoticeKind.RECUSAL: words("a colleague stepped back from a case"),
    NoticeKind.FINDING_OPENED: words("a finding waits for an answer"),
    NoticeKind.FINDING_ANSWERED: words("a finding was answered"),
    NoticeKind.FINDING_FOLLOWED: words("a finding goes on"),
    NoticeKind.FINDING_CLOSED: words("a finding was closed"),
    NoticeKind.FINDING_OVERDUE: words("the answer to a finding is overdue"),
    NoticeKind.SUBJECT_REQUEST_DUE: words("a request of a data subject is due soon"),
    NoticeKind.SUBJECT_REQUEST_OVERDUE: words("a request of a data subject is overdue"),
    NoticeKind.REGISTER_ENTRY: words("a measure was filed in the register"),
}
