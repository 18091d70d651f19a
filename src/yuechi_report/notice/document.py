"""A notice as received: atoms in their order — paragraphs, and cells of tables — each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from yuechi_report.errors import Place
from yuechi_report.notice.numerals import compact


@dataclass(frozen=True, slots=True)
class Line:
    """One line as received, without its line end; `number` counts from 1."""

    number: int
    text: str

    @property
    def bare(self) -> str:
        """The line for matching: half width, no white space at all; never printed."""
        return compact(self.text)

    @property
    def blank(self) -> bool:
        """Whether nothing but white space stands in it (a no-break space included)."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Atom:
    """The smallest thing a source gives: a paragraph or a cell.

    `id` counts all atoms of a document from 1. `line` is the line in a text file, else the id again.
    `where` is the place in words where a line number says little: 表1第3行第2列.
    """

    id: int
    text: str
    line: int
    where: str = ""

    @property
    def bare(self) -> str:
        """The text for matching: half width, no white space at all; never printed."""
        return compact(self.text)

    @property
    def blank(self) -> bool:
        """Whether nothing but white space stands in it."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class TableCell:
    """An atom in a table: its first row and column (from 0) and over how many it is merged."""

    atom: Atom
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class CellTable:
    """Cells by rows and columns; `merges` says whether the source knows which cells are merged."""

    cells: tuple[TableCell, ...]
    merges: bool = True

    @property
    def row_count(self) -> int:
        """How many rows, merged ones counted each."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @property
    def column_count(self) -> int:
        """How many columns, merged ones counted each."""
        return max((cell.column + cell.columns for cell in self.cells), default=0)


Block = Atom | CellTable


@dataclass(frozen=True)
class Document:
    """The whole notice: `name` is the file's name, `sha256` the hash of its bytes, `form` what it came as.

    Its text is in common characters; `odd` are the lines that were not, `odd_words` says what they held.
    """

    name: str
    blocks: tuple[Block, ...]
    sha256: str
    form: str = "txt"
    odd: tuple[int, ...] = ()
    odd_words: str = ""

    @cached_property
    def atoms(self) -> tuple[Atom, ...]:
        """Every atom once, in order."""
        return tuple(_atoms(self.blocks))

    @cached_property
    def wheres(self) -> dict[int, str]:
        """The first place in words of each line that has one."""
        return {atom.line: atom.where for atom in reversed(self.atoms) if atom.where}

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of a text as received; of any other source its atoms, numbered the same way."""
        texts: dict[int, str] = {}
        for atom in self.atoms:
            texts[atom.line] = f"{texts[atom.line]} | {atom.text}" if atom.line in texts else atom.text
        return tuple(Line(number, texts.get(number, "")) for number in range(1, max(texts, default=0) + 1))

    def place(self, line: int = 0) -> Place:
        """Where something stands in this document."""
        return Place(self.name, line=line)


def _atoms(blocks: tuple[Block, ...]) -> Iterator[Atom]:
    for block in blocks:
        if isinstance(block, Atom):
            yield block
        else:
            yield from (cell.atom for cell in block.cells)
