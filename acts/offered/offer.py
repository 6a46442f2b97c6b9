"""An act that can be asked for from elsewhere: the API has one resource for each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from acts.desk import Desk
from acts.offered.bodies import Nothing
from acts.performing import Done
from acts.seat import Seat
from models.act_kinds import ActKind
from models.agencies import Officer, Reader
from models.handling import Handling
from models.values import Value


class About(StrEnum):
    """What an act is about; its id goes with the act."""

    CASE = "case"
    HANDOFF = "handoff"
    ITEM = "item"


Perform = Callable[[Seat, UUID, Any], Awaitable[Done]]


@dataclass(frozen=True)
class Offer:
    """An act, what it is about, what it says, and what does it.

    `perform` takes the seat, the id of what the act is about, and a `body`.
    """

    act: ActKind
    about: About
    body: type[Value]
    perform: Perform


def bare(act: Callable[[Desk, Officer, Any], Awaitable[Done]]) -> Perform:
    """Return what does an act that says nothing more."""
    return lambda at, about, _: act(at.desk, at.officer, about)


def saying(
    act: Callable[[Desk, Officer, Any, Any], Awaitable[Done]], field: str = ""
) -> Perform:
    """Return what does an act that takes its body, or one field of it."""
    return lambda at, about, body: act(
        at.desk, at.officer, about, getattr(body, field) if field else body
    )


def reading(act: Callable[[Desk, Reader, Any, Any], Awaitable[Done]]) -> Perform:
    """Return what does an act that opens something first, and takes its body."""
    return lambda at, about, body: act(at.desk, at.reader(), about, body)


def dated(at: Seat, given: Handling) -> Handling:
    """Return conditions in which what is not said was collected and processed today."""
    today = at.today
    days = ("collected_on", "processed_on")
    unsaid = {day: today for day in days if getattr(given, day) is None}
    return given.model_copy(update=unsaid)


def on_handoff(act: ActKind, perform: Perform, body: type[Value] = Nothing) -> Offer:
    """Return an act on a question."""
    return Offer(act, About.HANDOFF, body, perform)


def on_case(act: ActKind, perform: Perform, body: type[Value]) -> Offer:
    """Return an act on a case."""
    return Offer(act, About.CASE, body, perform)
