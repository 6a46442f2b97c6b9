"""How entries of the trail are shown: what matters first, and one in full."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType

from acts.audit.auditing import TrailLine
from acts.audit.sampling import Picked
from commands.terminal.output import lines, short, table

ONE_IN_FULL = "an entry in full: `estafette audit entry ENTRY`"
_FIRST = "entry|at|kind|who"
# What a narrow terminal does without, the last one first.
_THEN = "case?|items?|detail?|article?|ruling?"
_WIDE = "as|to"


def trail_table(found: Sequence[TrailLine], *, wide: bool = False) -> RenderableType:
    """Return entries as a table that fits, or with every column for whoever asks."""
    rows = (_cells(each) + (_more_cells(each) if wide else ()) for each in found)
    then = f"{_THEN.replace('?', '')}|{_WIDE}" if wide else _THEN
    return table("trail", f"{_FIRST}|{then}", rows)


def picked_table(title: str, found: Sequence[Picked]) -> RenderableType:
    """Return reads that an auditor should look at, each with the reason."""
    rows = (
        (
            short(each.line.entry),
            each.line.at,
            who_did(each.line),
            "; ".join(each.signs.values()),
            short(each.line.case),
        )
        for each in found
    )
    return table(title, "entry|at|who|why|case?", rows)


def who_did(line: TrailLine) -> str:
    """Return who did it, or the agency where nobody is named, and since when."""
    erased = f", erased on {line.erased_on}" if line.erased_on else ""
    return line.officer or line.agency + erased


def below(found: Sequence[object], more: str) -> RenderableType:
    """Return what is said under a table of entries, if there are any."""
    said = [ONE_IN_FULL, more] if found else [more]
    return lines("\n".join(each for each in said if each), "dim")


def _cells(line: TrailLine) -> tuple[object, ...]:
    return (
        short(line.entry),
        line.at,
        line.kind,
        who_did(line),
        short(line.case),
        ", ".join(map(short, line.items)),
        line.detail,
        line.article,
        _ruled(line),
    )


def _more_cells(line: TrailLine) -> tuple[object, ...]:
    return line.function, ", ".join(line.recipients)


def _ruled(line: TrailLine) -> str:
    if line.allowed is None:
        return ""
    return "allowed" if line.allowed else "refused"
