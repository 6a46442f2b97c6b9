"""One play of a case: who acts, what day it is, what is shown."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from rich.console import Console

from activities.process import CaseProcess
from acts.desk import Desk
from acts.pages import lists, overview
from acts.pages.overview import CaseOverview
from acts.performing import PURPOSE, Done
from models.agencies import Agency, Officer, Reader, ReadReason
from models.clock import BRUSSELS
from models.errors import EstafetteError, Unavailable
from models.handoffs import HandoffRecord
from models.ids import AgencyId, CaseId, HandoffId, OfficerId
from models.pages import LARGEST_PAGE, Window
from policies.calendars import calendar
from policies.clocks import count
from runtime.clock import DemoClock
from runtime.roles import Role
from runtime.settings import Settings
from serving.demo_days import advance
from storage.engine import connect, transaction
from storage.people import directory

_OFFICE_HOURS = time(9)


@dataclass
class Play:
    """What every scene works with.

    `acts` and `refusals` count what was shown, for those who test the play.
    """

    desk: Desk
    process: CaseProcess
    clock: DemoClock
    day_seconds: float
    officers: Mapping[OfficerId, Officer]
    agencies: Mapping[AgencyId, Agency]
    console: Console
    case: CaseId = field(init=False)
    opened: date = field(init=False)
    acts: int = 0
    refusals: int = 0

    def officer(self, name: str) -> Officer:
        """Return an officer of the cast."""
        return self.officers[OfficerId(name)]

    def reader(self, name: str, reason: ReadReason = ReadReason.ASKING) -> Reader:
        """Return an officer as a reader."""
        officer = self.officer(name)
        kind = self.agencies[officer.agency].kind
        return Reader(officer=officer, agency_kind=kind, purpose=PURPOSE, reason=reason)

    def heading(self, text: str) -> None:
        """Show where in the procedure we are."""
        self.console.rule(f"[bold]{text}[/bold]")

    async def act(self, who: str, what: str, deed: Awaitable[Done]) -> Done:
        """Let an officer act, and show it.

        Raises:
            Unavailable: the process did not take the act up in time.
        """
        done = await deed
        if not done.taken_up:
            raise Unavailable(
                "an act was stored but not taken up in time",
                help="see whether the worker runs, then play again",
            )
        self.acts += 1
        self._line(who, what)
        return done

    async def refused(self, who: str, what: str, deed: Awaitable[Done]) -> None:
        """Let an officer try what the law forbids, and show the answer."""
        try:
            await deed
        except EstafetteError as error:
            self.refusals += 1
            self._line(who, f"{what}: [yellow]refused[/yellow]")
            self.console.print(f"             [yellow]{error.message}[/yellow]")
            self.console.print(f"             [dim]{error.help}[/dim]")
            return
        raise AssertionError(f"{what} should have been refused")

    async def working_day(self, number: int) -> None:
        """Let time pass until a working day of the inquiry (1 is its first day)."""
        clock = self.desk.packs.current("be-119ter", self.opened).clock("inquiry")
        counting = count(
            clock.model_copy(update={"length": number}),
            self.opened,
            calendar("be-legal"),
        )
        await self.day(counting.deadline)

    async def days(self, number: int) -> None:
        """Let a number of calendar days pass."""
        today = self.desk.today
        await self.day(today + timedelta(days=number))

    async def day(self, day: date) -> None:
        """Let time pass until the morning of a day."""
        morning = datetime.combine(day, _OFFICE_HOURS, tzinfo=BRUSSELS)
        # In UTC: between two local times Python would not count a change of hour.
        span = morning.astimezone(UTC) - self.desk.clock.now().astimezone(UTC)
        span += timedelta(seconds=1)
        if span > timedelta():
            with self.console.status(f"time passes until {day} ..."):
                await advance(self.clock, self.process, span, self.day_seconds)

    def file(self, who: str = "anderlecht/handler") -> CaseOverview:
        """Return the case as an officer may know it."""
        return overview.look_up(self.desk, self.reader(who), self.case)

    def asked(self, agency: str, source: str) -> HandoffId:
        """Return the newest handoff of this case to an agency, from its inbox."""
        waiting = self._inbox(agency)
        mine = [h for h in waiting if h.case == self.case and h.source == source]
        return max(mine, key=lambda h: h.offered_at).id

    def _inbox(self, agency: str) -> Iterator[HandoffRecord]:
        window = Window(limit=LARGEST_PAGE)
        reader = self.reader(agency)
        while page := lists.inbox(self.desk, reader, window, closed=True).handoffs:
            yield from page
            window = Window(limit=LARGEST_PAGE, after=page[-1].id)

    def decision(self) -> UUID:
        """Return the newest decision of the case."""
        return self.file().decisions[-1].id

    def _line(self, who: str, what: str) -> None:
        now = self.desk.clock.now()
        self.console.print(
            f"[cyan]{now:%d/%m/%Y}[/cyan]  [green]{who:<22}[/green] {what}"
        )


def open_play(
    settings: Settings, desk: Desk, process: CaseProcess, console: Console
) -> Play:
    """Cast the play from the directory."""
    with transaction(desk.database) as connection:
        officers = {o.id: o for o in directory.officers(connection)}
        agencies = {a.id: a for a in directory.agencies(connection)}
    clock = DemoClock(connect(settings.database(Role.RECORD), pool=1))
    return Play(
        desk=desk,
        process=process,
        clock=clock,
        day_seconds=settings.day_seconds,
        officers=officers,
        agencies=agencies,
        console=console,
    )
