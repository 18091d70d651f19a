"""Datasets → one workbook (XlsxWriter) for people who live in Excel: a sheet a dataset, and 说明.

Text is always text, never a formula; dates are dates, numbers numbers; equal input gives equal bytes.
"""

import io
import re
from datetime import date, datetime, time
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from yuechi_report.page.dataset import Dataset, Field
from yuechi_report.page.head import Head
from yuechi_report.page.labels import date_label
from yuechi_report.page.table import Value
from yuechi_report.render.data import Datasets

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_CELL_LIMIT = 32_767
_HEADER_LIMIT = 255
_ONE_PAGE, _MANY_PAGES = 175, 150
"""Characters across one A4 page in landscape at a size read with ease; fewer where columns must break well."""
_LINE_PT, _TALLEST_PT = 13.5, 409.0
_NOT_XML = re.compile("[\ufffe\uffff\ud800-\udfff]")
_A4 = 9
Formats = dict[str, Format]


def render_xlsx(head: Head, found: Datasets) -> bytes:
    """The workbook; its document date is the day the status is judged."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        created = datetime.combine(head.document_date, time())
        book.set_properties({"created": created, "title": "".join(head.title), "author": head.office})
        formats = _formats(book)
        for data in found:
            _write_sheet(book.add_worksheet(data.title), head, data, formats)
        _write_guide(book.add_worksheet("说明"), head, found, formats)
    return target.getvalue()


def _formats(book: xlsxwriter.Workbook) -> Formats:
    base: dict[str, Any] = {"font_name": "宋体", "font_size": 10, "valign": "top", "border": 1}
    heading = {"font_name": "黑体", "font_size": 10, "valign": "vcenter", "align": "center", "bg_color": "#EEEEEE"}
    return {
        "mark": book.add_format({"font_name": "黑体", "font_size": 10, "bold": True}),
        "title": book.add_format({"font_name": "黑体", "font_size": 12}),
        "header": book.add_format({**base, **heading, "text_wrap": True}),
        "text": book.add_format({**base, "text_wrap": True, "num_format": "@"}),
        "integer": book.add_format({**base, "align": "center", "num_format": "0"}),
        "number": book.add_format({**base, "align": "center", "num_format": "0.##"}),
        "date": book.add_format({**base, "align": "center", "num_format": "yyyy-mm-dd"}),
    }


def _write_sheet(sheet: Worksheet, head: Head, data: Dataset, formats: Formats) -> None:
    top = _write_head(sheet, head, data.title, formats)
    for column, field in enumerate(data.fields):
        sheet.write_string(top, column, field.title, formats["header"])
        sheet.set_column(column, column, field.width)
    for number, row in enumerate(data.rows, start=top + 1):
        for column, (field, value) in enumerate(zip(data.fields, row, strict=True)):
            _write_cell(sheet, (number, column), field, value, formats=formats)
        sheet.set_row(number, _height_pt(data.fields, row))
    last = max(top + len(data.rows), top + 1)
    sheet.autofilter(top, 0, last, len(data.fields) - 1)
    sheet.freeze_panes(top + 1, _names(data))
    sheet.repeat_rows(0, top)
    sheet.print_area(0, 0, last, len(_printed(data)) - 1)
    pages = _pages_across(data)
    if pages > 1:
        sheet.repeat_columns(0, _names(data) - 1)
    _set_page(sheet, head, pages)


def _pages_across(data: Dataset) -> int:
    """One page, else as many as the columns need next to those that name the row, repeated on each."""
    names = sum(field.width for field in data.fields[: _names(data)])
    width = sum(field.width for field in _printed(data))
    return 1 if width <= _ONE_PAGE else ceil((width - names) / (_MANY_PAGES - names))


def _printed(data: Dataset) -> tuple[Field, ...]:
    return tuple(field for field in data.fields if field.printed)


def _height_pt(fields: tuple[Field, ...], row: tuple[Value, ...]) -> float:
    """The row's height: programs other than Excel do not reckon it for wrapped text."""
    lines = max(
        (
            _lines(value, field.width)
            for field, value in zip(fields, row, strict=True)
            if field.printed and isinstance(value, str)
        ),
        default=1,
    )
    return min(_TALLEST_PT, lines * _LINE_PT + 3)


def _lines(text: str, width: int) -> int:
    """Lines the text takes in a column so many narrow characters wide; a Chinese one is two."""
    room = max(1, width - 1)
    return sum(max(1, ceil(sum(1 + (ord(char) > 0xFF) for char in part) / room)) for part in text.split("\n"))


def _names(data: Dataset) -> int:
    """The leading columns that name a row: up to its title, else the first."""
    keys = [field.key for field in data.fields]
    return keys.index("title") + 1 if "title" in keys else 1


def _write_head(sheet: Worksheet, head: Head, words: str, formats: Formats) -> int:
    """Marks and title above the table; returns the header's row."""
    for row, mark in enumerate(head.marks):
        sheet.write_string(row, 0, mark, formats["mark"])
    title = f"{''.join(head.title)}　{words}（状态截至{date_label(head.document_date)}，{head.draft}）"
    sheet.write_string(len(head.marks), 0, title, formats["title"])
    return len(head.marks) + 1


def _write_cell(sheet: Worksheet, at: tuple[int, int], field: Field, value: Value, *, formats: Formats) -> None:
    shape = formats[field.kind]
    if value is None or value == "":
        sheet.write_blank(*at, None, shape)
    elif field.kind == "date":
        sheet.write_datetime(*at, date.fromisoformat(str(value)), shape)
    elif field.kind == "text":
        sheet.write_string(*at, _fitting(str(value)), shape)
    else:
        sheet.write_number(*at, value, shape)


def _fitting(text: str) -> str:
    """What a cell can hold: XML forbids a few code points, Excel more than 32,767 characters."""
    text = _NOT_XML.sub("\ufffd", text)
    return text if len(text) <= _CELL_LIMIT else f"{text[: _CELL_LIMIT - 1]}…"


def _set_page(sheet: Worksheet, head: Head, pages: int) -> None:
    marks = "；".join(head.marks).replace("&", "&&")
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.fit_to_pages(pages, 0)
    if marks:
        sheet.set_header(f"&C{marks}"[:_HEADER_LIMIT])
    sheet.set_footer("&L&A&R第&P页，共&N页")


def _write_guide(sheet: Worksheet, head: Head, found: Datasets, formats: Formats) -> None:
    """说明: what the file is, and every column with its meaning."""
    row = _write_head(sheet, head, "说明", formats)
    codes = [(code.label, code.value) for code in head.check_codes]
    facts = [("版本", head.edition), ("说明", head.byline), ("填报期", head.quarter), ("办公室", head.office), *codes]
    for name, words in facts:
        sheet.write_string(row, 0, name, formats["header"])
        sheet.write_string(row, 1, words, formats["text"])
        row += 1
    row += 1
    sheet.repeat_rows(row)
    for column, words in enumerate(("工作表", "每行", "列", "含义", "数据文件中的列名")):
        sheet.write_string(row, column, words, formats["header"])
    for data in found:
        for field in data.fields:
            row += 1
            for column, words in enumerate((data.title, data.grain, field.title, field.meaning, field.key)):
                sheet.write_string(row, column, words, formats["text"])
    for column, width in enumerate((12, 36, 16, 48, 22)):
        sheet.set_column(column, column, width)
    _set_page(sheet, head, 1)
