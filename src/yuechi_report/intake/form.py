"""Writes forms (XlsxWriter): every text as text, never as a formula; equal input gives equal bytes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from yuechi_report.intake.columns import CellKind, ColumnSpec, SheetSpec

HEADER_ROW = 4
_FIXED_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed document property, not a time of ours
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_form(path: Path, spec: SheetSpec, labels: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> None:
    """Write one workbook of that sheet.

    `labels` maps label → value; `rows` map column key → text as a person would type it (dates as
    2024-12-31). Unknown keys are a KeyError, so that nothing handed in is dropped.
    """
    _check_keys(spec, labels, rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path, _OPTIONS) as book:
        book.set_properties({"created": _FIXED_DAY, "title": spec.title})
        sheet = book.add_worksheet(spec.name)
        formats = _formats(book)
        _write_head(sheet, spec, labels, formats)
        for index, row in enumerate(rows):
            for column, one in enumerate(spec.columns):
                _write_cell(sheet, (HEADER_ROW + 1 + index, column), row.get(one.key, ""), one, formats)
        _lay_out(sheet, spec, len(rows))


def _check_keys(spec: SheetSpec, labels: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> None:
    known = {column.key for column in spec.columns}
    unknown = (set(labels) - set(spec.labels)) | {key for row in rows for key in row if key not in known}
    if unknown:
        raise KeyError(f"unknown labels or columns: {sorted(unknown)}")


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    base: dict[str, Any] = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "border": 1}
    return {
        "title": book.add_format({"font_name": "黑体", "font_size": 14, "bold": True}),
        "label": book.add_format({"font_name": "黑体", "font_size": 10}),
        "value": book.add_format({"font_name": "宋体", "font_size": 10, "bottom": 1, "locked": False}),
        "header": book.add_format({**base, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#EEEEEE"}),
        "fixed": book.add_format({**base, "text_wrap": True, "bg_color": "#F7F7F7"}),
        "input": book.add_format({**base, "text_wrap": True, "locked": False, "num_format": "@"}),
        "date": book.add_format({**base, "align": "center", "locked": False, "num_format": "yyyy-mm-dd"}),
        "number": book.add_format({**base, "align": "center", "locked": False}),
    }


def _write_head(sheet: Worksheet, spec: SheetSpec, labels: Mapping[str, str], formats: dict[str, Format]) -> None:
    sheet.write_string(0, 0, spec.title, formats["title"])
    for index, name in enumerate(spec.labels):
        row, column = 1 + index // 3, 3 * (index % 3) + 1
        sheet.write_string(row, column, name, formats["label"])
        sheet.write_string(row, column + 1, labels.get(name, ""), formats["value"])
    for column, one in enumerate(spec.columns):
        sheet.write_string(HEADER_ROW, column, one.title, formats["header"])
        sheet.set_column(column, column, one.width)


def _write_cell(
    sheet: Worksheet, at: tuple[int, int], text: str, column: ColumnSpec, formats: dict[str, Format]
) -> None:
    row, number = at
    if not text:
        sheet.write_blank(row, number, None, formats["fixed" if column.prefilled else "input"])
    elif column.kind is CellKind.INTEGER:
        sheet.write_number(row, number, int(text), formats["number"])
    elif column.kind is CellKind.DATE:
        sheet.write_datetime(row, number, date.fromisoformat(text), formats["date"])
    elif column.kind is CellKind.AMOUNT and text.replace(".", "", 1).isdigit():
        sheet.write_number(row, number, float(text), formats["number"])
    else:
        sheet.write_string(row, number, text, formats["fixed" if column.prefilled else "input"])


def _lay_out(sheet: Worksheet, spec: SheetSpec, count: int) -> None:
    last = HEADER_ROW + max(count, 1)
    for column, one in enumerate(spec.columns):
        if one.words and not one.prefilled:
            choice = {"validate": "list", "source": list(one.words), "error_message": "请从下拉列表中选择。"}
            sheet.data_validation(HEADER_ROW + 1, column, last, column, choice)
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.protect("", {"format_rows": True, "format_columns": True})
