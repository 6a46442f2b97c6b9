"""What a part in XML says, without its marks: the words that officers see."""

from __future__ import annotations

from xml.parsers import expat

# By the names that office documents have for paragraphs, rows, cells and breaks.
_END_A_LINE = frozenset({"p", "h", "row", "si", "br", "line-break"})


def words_in(part: bytes) -> str:
    """Return the words of a part, in the lines that they stand in.

    Raises:
        ExpatError: it is no XML.
        ValueError: it defines marks or words of its own, or has an unusual encoding.
        LookupError: nobody knows its encoding.
    """
    if not part.strip():
        return ""  # some programs leave parts empty
    words: list[str] = []

    def end(name: str) -> None:
        if name.rpartition(":")[2] in _END_A_LINE:
            words.append("\n")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_definitions
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words.append
    parser.Parse(part, True)
    return "".join(words)


def _refuse_definitions(
    name: str, system: str | None, public: str | None, defines: int
) -> None:
    # A few lines of definitions can stand for gigabytes; no office program writes any.
    if defines:
        raise ValueError("it has definitions of its own")
