"""Playing the reference case (a car wash in Anderlecht) from opening to closing."""

from __future__ import annotations

from commands.demo.scenes import advice, decision, inquiry
from commands.demo.stage import Stage


async def play_measure(stage: Stage) -> None:
    """The inquiry ends with a refused permit."""
    await inquiry.open_case(stage)
    await inquiry.own_material(stage)
    await inquiry.ask_police(stage)
    await inquiry.register_answers(stage)
    await inquiry.partners_answer(stage)
    handoff = await advice.request(stage)
    await advice.become_admissible(stage, handoff)
    await advice.ask_services(stage, handoff)
    await advice.extend(stage)
    await advice.deliver(stage, handoff)
    await decision.hear(stage)
    await decision.decide(stage)
    await decision.notify_and_file(stage)
    await decision.close(stage)


async def play_no_measure(stage: Stage) -> None:
    """The inquiry ends without a measure."""
    await inquiry.open_case(stage)
    await inquiry.own_material(stage)
    await inquiry.ask_police(stage)
    await inquiry.register_answers(stage)
    await inquiry.reassuring_answer(stage)
    await decision.close_without_measure(stage)
