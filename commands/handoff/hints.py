"""What to do next with a handoff, in one line, for either side of it."""

from __future__ import annotations

from commands.terminal.done import next_line
from commands.terminal.offices import Office
from commands.terminal.output import word
from models.handoffs import HandoffRecord, HandoffState

_READ = "read what came: `estafette item show ITEM --reason asking`"
# What the asker waits for, or does; a question that is over leads on from the case.
_TO_THE_ASKER = {
    HandoffState.OFFERED: "wait for {asked}{until}",
    HandoffState.RECEIVED: "wait: {asked} has it in hand{until}",
    HandoffState.ACCEPTED: "wait: {asked} will answer{until}",
    HandoffState.ANSWERED: _READ,
    HandoffState.REFUSED: "read why: `estafette item show ITEM --reason asking`",
    HandoffState.RETURNED: f"{_READ}, then complete the question",
    HandoffState.EXPIRED: "no answer came in its term: `estafette handoff ask` again,"
    " or go on without",
    HandoffState.RECALLED: "nothing: it was recalled",
}
_TO_THE_ASKED = {
    HandoffState.OFFERED: "receive it first: its question can be read from then on",
}


def hint_on(office: Office, handoff: HandoffRecord) -> str:
    """Return what the officer's agency waits for or does next, and by which command."""
    mine = handoff.asker == office.agency
    words = (_TO_THE_ASKER if mine else _TO_THE_ASKED).get(handoff.state, "")
    until = f", until {word(handoff.due_on)}" if handoff.due_on else ""
    said = words.format(asked=handoff.asked, until=until)
    steps = next_line(office.next_on(handoff))
    return "; ".join(each for each in (said, steps) if each)
