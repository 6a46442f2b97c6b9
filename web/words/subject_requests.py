"""Requests of data subjects."""

from __future__ import annotations

from models.subject_requests import (
    RequestOutcome,
    RequestRegime,
    RequestState,
    RequestStep,
    SubjectRight,
)
from web.languages import words

RIGHTS: dict[str, str] = {
    SubjectRight.ACCESS: words("access"),
    SubjectRight.RECTIFICATION: words("rectification"),
    SubjectRight.ERASURE: words("erasure of data"),
    SubjectRight.RESTRICTION: words("restriction of processing"),
    SubjectRight.OBJECTION: words("objection"),
}
REGIMES: dict[str, str] = {
    RequestRegime.GDPR: words("GDPR: inquiry of a municipality, DEIPP"),
    RequestRegime.POLICE: words("police data"),
    RequestRegime.JUDICIAL: words("files of prosecutor and courts"),
    RequestRegime.CUSTOMS_CTIF: words("customs, financial intelligence unit"),
    RequestRegime.INTELLIGENCE: words("intelligence services"),
}
STATES_OF_REQUESTS: dict[str, str] = {
    RequestState.OPEN: words("term runs"),
    RequestState.ACKNOWLEDGED: words("acknowledged"),
    RequestState.ANSWERED: words("answered"),
    RequestState.CLOSED: words("request closed"),
}
STEPS_OF_REQUESTS: dict[str, str] = {
    RequestStep.RECORD: words("request recorded"),
    RequestStep.ACKNOWLEDGE: words("request acknowledged"),
    RequestStep.EXTEND: words("term of a request extended"),
    RequestStep.ANSWER: words("request answered"),
    RequestStep.CLOSE: words("request closed"),
}
ANSWERS: dict[str, str] = {
    RequestOutcome.GRANTED: words("granted"),
    RequestOutcome.GRANTED_IN_PART: words("granted in part"),
    RequestOutcome.REFUSED: words("refused"),
    RequestOutcome.REFERRED: words("referred to whoever answers in our place"),
    RequestOutcome.WITHDRAWN: words("withdrawn by the person"),
}
