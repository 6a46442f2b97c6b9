"""Playing the reference case (a car wash in Anderlecht) from opening to closing."""

from __future__ import annotations

from commands.demo.play import Play
from commands.demo.scenes import advice, decision, inquiry


async def play_measure(play: Play) -> None:
    """The inquiry ends with a refused permit."""
    await inquiry.open_case(play)
    await inquiry.own_material(play)
    await inquiry.ask_police(play)
    await inquiry.register_answers(play)
    await inquiry.partners_answer(play)
    handoff = await advice.request(play)
    await advice.become_admissible(play, handoff)
    await advice.ask_services(play, handoff)
    await advice.extend(play)
    await advice.deliver(play, handoff)
    await decision.hear(play)
    await decision.decide(play)
    await decision.notify_and_file(play)
    await decision.close(play)


async def play_no_measure(play: Play) -> None:
    """The inquiry ends without a measure."""
    await inquiry.open_case(play)
    await inquiry.own_material(play)
    await inquiry.ask_police(play)
    await inquiry.register_answers(play)
    await inquiry.reassuring_answer(play)
    await decision.close_without_measure(play)
