"""Taking in what a file says of the directory: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, text

from models.agencies import Officer
from models.directory import Directory
from models.errors import Conflict, InvalidInput
from storage.people import directory
from storage.people.entering import Entered, enter

_ONE_AT_A_TIME = text("lock table officer in share row exclusive mode")


def take_in(connection: Connection, given: Directory, *, at: datetime) -> Entered:
    """Enter what is new in a file, and hold the rest against the directory.

    The caller's transaction must end with an error: then nothing was entered. What is
    compared is read after it was written, and of two that come at once one waits for
    the other: neither would see the service numbers that the other enters.

    Raises:
        InvalidInput: it names an agency to watch over that is nowhere.
        Conflict: it says something else than the directory.
    """
    connection.execute(_ONE_AT_A_TIME)
    _check_overseen(connection, given)
    entered = enter(
        connection, given.bodies(), given.officers(), given.oversight(), at=at
    )
    if different := [*_of_agencies(connection, given), *_of_people(connection, given)]:
        raise Conflict(
            f"the directory says otherwise: {'; '.join(different)}",
            help="nothing was entered; correct the file, or say with `estafette "
            "directory change` what officers do now",
        )
    return entered


def _check_overseen(connection: Connection, given: Directory) -> None:
    known = {each.id for each in [*directory.agencies(connection), *given.bodies()]}
    if lost := {each.agency for each in given.oversight()} - known:
        raise InvalidInput(
            f"there is no agency {', '.join(f'`{each}`' for each in sorted(lost))} "
            "to watch over",
            help="enter it too, in this file or before; nothing was entered",
        )


def _of_agencies(connection: Connection, given: Directory) -> Iterator[str]:
    bodies = {each.id: each for each in directory.agencies(connection)}
    for body in given.bodies():
        known = bodies[body.id]
        if known.kind != body.kind:
            yield f"`{body.id}` is `{known.kind}`, not `{body.kind}`"
        if known.name != body.name:
            yield f"`{body.id}` has another name"
    articles = {
        (o.auditor, o.agency): o.article for o in directory.oversight(connection)
    }
    for each in given.oversight():
        article = articles[each.auditor, each.agency]
        if article != each.article:
            yield (
                f"`{each.auditor}` watches over `{each.agency}` under {article}, "
                f"not {each.article}"
            )


def _of_people(connection: Connection, given: Directory) -> Iterator[str]:
    everybody = directory.officers(connection)
    officers = {each.id: each for each in everybody}
    numbers: dict[tuple[str, str], list[Officer]] = {}
    for each in everybody:
        numbers.setdefault((each.agency, each.service_number), []).append(each)
    for person in given.officers():
        known = officers[person.id]
        if not known.functions:
            yield f"`{person.id}` has left"
        elif known.functions != person.functions:
            yield f"`{person.id}` is {_said(known)}, not {_said(person)}"
        if known.service_number != person.service_number:
            yield f"`{person.id}` has the service number `{known.service_number}`"
        for other in numbers[known.agency, known.service_number]:
            if other.id != person.id:
                yield f"`{other.id}` has the service number of `{person.id}`"


def _said(officer: Officer) -> str:
    return " and ".join(sorted(officer.functions))
