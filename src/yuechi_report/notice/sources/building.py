"""Atoms numbered in the order in which a source gives its paragraphs and tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from yuechi_report.notice.document import Atom, Block, CellTable, TableCell

Spanned = tuple[str, int, int, int, int]  # text, row, column, rows, columns


@dataclass(slots=True)
class Blocks:
    """The blocks so far; a paragraph or table added gets the next ids."""

    found: list[Block] = field(default_factory=list)
    _atoms: int = 0
    _tables: int = 0

    def paragraph(self, text: str, *, line: int = 0, where: str = "") -> None:
        """Add a paragraph; without a line of its own its running number is its line."""
        self.found.append(self._atom(text, line, where))

    def table(self, cells: Iterable[Spanned], *, merges: bool = True, where: str = "") -> None:
        """Add a table of cells in reading order."""
        self._tables += 1
        name = where or f"表{self._tables}"
        made = [
            TableCell(self._atom(text, 0, f"{name}第{row + 1}行第{column + 1}列"), row, column, rows, columns)
            for text, row, column, rows, columns in cells
        ]
        if made:
            self.found.append(CellTable(tuple(made), merges))

    def text_rows(self, rows: Iterable[tuple[int, list[str]]]) -> None:
        """Add a table of a text: each row with its line and its cells; a lone cell goes over the whole row."""
        self._tables += 1
        held = list(rows)
        width = max(len(cells) for _, cells in held)
        made = []
        for row, (line, cells) in enumerate(held):
            lone = len(cells) == 1
            for column, text in enumerate(cells if lone else [*cells, *[""] * (width - len(cells))]):
                atom = self._atom(text, line, f"第{column + 1}列")
                made.append(TableCell(atom, row, column, 1, width if lone else 1))
        self.found.append(CellTable(tuple(made), merges=False))

    def _atom(self, text: str, line: int, where: str) -> Atom:
        self._atoms += 1
        return Atom(self._atoms, text, line or self._atoms, where)
