"""Several clients who keep acting on several cases, whatever dies around them."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from acts.handoffs import Question
from acts.performing import Done
from models.errors import EstafetteError, Unavailable
from models.ids import AgencyId, CaseId
from tests.deeds.cast import Cast, handoff_of

# How long a dead server stays dead: longer than a client's patience.
HOLE = 4.0


@dataclass(frozen=True)
class Attempt:
    """One act as its client saw it.

    `told` is confirmed, stored, refused, failed (nothing was changed) or uncertain.
    """

    during: str
    case: CaseId
    kind: str
    told: str
    act: UUID | None = None


@dataclass
class Storm:
    """What all clients were told, in order."""

    cast: Cast
    during: str = "calm"
    attempts: list[Attempt] = field(default_factory=list)

    async def rage(self, cases: list[CaseId], victims: list[str]) -> None:
        """Kill each victim while every client is in the middle of an act."""
        stop = asyncio.Event()
        clients = [asyncio.create_task(self._act_on(case, stop)) for case in cases]
        for victim in victims:
            await self._acts_flow(len(cases))
            self.during = victim
            await asyncio.to_thread(self.cast.world.stack.kill, victim)
            await asyncio.sleep(HOLE)
            await asyncio.to_thread(self.cast.world.stack.restart, victim)
        await self._acts_flow(len(cases))
        stop.set()
        await asyncio.gather(*clients)

    async def _acts_flow(self, number: int) -> None:
        """Wait until some acts were confirmed from now on."""
        before = self._confirmed()
        async with asyncio.timeout(60):
            while self._confirmed() < before + number:
                await asyncio.sleep(0.05)

    def _confirmed(self) -> int:
        return sum(attempt.told == "confirmed" for attempt in self.attempts)

    async def _act_on(self, case: CaseId, stop: asyncio.Event) -> None:
        cast = self.cast
        while not stop.is_set():
            await self._try(case, "item.add", cast.add_fact(case))
            question = Question(
                to=AgencyId("pz-midi"), source="src.2", question="Faits?"
            )
            asked = await self._try(case, "handoff.ask", cast.put(case, question))
            if asked is None:
                continue
            handoff = handoff_of(asked)
            for kind, deed in (
                ("handoff.receive", cast.receive),
                ("handoff.accept", cast.accept),
                ("handoff.answer", cast.answer),
            ):
                if await self._try(case, kind, deed(handoff)) is None:
                    break

    async def _try(
        self, case: CaseId, kind: str, deed: Coroutine[Any, Any, Done]
    ) -> Done | None:
        """Try an act; return it only if it was confirmed."""
        during, act, done = self.during, None, None
        try:
            done = await deed
            act, told = done.act, "confirmed" if done.taken_up else "stored"
        except Unavailable as error:
            told = "uncertain" if error.details.get("uncertain") else "failed"
            await asyncio.sleep(0.2)
        except EstafetteError:
            told = "refused"
        self.attempts.append(Attempt(during, case, kind, told, act))
        return done if told == "confirmed" else None
