"""Evaluations as OpenID's AuthZEN 1.0 has them: may this subject do that?

A subject is an `officer`, the asker or a colleague; a resource is an `item`; an action
is `read`, or `disclose` to the agency in `context.audience`. The answer is a decision
and nothing more: what one may not know of is refused as what never was.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field, ValidationError

from acts.policy.evaluating import Evaluation, evaluate
from acts.seat import Seat
from models.errors import InvalidInput
from models.rulings import SharingAction
from web.api.door import Anybody, TokenDoor
from web.door import installation
from web.permissions import Permission

router = APIRouter(tags=["evaluations"])

_AT = "/access/v1"
MOST = 100
"""Evaluations in one request."""


class Entity(BaseModel):
    """A subject or a resource; its properties are not looked at."""

    type: str
    id: str
    properties: dict[str, Any] = {}


class Action(BaseModel):
    """An action; its properties are not looked at."""

    name: str
    properties: dict[str, Any] = {}


class Asked(BaseModel):
    """An evaluation, or what several have in common."""

    subject: Entity | None = None
    action: Action | None = None
    resource: Entity | None = None
    context: dict[str, Any] = {}


class Semantic(StrEnum):
    """When to stop."""

    EXECUTE_ALL = "execute_all"
    DENY_ON_FIRST_DENY = "deny_on_first_deny"
    PERMIT_ON_FIRST_PERMIT = "permit_on_first_permit"


class Options(BaseModel):
    """How several are evaluated."""

    evaluations_semantic: Semantic = Semantic.EXECUTE_ALL


class AskedTogether(Asked):
    """Several evaluations; what one does not say, is as above them."""

    evaluations: Annotated[list[Asked], Field(min_length=1, max_length=MOST)]
    options: Options = Options()


class Decision(BaseModel):
    """Whether it is permitted."""

    decision: bool


class Decisions(BaseModel):
    """The decisions, in the order of the questions, up to where it stopped."""

    evaluations: list[Decision]


class Configuration(BaseModel):
    """Where evaluations are asked for."""

    policy_decision_point: str
    access_evaluation_endpoint: str
    access_evaluations_endpoint: str


def _named(response: Response, x_request_id: Annotated[str, Header()] = "") -> None:
    if x_request_id.isascii() and x_request_id.isprintable() and x_request_id:
        response.headers["x-request-id"] = x_request_id


Asking = Annotated[Seat, Depends(TokenDoor(Permission.EVALUATIONS_ASK))]
Named = [Depends(_named)]


@router.post(f"{_AT}/evaluation", dependencies=Named)
def evaluation(seat: Asking, asked: Asked) -> Decision:
    """Evaluate one access; it is logged."""
    return _decided(seat, asked)


@router.post(f"{_AT}/evaluations", dependencies=Named)
async def evaluations(
    request: Request, seat: Asking, asked: AskedTogether
) -> Decisions:
    """Evaluate several accesses; each is logged, and counts as a question."""
    for _ in asked.evaluations:
        request.app.state.calls.note(seat.officer.id)
    decided: list[Decision] = []
    for each in asked.evaluations:
        # Each is said on a beat: in between, others have their turn at the threads.
        one = _completed(each, asked)
        decided.append(await run_in_threadpool(_decided, seat, one))
        if _ends(asked.options.evaluations_semantic, decided[-1].decision):
            break
    return Decisions(evaluations=decided)


@router.get("/.well-known/authzen-configuration", dependencies=[Depends(Anybody())])
def configuration(request: Request) -> Configuration:
    """Return where evaluations are asked for."""
    here = installation(request).address
    return Configuration(
        policy_decision_point=here,
        access_evaluation_endpoint=f"{here}{_AT}/evaluation",
        access_evaluations_endpoint=f"{here}{_AT}/evaluations",
    )


def _completed(one: Asked, common: Asked) -> Asked:
    return Asked(
        subject=one.subject or common.subject,
        action=one.action or common.action,
        resource=one.resource or common.resource,
        context=one.context or common.context,
    )


def _ends(semantic: Semantic, decision: bool) -> bool:
    first_deny = semantic is Semantic.DENY_ON_FIRST_DENY and not decision
    return first_deny or (semantic is Semantic.PERMIT_ON_FIRST_PERMIT and decision)


def _decided(seat: Seat, asked: Asked) -> Decision:
    question = _question(asked)
    found = question is not None and evaluate(seat.desk, seat.reader(), question)
    return Decision(decision=found)


def _question(asked: Asked) -> Evaluation | None:
    """Return what is asked; None if that is nothing that anybody may do."""
    subject, action, resource = asked.subject, asked.action, asked.resource
    if subject is None or action is None or resource is None:
        raise InvalidInput(
            "subject, action or resource is missing", help="say all three"
        )
    to = asked.context.get("audience")
    disclosing = action.name == SharingAction.DISCLOSE
    if (subject.type, resource.type) != ("officer", "item") or disclosing != bool(to):
        return None
    try:
        return Evaluation.model_validate(
            {
                "officer": subject.id,
                "item": UUID(resource.id),
                "action": action.name,
                "audience": to,
            }
        )
    except (ValidationError, ValueError):
        return None
