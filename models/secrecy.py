"""What is told of a case to outsiders."""

from __future__ import annotations

from enum import StrEnum


class Secrecy(StrEnum):
    """What is told of a case to somebody outside who asks whether it exists."""

    INVISIBLE = "invisible"
    """Nothing: the answer of a case that never was."""

    POINTER = "pointer"
    """Whom to ask, and nothing else."""

    STUB = "stub"
    """That there is a case: its route, its agency and its stage; no content."""
