"""What is seen when something goes wrong: a clear line, help, and an exit code."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from typing import Any

from typer.exceptions import Abort, TyperException

from commands.terminal.output import as_json_text, seen
from models import errors as e

EXIT_CODES: dict[type[e.EstafetteError], int] = {
    e.EstafetteError: 1,
    e.InvalidInput: 2,
    e.NotFound: 3,
    e.NotPermitted: 4,
    e.Conflict: 5,
    e.ClockError: 6,
    e.Unavailable: 7,
    e.IntegrityFailure: 8,
    e.VaultFailure: 9,
    e.NotConfigured: 10,
}
USAGE = 2
UNEXPECTED = 70  # EX_SOFTWARE of sysexits.h
INTERRUPTED = 130
# More than any of our own sentences; what was typed is repeated no further.
_LONGEST, _BEGINNING, _END = 1000, 600, 200
_MIGRATE = "start `estafette demo up`, or run `python -m runtime.migrate`"


@dataclass(frozen=True)
class Fault:
    """What went wrong, as a person and as a program will read it."""

    code: str
    message: str
    help: str
    exit_code: int
    details: dict[str, Any] = field(default_factory=dict)


def fault_of(error: BaseException) -> Fault:
    """Return what to say about an error; what nobody foresaw goes to the log."""
    if isinstance(error, e.EstafetteError):
        return Fault(
            error.code, error.message, error.help, exit_code(error), error.details
        )
    if isinstance(error, TyperException):
        return _usage(error)
    if isinstance(error, Abort | KeyboardInterrupt):
        return Fault("Interrupted", "stopped", "", INTERRUPTED)
    # Both are slow to import, and rarely needed.
    from psycopg.errors import UndefinedTable

    from commands.terminal.logbook import causes, log_unexpected

    if any(isinstance(each, UndefinedTable) for each in [error, *causes(error)]):
        return fault_of(
            e.NotConfigured("the database was never migrated", help=_MIGRATE)
        )
    log = log_unexpected(error)
    if isinstance(error, OSError):
        where = f" `{error.filename}`" if error.filename else ""
        said = (error.strerror or type(error).__name__).lower()
        return fault_of(
            e.Unavailable(
                f"this machine refused{where}: {said}",
                help="look at the disk, the path and the rights on it",
            )
        )
    return Fault(
        "Unexpected",
        "something failed that nobody foresaw",
        f"please report it with what is in `{log}`",
        UNEXPECTED,
    )


def exit_code(error: e.EstafetteError) -> int:
    """Return the exit code of an error: that of its nearest class."""
    return next(EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES)


def complain(fault: Fault, *, as_json: bool) -> None:
    """Write a fault to standard error, without the middle of what is too long."""
    fault = replace(
        fault,
        message=_cut(fault.message),
        help=_cut(fault.help),
        details={name: _cut(each) for name, each in fault.details.items()},
    )
    sys.stderr.write((_document(fault) if as_json else _lines(fault)) + "\n")


def _cut(said: Any) -> Any:
    if isinstance(said, str) and len(said) > _LONGEST:
        return f"{said[:_BEGINNING]} … {said[-_END:]}"
    return said


def _usage(error: TyperException) -> Fault:
    message = " ".join(error.format_message().split()).rstrip(".")
    message = message.replace(": Value error, ", ": ")
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "estafette"
    return Fault(
        "UsageError",
        message[:1].lower() + message[1:],
        f"see `{path} --help`",
        USAGE,
    )


def _document(fault: Fault) -> str:
    return as_json_text(
        {
            "error": fault.code,
            "message": fault.message,
            "help": fault.help,
            "details": fault.details,
        }
    )


def _lines(fault: Fault) -> str:
    said = f"{fault.message} {fault.help}"
    article = str(fault.details.get("article", ""))
    more = [f"  article: {article}"] if article not in said else []
    helped = [f"  help: {fault.help}"] if fault.help else []
    return "\n".join(seen(line) for line in [f"error: {fault.message}", *more, *helped])
