"""Load, delays and turnaround for coordinators: figures without names or ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from acts.desk import Desk
from acts.pages.showing import Showing, log_page
from models.agencies import Agency, OfficerFunction, Reader
from models.errors import NotPermitted
from models.figures import CountedQuestion, Figures
from models.packs import Pack, PackStatus
from models.pages import Query
from policies.calendars import BE_LEGAL, calendar
from policies.figures import Place, load_figure_rule, load_of, turnaround_of
from storage import figures as storage
from storage.figures import Asked
from storage.people import directory
from storage.sessions import acting


def figures(desk: Desk, reader: Reader) -> Figures:
    """Return the figures of the zone; the look is an entry, with what was shown.

    Counted are cases of which the lead lets coordinators be told route, agency and
    stage, and of these no question that a guard keeps: others change nothing here.

    Raises:
        NotPermitted: the reader is no coordinator.
    """
    if OfficerFunction.COORDINATOR not in reader.officer.functions:
        raise NotPermitted(
            "figures of all cases are for coordinators",
            help="your own cases are in `estafette case list`",
        )
    rule, today = load_figure_rule(), desk.today
    since = rule.since(today)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        agencies = directory.agencies(connection)
        asked = storage.questions(connection, since)
        found = Figures(
            least=rule.least_cases,
            since=since,
            load=tuple(
                load_of(storage.cases(connection), _places(desk, agencies), rule)
            ),
            turnaround=tuple(
                turnaround_of(
                    _unguarded(desk, asked),
                    [each.id for each in _partners(desk, agencies)],
                    rule,
                    (today, calendar(BE_LEGAL)),
                )
            ),
        )
        showing = Showing(query=Query.FIGURES, counts=_counts(found))
        log_page(desk, connection, reader, showing)
    return found


def _routes(desk: Desk) -> list[Pack]:
    """Return the packs in force, each with its stages."""
    return [each for each in desk.packs.packs if each.status is PackStatus.IN_FORCE]


def _places(desk: Desk, agencies: Sequence[Agency]) -> list[Place]:
    """Return every place a case can be in, whether or not there is one."""
    found = {
        (agency.id, pack.id, stage.code): None
        for agency in agencies
        for pack in _routes(desk)
        if agency.kind is pack.lead
        for stage in pack.stages[:-1]
    }
    return list(found)


def _partners(desk: Desk, agencies: Sequence[Agency]) -> list[Agency]:
    """Return the agencies that can be asked something that no guard keeps."""
    kinds = {
        source.agency_kind
        for pack in _routes(desk)
        for source in pack.sources
        if source.guard is None
    }
    return [each for each in agencies if each.kind in kinds]


def _unguarded(desk: Desk, found: Iterable[Asked]) -> Iterator[CountedQuestion]:
    for each in found:
        source = desk.packs.get(each.route, each.pack_version).source(each.source)
        if source.guard is None:
            yield each.question


def _counts(found: Figures) -> dict[str, int]:
    """Return what is shown, by what it is a figure of, for the entry of the look."""
    shown: dict[str, int | None] = {}
    for load in found.load:
        shown[f"open {load.agency} {load.route} {load.stage}"] = load.cases
    for line in found.turnaround:
        told = line.model_dump(exclude={"partner"})
        shown |= {f"{name} {line.partner}": each for name, each in told.items()}
    return {name: each for name, each in shown.items() if each is not None}
