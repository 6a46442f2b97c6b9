"""Tables that fit their terminal: no id, day or code is ever broken in two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

# The longest word that is kept whole, such as a code or the name of an agency.
_LONGEST = 24
_PADDING = 2


@dataclass(frozen=True)
class Column:
    """A column: `whole` ones never wrap, `spare` ones may be left out."""

    name: str
    cells: Sequence[Text]
    whole: bool
    spare: bool = False

    @property
    def least(self) -> int:
        """The width below which a word would be broken."""
        return max(_longest(self.name), *map(self._least, self.cells))

    @property
    def most(self) -> int:
        """The width that it would like to have."""
        return max(len(self.name), *(cell.cell_len for cell in self.cells))

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.plain for cell in self.cells)

    def _least(self, cell: Text) -> int:
        return cell.cell_len if self.whole else min(_longest(cell.plain), _LONGEST)


@dataclass(frozen=True)
class FittingTable:
    """Rows under columns; where they do not fit, spare columns go, the last one first.

    If that is not enough, each row is written as names and values.
    """

    title: str
    columns: Sequence[Column]

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Write what fits, and the names of what was left out."""
        for kept in self._choices():
            room = options.max_width - _PADDING * len(kept)
            if sum(column.least for column in kept) <= room:
                yield self._table(kept, room)
                yield from self._left_out(kept)
                return
        yield Text(self.title, style="italic")
        for number in range(len(self.columns[0].cells)):
            yield self._block(number)

    def _choices(self) -> Iterator[list[Column]]:
        kept = list(self.columns)
        yield list(kept)
        for column in reversed(self.columns):
            if column.spare:
                kept.remove(column)
                yield list(kept)

    def _table(self, kept: Sequence[Column], room: int) -> Table:
        made = Table(
            title=Text(self.title), title_justify="left", box=None, header_style="bold"
        )
        for column, width in zip(kept, _widths(kept, room), strict=True):
            made.add_column(column.name, overflow="fold", width=width)
        for cells in zip(*(column.cells for column in kept), strict=True):
            made.add_row(*cells)
        return made

    def _left_out(self, kept: Sequence[Column]) -> Iterator[Text]:
        gone = [column.name for column in self.columns if column not in kept]
        if gone:
            said = f"left out on this narrow terminal: {', '.join(gone)}"
            yield Text(said, style="dim")

    def _block(self, number: int) -> Table:
        made = Table.grid(padding=(0, 2))
        for column in self.columns:
            if column.cells[number].plain:
                made.add_row(Text(column.name, style="bold"), column.cells[number])
        made.add_row()
        return made


def _widths(columns: Sequence[Column], room: int) -> list[int]:
    """Give each column what it cannot do without, then what is left to the modest."""
    widths = [column.least for column in columns]
    left = room - sum(widths)
    by_need = sorted(
        range(len(columns)), key=lambda n: columns[n].most - columns[n].least
    )
    for number in by_need:
        more = min(left, columns[number].most - columns[number].least)
        widths[number] += more
        left -= more
    return widths


def _longest(words: str) -> int:
    return max(map(len, words.split()), default=0)


def is_code(text: str) -> bool:
    """Tell whether these are no words but an id, a code or a number."""
    return " " not in text and len(text) <= _LONGEST
