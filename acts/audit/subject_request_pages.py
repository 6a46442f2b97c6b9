"""Requests of data subjects as the DPO sees them: listed, one, and what is held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from acts.audit.auditing import require_dpo
from acts.audit.papers import Reading
from acts.desk import Desk
from acts.pages.showing import Showing, log_page
from models.agencies import Reader
from models.errors import NotFound
from models.ids import SubjectRequestId
from models.items import ItemKind
from models.numbers import parse_number
from models.pages import Query, Window
from models.subject_requests import (
    Held,
    RequestContent,
    RequestStepTaken,
    SubjectRequest,
)
from models.values import Value
from policies.delays import Delay, DelayRule, delay_of, load_delay_rules
from policies.subject_requests import Limit, RegimeRule, due_on, load_request_rules
from storage.audits import subject_requests
from storage.sessions import acting, always_on_the_beat


class RequestLine(Value):
    """A request as a list has it."""

    request: SubjectRequest
    overdue: bool


class RequestStepRead(Value):
    """A step with its text; None once it was destroyed."""

    taken: RequestStepTaken
    text: str | None


class LimitTerm(Value):
    """A restriction that may be named, and the last day for an answer that rests on it.

    `due_on` is empty where such an answer has no term of its own.
    """

    limit: Limit
    due_on: date | None


class RequestPage(Value):
    """A request with all that was written about it, and what the law makes of it.

    `content` says who asks; None once it was destroyed. `steps` are those after it.
    """

    request: SubjectRequest
    overdue: bool
    rule: RegimeRule
    limits: tuple[LimitTerm, ...]
    content: RequestContent | None
    steps: tuple[RequestStepRead, ...]
    receipt: str


class HeldLine(Value):
    """Something that the agency holds, and whether the person may be told of it now.

    `opens` says whether the DPO may read it: subject cards of the own agency alone.
    """

    held: Held
    delay: Delay
    opens: bool


class Holdings(Value):
    """What an agency holds in the cases of a person, and what may never be said.

    `rules` are those of every regime, whether anything under it is held or not.
    """

    found: tuple[HeldLine, ...]
    rules: tuple[DelayRule, ...]
    receipt: str


def listed(
    desk: Desk, reader: Reader, window: Window, *, closed: bool = False
) -> list[RequestLine]:
    """Return a page of the requests of the DPO's agency, the first due on top.

    The page is an entry.

    Raises:
        NotPermitted: the reader is no DPO.
    """
    require_dpo(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        found = subject_requests.page(connection, window, closed=closed)
        rows = [each.id for each in found]
        showing = Showing(query=Query.SUBJECT_REQUESTS, rows=rows)
        log_page(desk, connection, reader, showing)
    today = desk.today
    return [RequestLine(request=r, overdue=r.is_overdue(today)) for r in found]


def show(desk: Desk, reader: Reader, request: SubjectRequestId) -> RequestPage:
    """Return a request with its texts, which come out once the entry is committed.

    Raises:
        NotPermitted: the reader is no DPO.
        NotFound: absent or hidden.
    """
    require_dpo(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        found = request_in(connection, request)
        first, *then = subject_requests.steps(connection, request)
        papers = [first.paper, *(each.paper for each in then)]
        reading = Reading(desk, reader, papers)
        showing = Showing(query=Query.SUBJECT_REQUEST, rows=[request, *papers])
        receipt = reading.log(connection, showing)
    texts = reading.texts()
    who = texts.get(first.paper)
    rule = load_request_rules().of(found.regime)
    return RequestPage(
        request=found,
        overdue=found.is_overdue(desk.today),
        rule=rule,
        limits=tuple(_limit_terms(desk, found, rule)),
        content=RequestContent.model_validate_json(who) if who else None,
        steps=tuple(RequestStepRead(taken=s, text=texts.get(s.paper)) for s in then),
        receipt=receipt,
    )


def standing(
    desk: Desk, reader: Reader, request: SubjectRequestId
) -> tuple[SubjectRequest, RegimeRule]:
    """Return where a request stands and what the law makes of it, and open no text.

    Raises:
        NotPermitted: the reader is no DPO.
        NotFound: absent or hidden.
    """
    require_dpo(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        found = request_in(connection, request)
        showing = Showing(query=Query.SUBJECT_REQUEST, rows=[request])
        log_page(desk, connection, reader, showing)
    return found, load_request_rules().of(found.regime)


def held(desk: Desk, reader: Reader, request: SubjectRequestId) -> Holdings:
    """Return what the DPO's agency holds in cases in which the number asked by stands.

    The number is read from the sealed request, and looked up by a token of the
    agency's node. Nothing is told of intelligence data (LVP art. 45): the answer is the
    same with and without, and leaves on a beat.

    Raises:
        NotPermitted: the reader is no DPO.
        NotFound: absent or hidden, or its text was destroyed.
    """
    content = show(desk, reader, request).content
    if content is None:
        raise NotFound(
            "who asked cannot be opened any more",
            help="its texts were destroyed on their last day",
        )
    own, rules = reader.officer.agency, load_delay_rules()
    number = parse_number(content.number)
    token = desk.node(own).index_token(number.kind, number.digits)
    with (
        always_on_the_beat(),
        acting(desk.database, desk.acting(reader.officer)) as connection,
    ):
        found = subject_requests.held(connection, token)
        rows = [request, *(each.item for each in found)]
        showing = Showing(query=Query.HELD, rows=rows)
        receipt = log_page(desk, connection, reader, showing)
    lines = (
        HeldLine(
            held=each,
            delay=delay_of(rules, {each.regime}, each.decided_on),
            opens=each.kind is ItemKind.SUBJECT_CARD and each.originator == own,
        )
        for each in found
    )
    return Holdings(found=tuple(lines), rules=rules.rules, receipt=receipt)


def request_in(connection: Connection, request: SubjectRequestId) -> SubjectRequest:
    """Return a request.

    Raises:
        NotFound: absent or hidden.
    """
    found = subject_requests.find(connection, request)
    if found is None:
        raise NotFound(
            f"there is no request of a data subject `{str(request)[:8]}` for you",
            help="list them with `estafette audit subject-request list`",
        )
    return found


def _limit_terms(
    desk: Desk, request: SubjectRequest, rule: RegimeRule
) -> Iterator[LimitTerm]:
    for limit in rule.limits_of(request.right):
        due = None
        if limit.route is not None and limit.clock is not None:
            clock = desk.packs.current(limit.route, desk.today).clock(limit.clock)
            due = due_on(clock, request.received_on, request.extended)
        yield LimitTerm(limit=limit, due_on=due)
