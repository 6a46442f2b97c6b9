"""A case about which the handler has asked everybody whom the law lets be asked."""

from dataclasses import dataclass

from models.ids import CaseId, HandoffId
from tests.deeds.cast import DEIPP, REGISTRAR, Cast


@dataclass(frozen=True)
class Consulted:
    """A case, and the questions that its handler and its mayor put."""

    case: CaseId
    register: HandoffId
    police: HandoffId
    advice: HandoffId


async def consult(cast: Cast) -> Consulted:
    """Let the register and the police answer, and the DEIPP take a request in hand."""
    case = await cast.open_case()
    await cast.add_fact(case)
    register = await cast.query_register(case)
    await cast.receive(register, who=REGISTRAR)
    await cast.answer(register, who=REGISTRAR, hit=False)
    police = await cast.ask(case)
    await cast.receive(police)
    await cast.answer(police)
    advice = await cast.request_advice(case)
    await cast.receive(advice, who=DEIPP)
    return Consulted(case, register, police, advice)
