"""Where a command is done: here, at a desk, or at an installation elsewhere.

Commands that use this do both with the same words and the same output. Their officer
is a `Caller`, by which the reference of the command line knows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

from acts.cases import Opening
from acts.offered.audits import AUDIT_OFFERS
from acts.offered.bodies import Nothing
from acts.offered.catalogue import OFFERS
from commands.afar import keeping
from commands.afar.api import open_api
from commands.afar.office import Afar
from commands.terminal.done import show_done
from commands.terminal.here import Here
from commands.terminal.options import Caller
from commands.terminal.seats import open_seat
from models.act_kinds import ActKind
from models.values import Value

Seen = TypeVar("Seen")


Office = Here | Afar
"""Where commands act and read, to show it or to find what an act says."""

Say = Callable[[Office, UUID], Value]
"""Finds what an act says, from what was typed and the id of what it is about."""


@contextmanager
def open_office(who: Caller) -> Iterator[Office]:
    """Lend an officer the installation elsewhere that is named, or else a seat here.

    Raises:
        NotSignedIn: nobody proved who acts.
        NotPermitted: somebody else than the one who is named signed in there.
    """
    if url := keeping.address():
        with open_api(url, keeping.token_for(url)) as api:
            there = Afar(api)
            there.check_signed_in(who.as_)
            yield there
    else:
        with open_seat(who.here) as seat:
            yield Here(seat)


def look_in(who: Caller, see: Callable[[Office], Seen]) -> Seen:
    """Read in an officer's name; here, that works while the process engine is down.

    Raises:
        NotSignedIn: nobody proved who reads.
        EstafetteError: the read was refused.
    """
    with open_office(who) as office:
        return see(office)


def order(
    who: Caller, act: ActKind, given: str | UUID, say: Say | Value | None = None
) -> None:
    """Do an act in an officer's name, and say what came of it.

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
    with open_office(who) as office:
        about = office.id_of(offer.about, given) if isinstance(given, str) else given
        said = say(office, about) if callable(say) else say
        done = office.do(offer, about, Nothing() if said is None else said)
    show_done(done, as_json=who.json)


def order_case(who: Caller, say: Callable[[Office], Opening]) -> None:
    """Open a case, and say what came of it; raises as `order`."""
    with open_office(who) as office:
        done = office.open_case(say(office))
    show_done(done, as_json=who.json)


def order_audit(
    who: Caller, deed: str, say: Callable[[Office], Value] | Value, given: str = ""
) -> Any:
    """Do what is of no case, and return what came of it.

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
    with open_office(who) as office:
        what = offer.about.replace("_", " ")
        about = None if offer.begins else office.id_of(what, given)
        return office.do_audit(offer, about, say(office) if callable(say) else say)
