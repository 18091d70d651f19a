"""xlsx → one table a sheet: values as shown, merged cells, hidden sheets left out."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from yuechi_report.errors import InputRefused, Place
from yuechi_report.notice.document import Block
from yuechi_report.notice.sources.building import Blocks, Spanned
from yuechi_report.notice.sources.excel_months import month_cells

_CELLS_MAX = 500_000
_TOO_LARGE = ("表格过大，超过50万格", "请只保留清单所在的行和列")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.I)
_FILLED = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r=[\"']([A-Z]{1,3})([0-9]{1,7})[\"'][^>]*(?<!/)>")

Months = frozenset[tuple[str, str]]


def excel_blocks(name: str, data: bytes) -> tuple[Block, ...]:
    """The blocks of a workbook: each visible sheet is a paragraph with its name and a table."""
    blocks = Blocks()
    try:
        _refuse_far_cells(name, data)
        months = month_cells(data)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for about in book.sheets_metadata:
            if about.visible == SheetVisibleEnum.Visible:
                _add_sheet(blocks, book.get_sheet_by_name(about.name), name, months=months)
    except (CalamineError, ValueError, OSError, zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
        raise InputRefused.at(Place(name), "表格损坏或不完整，打不开", "请用表格软件打开后另存为.xlsx") from error
    return tuple(blocks.found)


def _refuse_far_cells(name: str, data: bytes) -> None:
    """InputRefused where one sheet's filled cells lie so far apart that their rectangle would fill the memory."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for member in package.namelist():
            if not _SHEET.fullmatch(member):
                continue
            places = [(_column(letters), int(row)) for letters, row in _FILLED.findall(package.read(member))]
            columns, rows = zip(*places, strict=True) if places else ((0,), (0,))
            if (max(columns) - min(columns) + 1) * (max(rows) - min(rows) + 1) > _CELLS_MAX:
                raise InputRefused.at(Place(name), *_TOO_LARGE)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number


def _add_sheet(blocks: Blocks, sheet: CalamineSheet, name: str, *, months: Months) -> None:
    if sheet.total_height * sheet.total_width > _CELLS_MAX:
        raise InputRefused.at(Place(name, sheet=sheet.name), *_TOO_LARGE)
    cells = list(_cells(sheet, months))
    if any(text for text, *_ in cells):
        blocks.table(cells, merges=bool(sheet.merged_cell_ranges), where=f"工作表{sheet.name}")


def _cells(sheet: CalamineSheet, months: Months) -> Iterator[Spanned]:
    rows = [
        [_shown(value, month=(sheet.name, _address(row, column)) in months) for column, value in enumerate(values)]
        for row, values in enumerate(sheet.to_python(skip_empty_area=False))
    ]
    last = max((index for index, row in enumerate(rows) if any(row)), default=-1)
    width = max((index + 1 for row in rows for index, text in enumerate(row) if text), default=0)
    spans = {
        start: (min(bottom, last), min(right, width - 1)) for start, (bottom, right) in sheet.merged_cell_ranges or []
    }
    covered = {
        (row, column)
        for (top, left), (bottom, right) in spans.items()
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - spans.keys()
    for row in range(last + 1):
        for column in range(width):
            if (row, column) not in covered:
                bottom, right = spans.get((row, column), (row, column))
                text = rows[row][column] if column < len(rows[row]) else ""
                yield text, row, column, bottom - row + 1, right - column + 1


def _address(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _shown(value: Any, *, month: bool) -> str:
    """A cell as a reader sees it: 2024年11月30日, 2024年11月 where only the month is shown, 3 and not 3.0."""
    if month and isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月"
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
