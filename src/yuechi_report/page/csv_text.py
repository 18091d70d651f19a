"""CSV that a person may open: UTF-8 with BOM, and no cell that a spreadsheet would run as a formula."""

import csv
import io
from collections.abc import Iterable

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows as a file; harmful cells begin with an apostrophe, which `as_written` takes off again."""
    return "".join(f"{_line(cells)}\n" for cells in rows).encode("utf-8-sig")


def harmless(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA) else cell


def as_written(cell: str) -> str:
    """The cell as it was before `harmless`."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


def _line(cells: Iterable[str]) -> str:
    """One row without its line end; the writer's own, CR LF, is what makes it quote a lone CR in a cell."""
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow(map(harmless, cells))
    return line.getvalue().removesuffix("\r\n")
