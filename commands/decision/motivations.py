"""Motivations as files: items may be named by the start of their id."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from commands.terminal.files import fill, read_form
from commands.terminal.offices import Office
from models.motivation import Motivation


def read_motivation(office: Office, path: Path) -> Motivation:
    """Read the reasons of a decision from a YAML or JSON file.

    Raises:
        InvalidInput: names the line, field or item that does not hold.
        NotFound: it cites an item that this officer may not know of.
    """
    form = read_form(path)
    grounds = form.get("grounds")
    if isinstance(grounds, list):
        form["grounds"] = [_with_whole_id(office, ground) for ground in grounds]
    return fill(Motivation, form, path)


def _with_whole_id(office: Office, ground: Any) -> Any:
    if not isinstance(ground, dict) or not isinstance(ground.get("item"), str):
        return ground
    return {**ground, "item": office.id_of("item", ground["item"])}
