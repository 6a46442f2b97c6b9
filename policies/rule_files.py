"""Rules that stand in a file of their own beside the code: whole, or not read."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import ValidationError

from models.errors import NotConfigured
from models.values import Value
from policies.plain_yaml import read_yaml

Rule = TypeVar("Rule", bound=Value)


def digests() -> dict[str, str]:
    """Return the SHA-256 (hex) of each rule's file, by the name of the rule."""
    files = sorted(Path(__file__).parent.glob("*.yaml"))
    return {each.stem: hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


def load_rule(kind: type[Rule], file: Path) -> Rule:
    """Read a rule, once; a file that does not hold stops whatever asks for it.

    Raises:
        NotConfigured: the file is missing, or is not what it should be.
    """
    try:
        return kind.model_validate(_document(file))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise NotConfigured(
            f"policy file `{file.name}` does not hold",
            help="correct the file; nothing is done under a rule that does not hold",
            file=file.name,
        ) from error


@cache
def _document(file: Path) -> object:
    return read_yaml(file.read_text("utf-8"))
