"""Requests of data subjects as a DPO types them."""

from datetime import date
from typing import Any

from tests.running.terminal import Terminal

NUMBER = "85.07.30-033.28"
TEXT = "Que savez-vous de moi ?"
REQUEST = ("audit", "subject-request")


def recording(day: date, **changed: object) -> list[object]:
    """Return the words that record a request; if not said otherwise, for access."""
    asked = {
        "right": "access",
        "regime": "gdpr",
        "number": NUMBER,
        "received": day,
        "identity": "Carte d'identité, au guichet.",
        "text": TEXT,
    } | changed
    said = [part for name, value in asked.items() for part in (f"--{name}", value)]
    return [*REQUEST, "record", *said]


def record(
    terminal: Terminal, who: str, day: date, **changed: object
) -> dict[str, Any]:
    """Record a request and return it."""
    return dict(terminal.do(who, *recording(day, **changed))["request"])
