"""Logging: one JSON object per line in production, columns on a terminal.

Event names are constants in the past tense; values are identifiers, never content
and never personal data. Logs are no evidence: what must be proven is in the ledger.
"""

import logging
import re
import sys
from typing import Any, TextIO

import structlog
from structlog.typing import ExcInfo, Processor

_ADDED_BY_ALL: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),  # Temporal's loggers put workflow ids in `extra`
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
)

# Variables in a traceback hold people's data: neither shape may show them.
_WITHOUT_VARIABLES = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
# To the last quote of its kind: what is quoted may hold quotes itself.
_QUOTED = re.compile(r"""(["'`]).*\1""", re.DOTALL)
_STATEMENT = "\n[SQL: "  # which SQLAlchemy adds at the end, without values
_PLAIN = structlog.dev.plain_traceback
_JSON = structlog.processors.JSONRenderer()


def configure_logging(
    *, json: bool | None = None, level: str = "INFO", stream: TextIO | None = None
) -> None:
    """Send all logging, ours and the libraries', to one place in one shape.

    Args:
        json: one object per line; None means columns on a terminal, else JSON.
        level: name of the lowest level that is shown.
        stream: where to write; None means standard error, so that standard output
            stays free for results.

    Calling it again replaces what was there.
    """
    stream = stream or sys.stderr
    as_json = not stream.isatty() if json is None else json
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(as_json=as_json))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_ADDED_BY_ALL,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,  # loggers made before this call follow it
    )


def _formatter(*, as_json: bool) -> logging.Formatter:
    last: list[Processor] = (
        [structlog.processors.ExceptionRenderer(_traceback), _JSON]
        if as_json
        else [structlog.dev.ConsoleRenderer(exception_formatter=_PLAIN)]
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=list(_ADDED_BY_ALL),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )


def _traceback(exc_info: ExcInfo) -> list[dict[str, Any]]:
    return [_without_values(each) for each in _WITHOUT_VARIABLES(exc_info)]


def _without_values(raised: dict[str, Any]) -> dict[str, Any]:
    """Return an exception as it is shown, with what led to it, without what it quotes.

    The database names the value that it refuses, and in further lines the whole row.
    """
    said, mark, statement = str(raised["exc_value"]).rpartition(_STATEMENT)
    first = _QUOTED.sub("…", said if mark else statement).partition("\n")[0]
    return raised | {
        "exc_value": f"{first} {mark.lstrip()}{statement}" if mark else first,
        "exc_notes": [],
        "exceptions": [[*map(_without_values, each)] for each in raised["exceptions"]],
    }
