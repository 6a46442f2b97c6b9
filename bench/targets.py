"""What a measurement is held against."""

from __future__ import annotations


def verdict(figure: float, target: float, *, at_least: bool = False) -> str:
    """Return a target with whether a figure reaches it, for a table."""
    met = figure >= target if at_least else figure <= target
    sign = "at least" if at_least else "at most"
    word = "[green]met[/green]" if met else "[yellow]not met[/yellow]"
    return f"{sign} {target:g}: {word}"
