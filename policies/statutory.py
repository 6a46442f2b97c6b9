"""How long statutory lists are kept, as data."""

from __future__ import annotations

from pathlib import Path

from policies.findings import Keeping
from policies.rule_files import load_rule

_FILE = Path(__file__).with_name("statutory_lists.yaml")


def load_list_rule(file: Path = _FILE) -> Keeping:
    """Read the rule.

    Raises:
        NotConfigured: the file is missing, or is not what it should be.
    """
    return load_rule(Keeping, file)
