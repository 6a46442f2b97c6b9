"""What a part in XML says, without its marks: the words that officers see."""

from __future__ import annotations

from xml.parsers import expat

# The parser holds the interpreter while it works, and all others of the process wait:
# so it is fed by parts, and one mark with what it says of itself is not too long.
_AT_ONCE = 1 << 16
_LONGEST_MARK = 2_000_000  # bytes
# By the names that office documents have for paragraphs, rows, cells and breaks.
_END_A_LINE = frozenset({"p", "h", "row", "si", "br", "line-break"})


def words_in(part: bytes) -> str:
    """Return the words of a part, in the lines that they stand in.

    Raises:
        ExpatError: it is no XML.
        ValueError: it defines marks or words of its own, has an unusual encoding, or
            one mark is longer than any program writes.
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
    _feed(parser, part)
    return "".join(words)


def _feed(parser: expat.XMLParserType, part: bytes) -> None:
    read = 0
    for start in range(0, len(part), _AT_ONCE):
        fed = part[start : start + _AT_ONCE]
        parser.Parse(fed, False)
        # Where the parser stands: before a mark whose end it has not seen.
        read = max(read, parser.CurrentByteIndex)
        if start + len(fed) - read > _LONGEST_MARK:
            raise ValueError("a mark in it is too long")
    parser.Parse(b"", True)


def _refuse_definitions(
    name: str, system: str | None, public: str | None, defines: int
) -> None:
    # A few lines of definitions can stand for gigabytes; no office program writes any.
    if defines:
        raise ValueError("it has definitions of its own")
