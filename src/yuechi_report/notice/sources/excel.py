"""xlsx → one table a sheet: values as shown, merged cells, hidden sheets left out."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from yuechi_report.errors import InputRefused, Place
from yuechi_report.notice.document import Block
from yuechi_report.notice.sources.building import Blocks, Spanned

_CELLS_MAX = 500_000


def excel_blocks(name: str, data: bytes) -> tuple[Block, ...]:
    """The blocks of a workbook: each visible sheet is a paragraph with its name and a table."""
    blocks = Blocks()
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for about in book.sheets_metadata:
            if about.visible == SheetVisibleEnum.Visible:
                _add_sheet(blocks, book.get_sheet_by_name(about.name), name)
    except (CalamineError, ValueError, OSError) as error:
        raise InputRefused.at(Place(name), "表格损坏或不完整，打不开", "请用表格软件打开后另存为.xlsx") from error
    return tuple(blocks.found)


def _add_sheet(blocks: Blocks, sheet: CalamineSheet, name: str) -> None:
    if sheet.total_height * sheet.total_width > _CELLS_MAX:
        raise InputRefused.at(Place(name, sheet=sheet.name), "表格过大，超过50万格", "请只保留清单所在的行和列")
    cells = list(_cells(sheet))
    if any(text for text, *_ in cells):
        blocks.table(cells, merges=bool(sheet.merged_cell_ranges), where=f"工作表{sheet.name}")


def _cells(sheet: CalamineSheet) -> Iterator[Spanned]:
    rows = [list(map(_shown, row)) for row in sheet.to_python(skip_empty_area=False)]
    spans = dict(sheet.merged_cell_ranges or [])
    covered = {
        (row, column)
        for (top, left), (bottom, right) in spans.items()
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - spans.keys()
    last = max((index for index, row in enumerate(rows) if any(row)), default=-1)
    width = max((index + 1 for row in rows for index, text in enumerate(row) if text), default=0)
    for row in range(last + 1):
        for column in range(width):
            if (row, column) not in covered:
                bottom, right = spans.get((row, column), (row, column))
                text = rows[row][column] if column < len(rows[row]) else ""
                yield text, row, column, min(bottom, last) - row + 1, min(right, width - 1) - column + 1


def _shown(value: Any) -> str:
    """A cell as a reader sees it: a day as 2024年11月30日, a whole number without its point."""
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
