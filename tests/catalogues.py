"""Brings the catalogues of the pages up to date with the words that they say.

python -m tests.catalogues

New words come in without a translation, and a house test fails until they have one in
every language; words that no page says any more go.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

WEB = Path(__file__).parents[1] / "web"
CATALOGUES = sorted((WEB / "locale").glob("*.po"))


def said() -> Catalog:
    """Return every sentence that a template or a module of pages marks as words."""
    found = extract_from_dir(
        WEB,
        method_map=[("**.html", "jinja2"), ("**.py", "python")],
        options_map={"**.html": {"extensions": "jinja2.ext.i18n", "silent": "false"}},
        keywords={**DEFAULT_KEYWORDS, "words": None},
    )
    catalogue = Catalog()
    for _, _, message, _, _ in found:
        catalogue.add(message)
    return catalogue


def translated(path: Path) -> Catalog:
    """Return the catalogue of a language as it stands."""
    return read_po(BytesIO(path.read_bytes()), locale=path.stem)


def brought_up(path: Path) -> bytes:
    """Return a catalogue with the words of today, in the order of the alphabet."""
    known, today = translated(path), said()
    for message in list(known):
        if message.id and today.get(message.id) is None:
            known.delete(message.id)
    for message in today:
        if message.id and known.get(message.id) is None:
            known.add(message.id)
    written = BytesIO()
    write_po(
        written,
        known,
        width=88,
        sort_output=True,
        no_location=True,
        omit_header=True,
    )
    header, _, _ = path.read_bytes().partition(b"\n\n")  # ours has no dates in it
    return header + b"\n\n" + written.getvalue()


if __name__ == "__main__":
    for path in CATALOGUES:
        path.write_bytes(brought_up(path))
