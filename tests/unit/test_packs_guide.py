"""The guide promises to explain every key: a new key without a line fails here."""

import re
from pathlib import Path
from types import UnionType
from typing import Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from models.packs import Pack
from policies.loading import PACKS

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "how-to" / "add-a-route.md").read_text(encoding="utf-8")


def models_in(kind):
    if get_origin(kind) in (tuple, dict, Union, UnionType):
        return {model for part in get_args(kind) for model in models_in(part)}
    return {kind} if isinstance(kind, type) and issubclass(kind, BaseModel) else set()


def keys_of_packs():
    known, waiting = set(), {Pack}
    while waiting:
        model = waiting.pop()
        known.add(model)
        kinds = [field.annotation for field in model.model_fields.values()]
        waiting |= {m for kind in kinds for m in models_in(kind)} - known
    return {name for model in known for name in model.model_fields} - {"digest"}


@pytest.mark.parametrize("key", sorted(keys_of_packs()))
def test_the_guide_explains_every_key(key):
    assert f"`{key}`" in GUIDE


def test_the_guide_names_files_that_exist():
    named = re.findall(r"`((?:models|tests|policies)/[a-z_/]+\.(?:py|yaml))`", GUIDE)

    assert named
    for name in named:
        assert (ROOT / name).is_file(), name
    for part in re.findall(r"[a-z-]+\.yaml", GUIDE):
        assert list(PACKS.rglob(part)) or list(ROOT.rglob(f"tests/*/{part}")), part
