"""Reading YAML: safe always, and fast where the library was built with its C parser."""

from __future__ import annotations

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> object:
    """Return what a text holds.

    Raises:
        yaml.YAMLError: it is not YAML.
    """
    return yaml.load(text, Loader=LOADER)  # noqa: S506 # both loaders are safe ones
