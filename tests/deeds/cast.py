"""The cast: officers of the seeded agencies, and the deeds that tests let them do."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from activities.process import CaseProcess
from acts import advice, cases, handoffs, hearings
from acts.advice import AdviceRequest
from acts.cases import Opening, OwnMaterial
from acts.desk import Desk
from acts.handoffs import Question, Reply
from acts.hearings import Invitation
from acts.pages import lists, overview
from acts.pages.lists import CaseLine
from acts.pages.overview import CaseOverview
from acts.performing import PURPOSE, Done
from models.agencies import Agency, Officer, Reader, ReadReason
from models.clock import BRUSSELS, legal_day
from models.errors import EngineUnavailable, VaultFailure
from models.handling import Handling, Nature, Regime
from models.ids import AgencyId, CaseId, HandoffId, OfficerId
from models.law.decisions import GateScope
from models.packs import Pack
from models.pages import LARGEST_PAGE, Window
from models.proceedings import ServiceMode
from models.process import ActPointer, Outcome
from models.subjects import read_subject_card
from policies.calendars import calendar
from policies.clocks import count
from serving.demo_days import advance
from storage.engine import transaction
from storage.people import directory
from tests.running.world import DAY_SECONDS, World

MAYOR, HANDLER = "anderlecht/mayor", "anderlecht/handler"
POLICE, DEIPP, REGISTRAR = "pz-midi/analyst", "deipp/analyst", "deipp/registrar"
ROUTE = "be-119ter"
SUBJECT: dict[str, object] = {
    "enterprise_number": "0308.357.159",
    "enterprise_name": "Lavage Exemple SRL",
    "establishment_number": "2.147.812.701",
    "address": "Chaussée de Mons 1, 1070 Anderlecht",
    "persons": [
        {
            "role": "pers.0",
            "name": "Exemple",
            "first_name": "Camille",
            "birth_date": "1985-07-30",
            "national_number": "85.07.30-033.28",
        }
    ],
}


class DeafProcess(CaseProcess):
    """Takes nothing up: acts are stored and stay so, as if the line were cut."""

    def __init__(self) -> None:
        """Hold no line at all."""

    async def send(self, pointer: ActPointer) -> Outcome:
        """Hear nothing."""
        raise EngineUnavailable("nobody listens")


ADVICE_WANTED = AdviceRequest(
    to=AgencyId("deipp"),
    source="src.8",
    inquiry_done="Bases communales.",
    register_hit=False,
    motivation="Une mesure paraît nécessaire.",
)


class Cast:
    """Everybody of the directory at one desk. Deeds return when the record has them."""

    def __init__(self, world: World, desk: Desk | None = None) -> None:
        self.world = world
        self.desk = desk or world.desk
        with transaction(self.desk.database) as connection:
            self.officers = {o.id: o for o in directory.officers(connection)}
            self.agencies = {a.id: a for a in directory.agencies(connection)}

    def unheard(self) -> "Cast":
        """Return the same officers on a line that was cut."""
        return Cast(self.world, replace(self.desk, process=DeafProcess()))

    def officer(self, name: str) -> Officer:
        """Return an officer, `AGENCY/NAME`."""
        return self.officers[OfficerId(name)]

    def agency(self, name: str) -> Agency:
        """Return an agency."""
        return self.agencies[AgencyId(name)]

    def reader(self, name: str, reason: ReadReason = ReadReason.ASKING) -> Reader:
        """Return an officer who reads for the purpose of the inquiry."""
        officer = self.officer(name)
        kind = self.agency(officer.agency).kind
        return Reader(officer=officer, agency_kind=kind, purpose=PURPOSE, reason=reason)

    @property
    def today(self) -> date:
        """Return the legal date."""
        return legal_day(self.desk.clock.now())

    @property
    def pack(self) -> Pack:
        """Return the pack that a case opened today would have."""
        return self.desk.packs.current(ROUTE, self.today)

    def opening(
        self, *, facts: str = "Trois gérants en un an.", **subject: object
    ) -> Opening:
        """Return what the mayor needs to open a case about a car wash."""
        scope = self.pack.scope
        rows = scope.activities if scope else ()
        gates = [g.code for g in self.pack.preconditions if g.scope is GateScope.ALWAYS]
        return Opening(
            route=ROUTE,
            activity=next(row.code for row in rows if row.number == 12),
            preconditions=tuple(gates),
            subject=read_subject_card(SUBJECT | subject),
            facts=facts,
            designated=(OfficerId(HANDLER),),
        )

    async def open_case(self, **changed: object) -> CaseId:
        """Let the mayor open a case with a designated handler."""
        return (await self.open_done(**changed)).case

    async def open_done(self, **changed: object) -> Done:
        """Do the same, and return what came of it."""
        opening = self.opening(**changed)  # type: ignore[arg-type]
        return await cases.open_case(self.desk, self.officer(MAYOR), opening)

    async def add_fact(
        self,
        case: CaseId,
        text: str = "Deux plaintes.",
        *,
        source: str = "src.3",
        **handled: object,
    ) -> Done:
        """Let the handler add own material."""
        handling = self.handling(**handled)
        material = OwnMaterial(source=source, body=text.encode(), handling=handling)
        return await cases.add_item(self.desk, self.officer(HANDLER), case, material)

    async def ask(
        self,
        case: CaseId,
        to: str = "pz-midi",
        source: str = "src.2",
        *,
        question: str = "Faits constatés?",
        parent: HandoffId | None = None,
        who: str = HANDLER,
    ) -> HandoffId:
        """Put a question to an agency; return the handoff."""
        asked = Question(
            to=AgencyId(to),
            source=source,
            question=question,
            context="Enquête d'intégrité.",
            parent=parent,
        )
        return handoff_of(await self.put(case, asked, who))

    async def put(self, case: CaseId, asked: Question, who: str = HANDLER) -> Done:
        """Put a question, and return what came of it."""
        return await handoffs.ask(self.desk, self.reader(who), case, asked)

    async def query_register(self, case: CaseId) -> HandoffId:
        """Let the handler query the register."""
        asked = Question(
            to=AgencyId("deipp"),
            source="src.1",
            question="Hit?",
            context="Une mesure paraît nécessaire.",
        )
        reader = self.reader(HANDLER)
        done = await handoffs.query_register(self.desk, reader, case, asked)
        return handoff_of(done)

    async def receive(self, handoff: HandoffId, who: str = POLICE) -> Done:
        """Take a question in hand."""
        return await handoffs.receive(self.desk, self.officer(who), handoff)

    async def accept(self, handoff: HandoffId, who: str = POLICE) -> Done:
        """Undertake to answer."""
        return await handoffs.accept(self.desk, self.officer(who), handoff)

    async def answer(
        self,
        handoff: HandoffId,
        text: str = "Rien à signaler.",
        *,
        who: str = POLICE,
        hit: bool | None = None,
        **handled: object,
    ) -> Done:
        """Answer a question; `handled` is what differs in the handling."""
        reply = Reply(body=text, handling=self.handling(**handled), hit=hit)
        return await handoffs.answer(self.desk, self.officer(who), handoff, (reply,))

    async def recall(self, handoff: HandoffId, who: str = HANDLER) -> Done:
        """Take a question back."""
        return await handoffs.recall(self.desk, self.officer(who), handoff)

    async def come_to_hearing(self, case: CaseId) -> HandoffId:
        """Bring a fresh case to the hearing stage; return the request for advice."""
        await self.add_fact(case)
        register = await self.query_register(case)
        await self.receive(register, who=REGISTRAR)
        await self.answer(register, "Pas de hit.", who=REGISTRAR, hit=False)
        advice = await self.request_advice(case)
        tomorrow = self.today + timedelta(days=1)
        await self.invite(case, presented=self.today, hearing=tomorrow)
        return advice

    async def request_advice(self, case: CaseId) -> HandoffId:
        """Let the mayor request the advice of the DEIPP."""
        desk, reader = self.desk, self.reader(MAYOR)
        try:
            done = await advice.request(desk, reader, case, ADVICE_WANTED)
        except VaultFailure:  # what it rests on was sealed to a key just replaced
            await asyncio.sleep(2)
            done = await advice.request(desk, reader, case, ADVICE_WANTED)
        return handoff_of(done)

    async def invite(self, case: CaseId, *, presented: date, hearing: date) -> Done:
        """Let the handler invite to a hearing."""
        invitation = Invitation(
            mode=ServiceMode.REGISTERED,
            presented_on=presented,
            hearing_on=hearing,
            letter="Vous êtes invité à être entendu.",
            proof="Récépissé de l'envoi recommandé.",
        )
        return await hearings.invite(self.desk, self.officer(HANDLER), case, invitation)

    async def extend(self, case: CaseId) -> Done:
        """Let the mayor extend the inquiry."""
        return await cases.extend(self.desk, self.officer(MAYOR), case, "Avis attendu.")

    async def close(self, case: CaseId) -> Done:
        """Let the mayor close a case without a measure."""
        return await cases.close(self.desk, self.officer(MAYOR), case, "Rien.")

    def file(self, case: CaseId, who: str = HANDLER) -> CaseOverview:
        """Return a case as an officer may know it."""
        return overview.show_case(self.desk, self.reader(who), case)

    def cases(self, who: str) -> dict[CaseId, CaseLine]:
        """Return every case that an officer's list has, on however many pages."""
        found: dict[CaseId, CaseLine] = {}
        window = Window(limit=LARGEST_PAGE)
        while page := lists.list_cases(self.desk, self.reader(who), window):
            found |= {line.case.id: line for line in page}
            window = Window(limit=LARGEST_PAGE, after=page[-1].case.id)
        return found

    def handling(self, **changed: object) -> Handling:
        """Return the handling of something learnt today that may be disclosed."""
        today = self.today
        return Handling(
            basis="NLC 119ter §6",
            regime=Regime.GDPR,
            nature=Nature.FACT,
            disclosable=True,
            collected_on=today,
            processed_on=today,
        ).model_copy(update=changed)

    async def working_days(self, number: int, since: date | None = None) -> None:
        """Let time pass until the morning of a working day counted from `since`."""
        await self.until(self.working_day(number, since))

    def working_day(self, number: int, since: date | None = None) -> date:
        """Return the day some working days after a day."""
        clock = self.pack.clock("inquiry").model_copy(update={"length": number})
        return count(clock, since or self.today, calendar(self.pack.calendar)).deadline

    async def until(self, day: date, at: time = time(9)) -> None:
        """Let time pass until an hour of a day."""
        then = datetime.combine(day, at, tzinfo=BRUSSELS)
        # In UTC: between two local times Python would not count a change of hour.
        span = then.astimezone(UTC) - self.desk.clock.now().astimezone(UTC)
        if span > timedelta():
            await advance(self.world.clock, self.desk.process, span, DAY_SECONDS)


def handoff_of(done: Done) -> HandoffId:
    """Return the handoff that an act moved."""
    assert done.outcome is not None, "the act was not taken up"
    return done.outcome.moved[0].handoff
