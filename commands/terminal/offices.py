"""Where a command is done: here, at a desk, or at an installation elsewhere.

Commands that use this do both with the same words and the same output. Their officer
is a `Caller`, by which the reference of the command line knows them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from uuid import UUID

from acts import cases
from acts.cases import Opening
from acts.offered.audits import AUDIT_OFFERS
from acts.offered.bodies import Nothing
from acts.offered.catalogue import OFFERS
from acts.performing import Done
from acts.reporting import Report
from acts.seat import Seat
from commands.afar import keeping
from commands.afar.api import open_api
from commands.afar.office import Afar
from commands.terminal import seats
from commands.terminal.done import show_done
from commands.terminal.here import Here
from commands.terminal.options import Caller
from models.act_kinds import ActKind
from models.values import Value

Seen = TypeVar("Seen")


Office = Here | Afar
"""What commands read, to show it or to find what an act says."""

Say = Callable[[Office, UUID], Value]
"""Finds what an act says, from what was typed and the id of what it is about."""


def look_in(who: Caller, see: Callable[[Office], Seen]) -> Seen:
    """Read in an officer's name, here or elsewhere.

    Raises:
        NotSignedIn: nobody proved who reads.
        EstafetteError: the read was refused.
    """
    if url := keeping.address():
        with open_api(url, keeping.token_for(url)) as api:
            return see(Afar(api))
    return seats.look(who.here, lambda at: see(Here(at)))


def order(
    who: Caller, act: ActKind, given: str | UUID, say: Say | Value | None = None
) -> None:
    """Do an act in an officer's name, here or elsewhere, and say what came of it.

    Args:
        who: the officer.
        act: one of those that are offered.
        given: the case, handoff or item that it is about, as it was typed.
        say: what it says, or what finds that; nothing, if the act says all.

    Raises:
        NotSignedIn: nobody proved who acts.
        EstafetteError: the act was refused; nothing was changed.
    """
    offer = OFFERS[act]

    def complete(office: Office) -> tuple[UUID, Value]:
        about = given
        if isinstance(about, str):
            about = office.id_of(offer.about, about)
        said = Nothing() if say is None else say
        return about, said(office, about) if callable(said) else said

    def deed(at: Seat) -> Awaitable[Done]:
        return offer.perform(at, *complete(Here(at)))

    if url := keeping.address():
        with open_api(url, keeping.token_for(url)) as api:
            about, body = complete(Afar(api))
            done = api.order(f"/{offer.about}s/{about}/acts/{act}", Report, body)
        show_done(done, as_json=who.json)
        return
    seats.act(who.here, deed)


def order_case(who: Caller, say: Callable[[Office], Opening]) -> None:
    """Open a case, here or elsewhere, and say what came of it; raises as `order`."""

    def deed(at: Seat) -> Awaitable[Done]:
        return cases.open_case(at.desk, at.officer, say(Here(at)))

    if url := keeping.address():
        with open_api(url, keeping.token_for(url)) as api:
            done = api.order("/cases", Report, say(Afar(api)))
        show_done(done, as_json=who.json)
        return
    seats.act(who.here, deed)


def order_audit(
    who: Caller, deed: str, say: Callable[[Office], Value] | Value, given: str = ""
) -> Any:
    """Do what is of no case, here or elsewhere, and return what came of it.

    Args:
        who: the officer.
        deed: the name of one that is offered to auditors, owners of findings and DPOs.
        say: what it says, or what finds that.
        given: what it is about, as it was typed, if it goes on with something.

    Raises:
        NotSignedIn: nobody proved who acts.
        EstafetteError: it was refused; nothing was changed.
    """
    offer = AUDIT_OFFERS[deed]

    def complete(office: Office) -> tuple[UUID | None, Value]:
        what = offer.about.replace("_", " ")
        about = None if offer.begins else office.id_of(what, given)
        return about, say(office) if callable(say) else say

    if url := keeping.address():
        with open_api(url, keeping.token_for(url)) as api:
            about, body = complete(Afar(api))
            path = offer.path.format_map({offer.about: about})
            return api.order(path, offer.done, body)
    return seats.look(who.here, lambda at: offer.perform(at, *complete(Here(at))))
