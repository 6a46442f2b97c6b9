"""Every code that pages and refusals name, with its words; none has two meanings."""

from __future__ import annotations

from web.words.acts import ACTS, EVENTS, OPERATIONS
from web.words.handling import HANDLING
from web.words.items import ANSWERS_OF_REGISTERS, KINDS, KINDS_OF_QUESTION, PURPOSES
from web.words.people import FUNCTIONS, GROUNDS, TOLD_OUTSIDE
from web.words.states import OUTCOMES, STATES

SAID: dict[str, str] = (
    ACTS | EVENTS | OPERATIONS | KINDS_OF_QUESTION | KINDS | PURPOSES | HANDLING
) | (STATES | OUTCOMES | FUNCTIONS | GROUNDS | TOLD_OUTSIDE | ANSWERS_OF_REGISTERS)
