"""Requests of data subjects: recorded by the DPO, followed by their term, answered.

Each step is one transaction: row, sealed text and ledger entry. Terms that near their
end are told by `activities.overdue`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from acts.audit.auditing import require_dpo
from acts.audit.subject_request_pages import request_in
from acts.audit.subject_request_steps import Step, take_step
from acts.desk import Desk
from acts.pages.showing import Showing, log_page
from models.agencies import Reader
from models.errors import ClockEnded, Conflict
from models.ids import PaperId, SubjectRequestId
from models.numbers import parse_number
from models.pages import Query
from models.subject_requests import (
    RequestContent,
    RequestOutcome,
    RequestRegime,
    RequestState,
    RequestStep,
    SubjectRequest,
    SubjectRight,
)
from models.texts import Words
from models.values import Value
from policies.subject_requests import (
    RegimeRule,
    check_answer,
    check_receipt,
    due_on,
    load_request_rules,
)
from storage.audits import subject_requests
from storage.sessions import acting


class NewRequest(Value):
    """Who asks for which right, when that came in, and under which regime.

    `number` is the national number of the person, or that of an enterprise or
    establishment of theirs. `identity` says how the identity of whoever asks was
    checked, and `text` what was asked.
    """

    right: SubjectRight
    regime: RequestRegime
    received_on: date
    number: str
    identity: Words
    text: Words


class RequestReply(Value):
    """What a person was answered; `limit` is the code of a restriction, if any."""

    outcome: RequestOutcome
    text: Words
    limit: str = ""


class RequestDone(Value):
    """What became of a request by a step, and the receipt of its entry.

    The receipt is empty where the step was taken before, and is asked for again.
    """

    request: SubjectRequest
    receipt: str = ""


def record(desk: Desk, reader: Reader, new: NewRequest) -> RequestDone:
    """Record a request; its term runs from the day after its receipt.

    Raises:
        NotPermitted: the reader is no DPO.
        InvalidInput: the number does not hold, or the day has not come.
    """
    require_dpo(reader)
    check_receipt(new.received_on, desk.today)
    digits = parse_number(new.number).digits
    content = RequestContent(number=digits, identity=new.identity, text=new.text)
    rule = load_request_rules().of(new.regime)
    request = SubjectRequest(
        id=SubjectRequestId(uuid4()),
        agency=reader.officer.agency,
        right=new.right,
        regime=new.regime,
        state=RequestState.OPEN,
        received_on=new.received_on,
        due_on=due_on(rule.term, new.received_on),
    )
    text = content.model_dump_json()
    step = Step(RequestStep.RECORD, request, rule.term.article, text)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        subject_requests.enter(connection, request)
        receipt = take_step(desk, connection, reader, step)
    return RequestDone(request=request, receipt=receipt)


def acknowledge(
    desk: Desk, reader: Reader, request: SubjectRequestId, text: str
) -> RequestDone:
    """Record that the receipt was acknowledged; where the law asks for that, in time.

    Raises:
        NotPermitted: the reader is no DPO.
        NotFound: absent or hidden.
        Conflict: its term does not run any more.
    """

    def acknowledged(found: SubjectRequest, rule: RegimeRule) -> Step:
        _require_open(found)
        state = found.state
        if rule.met_by is RequestStep.ACKNOWLEDGE:
            state = RequestState.ACKNOWLEDGED
        after = found.model_copy(update={"state": state})
        return Step(RequestStep.ACKNOWLEDGE, after, rule.term.article, text)

    return _go_on(desk, reader, request, acknowledged)


def extend(
    desk: Desk, reader: Reader, request: SubjectRequestId, text: str
) -> RequestDone:
    """Record that the person was told, with the reasons, that the term is extended.

    Raises:
        NotPermitted: the reader is no DPO.
        NotFound: absent or hidden.
        ExtensionExhausted: the regime knows none, or no further one.
        ClockEnded: the term within which it must be told is over.
        Conflict: its term does not run any more.
    """
    today = desk.today

    def extended(found: SubjectRequest, rule: RegimeRule) -> Step:
        _require_open(found)
        times = found.extended + 1
        due = due_on(rule.term, found.received_on, times)
        if found.is_overdue(today):
            raise ClockEnded(
                f"an extension must be told before the term ends: `{found.due_on}`",
                help="answer the request; late is better than never",
                article=rule.term.article,
            )
        after = found.model_copy(update={"extended": times, "due_on": due})
        return Step(RequestStep.EXTEND, after, rule.term.article, text)

    return _go_on(desk, reader, request, extended)


def answer(
    desk: Desk, reader: Reader, request: SubjectRequestId, reply: RequestReply
) -> RequestDone:
    """Record what the person was answered; late is better than never.

    Raises:
        NotPermitted: the reader is no DPO, or the regime has no such answer.
        NotFound: absent or hidden.
        InvalidInput: it names no restriction, or one that limits another right.
        Conflict: it was answered already.
    """

    def answered(found: SubjectRequest, rule: RegimeRule) -> Step:
        if found.state is RequestState.ANSWERED:
            raise Conflict(
                f"this request was answered already: `{found.outcome}`",
                help="close it with `estafette audit subject-request close`",
            )
        limit = check_answer(rule, found, reply.outcome, reply.limit)
        ended = {
            "state": RequestState.ANSWERED,
            "outcome": reply.outcome,
            "limit": limit.code if limit else None,
        }
        article = limit.article if limit else rule.article
        after = found.model_copy(update=ended)
        return Step(RequestStep.ANSWER, after, article, reply.text)

    return _go_on(desk, reader, request, answered)


def close(
    desk: Desk, reader: Reader, request: SubjectRequestId, text: str
) -> RequestDone:
    """Close a request that was answered; from then on its texts have a last day.

    Raises:
        NotPermitted: the reader is no DPO.
        NotFound: absent or hidden.
        Conflict: it was not answered yet.
    """
    today, kept = desk.today, load_request_rules().kept

    def closed(found: SubjectRequest, rule: RegimeRule) -> Step:
        if found.state is not RequestState.ANSWERED:
            raise Conflict(
                "this request was not answered yet",
                help="answer it with `estafette audit subject-request answer`; one that"
                " the person withdrew is answered as `withdrawn`",
            )
        ended = {
            "state": RequestState.CLOSED,
            "closed_on": today,
            "kept_until": kept.until(today),
        }
        after = found.model_copy(update=ended)
        return Step(RequestStep.CLOSE, after, rule.article, text)

    return _go_on(desk, reader, request, closed)


def taken(desk: Desk, reader: Reader, paper: PaperId) -> RequestDone | None:
    """Return how a request stands now, if the step with this paper was taken.

    That is a read, and an entry.

    Raises:
        NotPermitted: the reader is no DPO.
    """
    require_dpo(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        found = subject_requests.with_paper(connection, paper)
        if found is None:
            return None
        showing = Showing(query=Query.SUBJECT_REQUEST, rows=[found.id])
        log_page(desk, connection, reader, showing)
    return RequestDone(request=found)


def _go_on(
    desk: Desk,
    reader: Reader,
    request: SubjectRequestId,
    choose: Callable[[SubjectRequest, RegimeRule], Step],
) -> RequestDone:
    """Take a step with a request that is not closed; `choose` says which."""
    require_dpo(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        before = request_in(connection, request)
        if before.state is RequestState.CLOSED:
            raise Conflict(
                f"this request was closed on {before.closed_on}",
                help="record a new one, if the person asks again",
            )
        step = choose(before, load_request_rules().of(before.regime))
        if not subject_requests.move(connection, before, step.request):
            raise Conflict(
                "somebody else went on with this request meanwhile",
                help="look at it again with `estafette audit subject-request show`",
            )
        receipt = take_step(desk, connection, reader, step)
    return RequestDone(request=step.request, receipt=receipt)


def _require_open(found: SubjectRequest) -> None:
    """Refuse what only makes sense while a term runs."""
    if found.state is not RequestState.OPEN:
        raise Conflict(
            f"no term of this request runs any more: it is {found.state}",
            help="see it with `estafette audit subject-request show`",
        )
