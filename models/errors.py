"""Every error a person or a program can meet, on one page.

Class names travel on the wire (Temporal, JSON): renaming one is a change of format.
Messages are lower case, without final period, with user input in backticks.
Presentation (exit codes, HTTP status) lives at the edges, never here.
"""

from __future__ import annotations

from typing import Any


class EstafetteError(Exception):
    """Base of all errors of ours.

    Args:
        message: what is wrong, one line.
        help: what to do about it, one line, may be empty.
        details: structured facts (article, alternative, file, line ...).
    """

    def __init__(self, message: str, *, help: str = "", **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.details = details

    @property
    def code(self) -> str:
        """Return the wire name of this error."""
        return type(self).__name__


class InvalidInput(EstafetteError):
    """Raised when the caller can correct what was entered."""


class PackInvalid(InvalidInput):
    """Raised when a pack file does not hold; details carry `file` and `line`."""


class NotFound(EstafetteError):
    """Raised when a thing does not exist, or when its existence is secret."""


class NotPermitted(EstafetteError):
    """Raised when policy refuses; details may carry the ruling's reasons."""


class NotSignedIn(NotPermitted):
    """Raised when nobody proved who acts."""


class NotProven(NotSignedIn):
    """Raised when an act asks for a stronger proof, given lately, of who does it."""


class ServedElsewhere(NotPermitted):
    """Raised when an agency's keys are elsewhere; details carry `address`, if known."""


class OutsidePack(NotPermitted):
    """Raised when the route has no such question; details: article, alternative."""


class Conflict(EstafetteError):
    """Raised when the world moved on since the caller looked."""


class TransitionNotAllowed(Conflict):
    """Raised when an act does not fit the present state of its object."""


class PiecesMissing(Conflict):
    """Raised when a decision lacks what the law demands; details carry `gaps`."""


class ClockError(EstafetteError):
    """Raised when a statutory term forbids or cannot do what was asked."""


class ClockEnded(ClockError):
    """Raised when an act comes after its term has ended."""


class ExtensionExhausted(ClockError):
    """Raised when a clock was already extended as often as the law allows."""


class IntegrityFailure(EstafetteError):
    """Raised when evidence does not hold together. Fatal: stop and tell someone."""


class EntryAltered(IntegrityFailure):
    """Raised when a ledger entry, root or checkpoint differs from its recomputation."""


class VaultFailure(EstafetteError):
    """Raised when a key is unknown or a ciphertext does not open."""


class KeyUnknown(VaultFailure):
    """Raised when a node does not hold the key that was asked for."""


class CiphertextInvalid(VaultFailure):
    """Raised when authenticated decryption or a signature check fails."""


class Unavailable(EstafetteError):
    """Raised when a part of the system cannot be reached: alone worth a retry."""


class DatabaseUnavailable(Unavailable):
    """Raised when PostgreSQL does not answer."""


class TooMany(Unavailable):
    """Raised when somebody asks too often; details carry `seconds` to wait."""


class EngineUnavailable(Unavailable):
    """Raised when Temporal does not answer."""


class NotConfigured(EstafetteError):
    """Raised when settings are missing or contradict each other."""
