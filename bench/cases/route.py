"""A full case on route `be-119ter`, played act by act by the officers it takes.

Four partners answer: local police and CIEAR to the municipality, tax and social
services to the DEIPP, whose advice the municipality gets. The college refuses the
permit, the decision is notified and filed, the case is closed.

A hearing must lie after its invitation. So each officer has two desks: one of today,
and one on which legal time is a day ahead, used from the hearing on. No clock moves
and no alarm is due within a day, so no timer fires while cases are played.
"""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from acts import advice, cases, decisions, handoffs, hearings
from acts.advice import AdviceRequest
from acts.cases import Opening, OwnMaterial
from acts.decisions import Filing, Notification, Proposal
from acts.desk import Desk
from acts.handoffs import Question, Reply
from acts.hearings import Invitation, Minutes
from acts.performing import PURPOSE, Done
from bench.cases import papers
from models.agencies import Agency, Officer, Reader, ReadReason
from models.clock import legal_day
from models.ids import AgencyId, CaseId, HandoffId, ItemId
from models.items import ItemKind
from models.law.decisions import GateScope
from models.motivation import Motivation
from models.proceedings import Attendance, ServiceMode
from storage import decisions as decided
from storage import items
from storage.sessions import acting

MAYOR, HANDLER = "anderlecht/mayor", "anderlecht/handler"
COLLEGE = "anderlecht/college"
REGISTRAR, DEIPP = "deipp/registrar", "deipp/analyst"
_SERVICES = (("spf-finances", "svc.4"), ("onss", "svc.5"))


@dataclass(frozen=True)
class Offices:
    """Where the officers of a case work: the desk of today, and that of tomorrow."""

    today: Desk
    tomorrow: Desk
    officers: dict[str, Officer]
    agencies: dict[str, Agency]

    def reader(self, name: str) -> Reader:
        """Return an officer as one who reads for the inquiry."""
        officer = self.officers[name]
        return Reader(
            officer=officer,
            agency_kind=self.agencies[officer.agency].kind,
            purpose=PURPOSE,
            reason=ReadReason.ASKING,
        )


@dataclass
class Play:
    """One case being played."""

    offices: Offices
    desk: Desk = field(init=False)
    case: CaseId = field(init=False)

    async def open(self) -> CaseId:
        """Open the case, and return it."""
        self.desk = self.offices.today
        await self._open()
        return self.case

    async def run(self) -> None:
        """Play the case from opening to closing."""
        await self.come_to_decision()
        await self._notify_and_close()

    async def come_to_decision(self) -> HandoffId:
        """Play the case until it is decided, and return the request for advice."""
        await self.open()
        await self._inquire()
        request = await self._request_advice()
        for agency, source in _SERVICES:
            await self._ask(DEIPP, agency, source, request)
        await self._deliver_advice(request)
        await self._invite()
        self.desk = self.offices.tomorrow
        await self._hear()
        await self._decide()
        return request

    async def _open(self) -> None:
        today = self._today()
        pack = self.desk.packs.current("be-119ter", today)
        activities = pack.scope.activities if pack.scope else ()
        gates = [g.code for g in pack.preconditions if g.scope is GateScope.ALWAYS]
        opening = Opening(
            route=pack.id,
            activity=activities[0].code,
            preconditions=tuple(gates),
            subject=papers.SUBJECT,
            facts="Trois gérants en un an; chiffre d'affaires sans eau.",
            designated=(self._officer(HANDLER).id,),
        )
        opened = cases.open_case(self.desk, self._officer(MAYOR), opening)
        self.case = (await self._act(opened)).case

    async def _inquire(self) -> None:
        material = OwnMaterial(
            source="src.3",
            body=b"Permis refus\xc3\xa9 en 2024.",
            handling=papers.fact_of(self._today()),
        )
        handler = self._officer(HANDLER)
        await self._act(cases.add_item(self.desk, handler, self.case, material))
        question = _question("deipp", "src.1", None)
        asked = handoffs.query_register(
            self.desk, self.offices.reader(HANDLER), self.case, question
        )
        await self._answer(REGISTRAR, _handoff(await self._act(asked)))
        await self._ask(HANDLER, "pz-midi", "src.2", None)
        await self._ask(HANDLER, "ciear-bxl", "src.6", None)

    async def _request_advice(self) -> HandoffId:
        asked = AdviceRequest(
            to=AgencyId("deipp"),
            source="src.8",
            inquiry_done="Police locale, CIEAR, bases communales.",
            register_hit=False,
            motivation="Une mesure négative paraît nécessaire.",
        )
        reader, analyst = self.offices.reader(MAYOR), self._officer(DEIPP)
        done = await self._act(advice.request(self.desk, reader, self.case, asked))
        request = _handoff(done)
        await self._act(handoffs.receive(self.desk, analyst, request))
        await self._act(advice.admit(self.desk, analyst, request))
        return request

    async def _deliver_advice(self, request: HandoffId) -> None:
        text = "Avis motivé: risque sérieux et démontrable."
        analyst = self._officer(DEIPP)
        await self._act(advice.deliver(self.desk, analyst, request, text))

    async def _ask(
        self, asker: str, agency: str, source: str, parent: HandoffId | None
    ) -> None:
        """Have an agency asked, and let it receive, accept and answer."""
        question = _question(agency, source, parent)
        reader = self.offices.reader(asker)
        asked = handoffs.ask(self.desk, reader, self.case, question)
        await self._answer(f"{agency}/analyst", _handoff(await self._act(asked)))

    async def _answer(self, who: str, handoff: HandoffId) -> None:
        officer = self._officer(who)
        reply = Reply(
            body="Deux constats en 2025.",
            handling=papers.fact_of(self._today()),
            hit=False,
        )
        await self._act(handoffs.receive(self.desk, officer, handoff))
        await self._act(handoffs.accept(self.desk, officer, handoff))
        await self._act(handoffs.answer(self.desk, officer, handoff, (reply,)))

    async def _invite(self) -> None:
        today = self._today()
        invitation = Invitation(
            mode=ServiceMode.REGISTERED,
            presented_on=today,
            hearing_on=today + timedelta(days=1),
            letter="Vous êtes invité à être entendu.",
            proof="Récépissé de l'envoi recommandé.",
        )
        handler = self._officer(HANDLER)
        await self._act(hearings.invite(self.desk, handler, self.case, invitation))

    async def _hear(self) -> None:
        handler = self._officer(HANDLER)
        with acting(self.desk.database, self.desk.acting(handler)) as connection:
            hearing = decided.hearings(connection, self.case)[-1].id
        minutes = Minutes(
            hearing=hearing,
            attendance=Attendance.HEARD,
            text="La personne est entendue.",
            arguments=("Les espèces sont déclarées.",),
        )
        await self._act(hearings.record(self.desk, handler, self.case, minutes))

    async def _decide(self) -> None:
        mayor, college = self._officer(MAYOR), self._officer(COLLEGE)
        proposal = Proposal(outcome="out.refuse", motivation=self._reasons())
        await self._act(decisions.propose(self.desk, mayor, self.case, proposal))
        decision = self._decision()
        text = "Le Collège refuse le permis."
        adopted = decisions.adopt(self.desk, college, self.case, decision, text)
        await self._act(adopted)

    async def _notify_and_close(self) -> None:
        mayor, handler = self._officer(MAYOR), self._officer(HANDLER)
        decision = self._decision()
        notification = Notification(
            decision=decision,
            mode=ServiceMode.REGISTERED,
            received_on=self._today(),
            advice=self._items(ItemKind.ADVICE)[0],
            proof="Accusé de réception signé.",
        )
        await self._act(decisions.notify(self.desk, handler, self.case, notification))
        filing = Filing(decision=decision, to=AgencyId("deipp"), text="Refus.")
        filed = decisions.file_in_register(self.desk, handler, self.case, filing)
        await self._act(filed)
        await self._act(cases.close(self.desk, mayor, self.case, "Exécutoire."))

    async def _act(self, deed: Awaitable[Done]) -> Done:
        done = await deed
        assert done.outcome is not None, "an act was not taken up in time"
        return done

    def _reasons(self) -> Motivation:
        pack = self.desk.packs.current("be-119ter", self._today())
        return papers.motivation(pack, self._items(ItemKind.FACT))

    def _items(self, kind: ItemKind) -> list[ItemId]:
        handler = self._officer(HANDLER)
        with acting(self.desk.database, self.desk.acting(handler)) as connection:
            known = items.known_to(connection, handler.agency, self.case)
        return [item.item for item in known if item.kind is kind]

    def _decision(self) -> UUID:
        handler = self._officer(HANDLER)
        with acting(self.desk.database, self.desk.acting(handler)) as connection:
            return decided.decisions(connection, self.case)[-1].id

    def _officer(self, name: str) -> Officer:
        return self.offices.officers[name]

    def _today(self) -> date:
        return legal_day(self.desk.clock.now())


def _question(agency: str, source: str, parent: HandoffId | None) -> Question:
    return Question(
        to=AgencyId(agency),
        source=source,
        question="Faits constatés dans l'établissement?",
        context="Enquête d'intégrité sur un car-wash.",
        parent=parent,
    )


def _handoff(done: Done) -> HandoffId:
    assert done.outcome is not None
    return done.outcome.moved[0].handoff
