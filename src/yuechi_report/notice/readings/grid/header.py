"""The rows of a table with merged cells laid out, and where its header is."""

from collections.abc import Sequence

from yuechi_report.notice.document import CellTable, TableCell
from yuechi_report.notice.numerals import compact
from yuechi_report.notice.vocabulary import is_header, is_header_word

_HEADER_WITHIN = 8

Row = tuple[TableCell | None, ...]


def rows_of(table: CellTable) -> list[Row]:
    """Each row as the cells of its columns; a merged cell in each row and column it covers."""
    width = table.column_count
    grid: list[list[TableCell | None]] = [[None] * width for _ in range(table.row_count)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                grid[row][column] = cell
    return [tuple(row) for row in grid]


def cell_text(cell: TableCell | None) -> str:
    """The text of a cell, empty where there is none."""
    return cell.atom.text.strip() if cell else ""


def texts_of(row: Row, number: int) -> list[tuple[str, bool]]:
    """Each column's text, and whether its cell goes on from the row above."""
    return [(cell_text(cell), cell is not None and cell.row < number) for cell in row]


def distinct(row: Row) -> list[TableCell]:
    """The filled cells of a row, each once."""
    return [cell for cell in dict.fromkeys(row) if cell is not None and not cell.atom.blank]


def has_one_cell(row: Row) -> bool:
    """Whether at most one cell of a row is filled."""
    return len(distinct(row)) <= 1


def header_in(rows: Sequence[Row]) -> tuple[int, tuple[list[str], int] | None]:
    """Where the header is, its words, and where it stops: one row or two."""
    for number, row in enumerate(rows[:_HEADER_WITHIN]):
        cells = distinct(row)
        if not is_header([cell.atom.text for cell in cells]):
            continue
        words = [cell_text(cell) for cell in row]
        stop = number + 1
        while stop < len(rows) and stop - number < 3 and _is_second_header(rows, stop, number):
            for column, cell in enumerate(rows[stop]):
                words[column] = _under(words[column], cell_text(cell))
            stop += 1
        return number, ([compact(word) for word in words], stop)
    return 0, None


def _is_second_header(rows: Sequence[Row], number: int, first: int) -> bool:
    """Under cells that span columns, or next to cells that span rows, more header words."""
    row, above = rows[number], rows[number - 1]
    spanned = any(cell is not None and (cell.columns > 1 or cell.row + cell.rows > number) for cell in above)
    own = [cell for cell in distinct(row) if cell.row == number]
    return (
        spanned
        and bool(own)
        and len(distinct(row)) > 1
        and all(is_header_word(cell.atom.text) for cell in own)
        and any(cell is not None and cell.columns > 1 and cell.columns < len(row) for cell in rows[first])
    )


def _under(above: str, below: str) -> str:
    """The word that counts of two header rows: the lower one, where it says anything of its own."""
    if not below or below == above:
        return above
    return below if is_header_word(below) else f"{above}{below}"
