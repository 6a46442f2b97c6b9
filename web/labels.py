"""Labels of the law in the language of a page."""

from __future__ import annotations

import re
from functools import lru_cache

from models.law.rows import Label
from web.languages import sentences
from web.punctuation import punctuated

# What to type at a terminal stands at the end of some labels.
_COMMAND = re.compile(r"\s*:\s*`estafette [^`]*`")


def label_in(language: str, label: Label) -> str:
    """Return a label; German is our translation, or else the law's French."""
    if language == "de":
        return sentences("law", "de").get(_bare(label.en)) or _bare(label.fr)
    return _said(language, getattr(label, language))


# Pages say the same labels over and over.
@lru_cache(maxsize=4096)
def _said(language: str, said: str) -> str:
    return punctuated(language, _bare(said))


def _bare(said: str) -> str:
    return _COMMAND.sub("", said)
