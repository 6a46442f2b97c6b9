"""A story told to two twins, and what of it a certain observer has a part in."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from acts import advice, cases, handoffs
from acts.advice import AdviceRequest
from acts.cases import OwnMaterial
from acts.handoffs import Question, Reply
from models.ids import AgencyId, CaseId, HandoffId, OfficerId
from tests.deeds.cast import Cast, handoff_of
from tests.interference.twin_worlds import Chance, Twin

Deed = Callable[[Cast, str], Awaitable[Any]]
Where = frozenset[int]
TOWNS = ("anderlecht", "saint-gilles")
PARTNERS = {"pz-midi": "src.2", "ciear-bxl": "src.6"}
SERVICES = {"spf-finances": "svc.4", "onss": "svc.5"}
HUB, REGISTRAR = "deipp/analyst", "deipp/registrar"
BOTH: Where = frozenset({0, 1})


@dataclass
class Differing:
    """In which twins something happens, and the words it has there.

    Both hold only for what the observer has no part in: the rest is the same in both.
    """

    where: Where
    words: tuple[str, str]


@dataclass
class Known:
    """A case or a question that there is, and in which twins.

    `shown` tells whether the observer has a part in it.
    """

    id: Any
    case: CaseId
    town: str
    where: Where
    shown: bool
    asked: str = ""
    reached: dict[int, int] = field(default_factory=dict)
    advised: bool = False


class Story:
    """Tells each step to both twins if the observer has a part in it, else as drawn."""

    def __init__(
        self, pair: tuple[Twin, Twin], chance: Chance, observer: str, name: str
    ) -> None:
        self.observer = observer
        self._agency = observer.split("/")[0]
        self._pair, self._chance, self.name = pair, chance, name
        self._steps = 0

    def open(self, town: str, drawn: Differing) -> Known:
        """Let a mayor open a case, with the handler of the town."""
        shown = f"{town}/handler" == self.observer
        where = BOTH if shown else drawn.where

        async def deed(cast: Cast, words: str) -> CaseId:
            named = (OfficerId(f"{town}/handler"),)
            opening = cast.opening(facts=words)
            opening = opening.model_copy(update={"designated": named})
            mayor = cast.officer(f"{town}/mayor")
            return (await cases.open_case(cast.desk, mayor, opening)).case

        case = self._tell(deed, shown, where, drawn)
        return Known(case, case, town, where, shown)

    def add_fact(self, case: Known, drawn: Differing) -> None:
        """Let the handler of the town add a fact."""

        async def deed(cast: Cast, words: str) -> None:
            handler = cast.officer(f"{case.town}/handler")
            handling = cast.handling()
            fact = OwnMaterial(source="src.3", body=words.encode(), handling=handling)
            await cases.add_item(cast.desk, handler, case.case, fact)

        where = BOTH if case.shown else case.where & drawn.where
        self._tell(deed, case.shown, where, drawn)

    def extend(self, case: Known, drawn: Differing) -> None:
        """Let the mayor extend the inquiry, once."""

        async def deed(cast: Cast, words: str) -> None:
            mayor = cast.officer(f"{case.town}/mayor")
            await cases.extend(cast.desk, mayor, case.case, words)

        self._go(case, deed, drawn, steps=1)

    def ask(self, case: Known, agency: str, drawn: Differing) -> Known | None:
        """Let the handler ask a partner."""
        asked = Question(
            to=AgencyId(agency), source=PARTNERS[agency], question="-", context="-"
        )
        return self._put(case, f"{case.town}/handler", asked, drawn)

    def ask_service(
        self, request: Known, agency: str, drawn: Differing
    ) -> Known | None:
        """Let the hub ask a service, for an advice: no municipality learns of it."""
        asked = Question(
            to=AgencyId(agency),
            source=SERVICES[agency],
            question="-",
            context="-",
            parent=request.id,
        )
        return self._put(request, HUB, asked, drawn)

    def ask_advice(self, case: Known, drawn: Differing) -> Known | None:
        """Let the mayor request an advice, and the hub admit the request."""

        async def deed(cast: Cast, words: str) -> HandoffId:
            hub = cast.officer(HUB)
            await _no_hit(cast, case)
            asked = AdviceRequest(
                to=AgencyId("deipp"),
                source="src.8",
                inquiry_done="Faite.",
                register_hit=False,
                motivation=words,
            )
            mayor = cast.reader(f"{case.town}/mayor")
            done = await advice.request(cast.desk, mayor, case.case, asked)
            request = handoff_of(done)
            await handoffs.receive(cast.desk, hub, request)
            await advice.admit(cast.desk, hub, request)
            return request

        if case.advised:
            return None
        case.advised = True
        return self._question(case, "deipp", deed, drawn)

    def receive(self, question: Known, drawn: Differing) -> None:
        """Let the partner take a question in hand."""
        who = f"{question.asked}/analyst"
        self._go(
            question, lambda cast, _: cast.receive(question.id, who=who), drawn, steps=1
        )

    def answer(self, question: Known, drawn: Differing) -> None:
        """Let the partner answer, if it has the question in hand."""
        who = f"{question.asked}/analyst"
        ready = frozenset(n for n, step in question.reached.items() if step)
        self._go(
            replace(question, where=ready),
            lambda cast, words: cast.answer(question.id, words, who=who),
            drawn,
            steps=2,
        )

    def _put(
        self, about: Known, who: str, asked: Question, drawn: Differing
    ) -> Known | None:
        async def deed(cast: Cast, words: str) -> HandoffId:
            question = asked.model_copy(update={"question": words})
            reader = cast.reader(who)
            return handoff_of(
                await handoffs.ask(cast.desk, reader, about.case, question)
            )

        return self._question(about, asked.to, deed, drawn)

    def _question(
        self, about: Known, agency: str, deed: Deed, drawn: Differing
    ) -> Known | None:
        asks = "deipp" if about.asked else about.town
        shown = self._agency == agency or (
            self._agency == asks and (about.shown or asks == "deipp")
        )
        if shown and about.where != BOTH:
            return None  # the observer would rightly learn that there is a case
        where = BOTH if shown else about.where & drawn.where
        if not where:
            return None
        found = self._tell(deed, shown, where, drawn)
        return Known(found, about.case, about.town, where, shown, agency)

    def _go(self, what: Known, deed: Deed, drawn: Differing, *, steps: int) -> None:
        """Take one step further with something, in the twins that are not there yet."""
        where = what.where if what.shown else what.where & drawn.where
        behind = frozenset(n for n in where if what.reached.get(n, 0) < steps)
        for twin in behind:
            what.reached[twin] = what.reached.get(twin, 0) + 1
        if behind:
            self._tell(deed, what.shown, behind, drawn)

    def _tell(self, deed: Deed, shown: bool, where: Where, drawn: Differing) -> Any:
        """Do a deed in these twins; what comes of it has the same id in each."""
        found = set()
        for twin in where:
            self._chance.step(f"{self.name} {self._steps}")
            words = drawn.words[0 if shown else twin]
            found.add(asyncio.run(deed(self._pair[twin].cast, words)))
        self._steps += 1
        assert len(found) <= 1, "the twins went different ways"
        return found.pop() if found else None


async def _no_hit(cast: Cast, case: Known) -> None:
    """Let the handler learn from the register that there is no hit."""
    handler, registrar = cast.reader(f"{case.town}/handler"), cast.officer(REGISTRAR)
    fact = OwnMaterial(source="src.3", body=b"Vu.", handling=cast.handling())
    await cases.add_item(cast.desk, handler.officer, case.case, fact)
    asked = Question(
        to=AgencyId("deipp"), source="src.1", question="Hit?", context="Enquête."
    )
    done = await handoffs.query_register(cast.desk, handler, case.case, asked)
    query = handoff_of(done)
    await handoffs.receive(cast.desk, registrar, query)
    reply = Reply(body="Rien.", handling=cast.handling(), hit=False)
    await handoffs.answer(cast.desk, registrar, query, (reply,))
