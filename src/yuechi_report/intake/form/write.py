"""Writes one workbook: the sheet to fill in, its help, and the hidden stamp."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from yuechi_report.errors import InputRefused, Place
from yuechi_report.intake.door.sheet_xml import address
from yuechi_report.intake.door.workbook import CellKind, ColumnSpec, SheetSpec
from yuechi_report.intake.form.columns import CELL_LENGTH, TOO_LONG, cell_length
from yuechi_report.intake.form.side_sheets import LIST_SHEET, write_help, write_list, write_notes, write_stamp
from yuechi_report.intake.form.stamp import stamp_of
from yuechi_report.intake.form.style import HEADER_ROW, Extras, Formats, colour_of, height_of, is_number, look_of
from yuechi_report.settings.text_file import write_whole

_FIXED_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed document property, not a time of ours
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FORBIDDEN = frozenset("\ufffe\uffff") | {chr(code) for code in range(0xD800, 0xE000)}
_PLAIN = Extras()


def write_form(
    path: Path,
    spec: SheetSpec,
    labels: Mapping[str, str],
    rows: Sequence[Mapping[str, str]],
    *,
    extras: Extras = _PLAIN,
    stamped: Sequence[Mapping[str, str]] | None = None,
) -> None:
    """Write one workbook of that sheet.

    `labels` maps label → value; `rows` map column key → text as a person would type it (dates as
    2024-12-31). Unknown keys are a KeyError, so that nothing handed in is dropped; a text that no cell
    can hold is refused, so that nothing is cut. `stamped` are the rows the form went out with, where it
    now holds fewer.
    """
    _check_keys(spec, labels, rows)
    _check_texts(path, spec, rows)
    try:
        content = io.BytesIO()
        with xlsxwriter.Workbook(content, _OPTIONS) as book:
            book.set_properties({"created": _FIXED_DAY, "title": spec.title})
            formats = Formats(book)
            sheet = book.add_worksheet(spec.name)
            _write_head(sheet, spec, labels, formats)
            every = [*rows, *({} for _ in range(extras.blank_rows))]
            for index, row in enumerate(every):
                _write_row(sheet, index, row, spec, formats, extras)
            _lay_out(sheet, spec, len(every), extras)
            if extras.notes:
                write_notes(book, formats, extras.notes)
            if extras.tasks:
                write_list(book, formats, extras)
            write_help(book, formats, spec)
            write_stamp(
                book, stamp_of(extras.notice, labels, rows if stamped is None else stamped, version=extras.version)
            )
    except FileCreateError as error:  # its own name for what the system said of its scratch files
        raise error.args[0] from error
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content.getvalue())


def _check_keys(spec: SheetSpec, labels: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> None:
    known = {column.key for column in spec.columns}
    unknown = (set(labels) - set(spec.labels)) | {key for row in rows for key in row if key not in known}
    if unknown:
        raise KeyError(f"unknown labels or columns: {sorted(unknown)}")


def _check_texts(path: Path, spec: SheetSpec, rows: Sequence[Mapping[str, str]]) -> None:
    keys = [column.key for column in spec.columns]
    for index, row in enumerate(rows):
        for key, text in row.items():
            place = Place(path.name, spec.name, address(HEADER_ROW + 1 + index, keys.index(key)))
            if _FORBIDDEN & set(text):
                raise InputRefused.at(place, "含有表格不能保存的字符", "请删除乱码字符")
            if cell_length(text) > CELL_LENGTH:
                raise InputRefused.at(place, *TOO_LONG)


def _write_head(sheet: Worksheet, spec: SheetSpec, labels: Mapping[str, str], formats: Formats) -> None:
    sheet.write_string(0, 0, spec.title, formats.get("title"))
    sheet.set_row(0, 26)
    for index, name in enumerate(spec.labels):
        row, left = 1 + index // 3, 3 * (index % 3) + 1
        sheet.write_string(row, left, name, formats.get("label"))
        look = "given" if name in spec.given and labels.get(name) else "value"
        look = "value_date" if name.endswith("日期") else look
        sheet.merge_range(row, left + 1, row, left + 2, "", formats.get(look))
        sheet.write_string(row, left + 1, labels.get(name, ""), formats.get(look))
    sheet.set_row(1, height_of([(labels.get(spec.labels[0], ""), spec.columns[2].width + spec.columns[3].width)], 16))
    for number, column in enumerate(spec.columns):
        sheet.write_string(HEADER_ROW, number, column.title, formats.get("header"))
        sheet.set_column(number, number, column.width)
    sheet.set_row(HEADER_ROW, 32)


def _write_row(
    sheet: Worksheet, index: int, row: Mapping[str, str], spec: SheetSpec, formats: Formats, extras: Extras
) -> None:
    at = HEADER_ROW + 1 + index
    asked = extras.asked[index] if index < len(extras.asked) else None
    for number, column in enumerate(spec.columns):
        text = row.get(column.key, "")
        mark = extras.marks.get((at, number))
        look = look_of(column, text, asked=asked is None or column.key in asked or mark is not None)
        colour = colour_of(severe=mark.severe) if mark else ""
        _write_cell(sheet, (at, number), text, column, formats.get(look, colour))
        if mark:
            sheet.write_comment(at, number, mark.note, {"author": "", "x_scale": 2, "y_scale": 1.5})
    sheet.set_row(at, height_of([(row.get(column.key, ""), column.width) for column in spec.columns]))


def _write_cell(sheet: Worksheet, at: tuple[int, int], text: str, column: ColumnSpec, look: Any) -> None:
    row, number = at
    day = _day(text) if column.kind is CellKind.DATE else None
    if not text:
        sheet.write_blank(row, number, None, look)
    elif column.kind is CellKind.INTEGER and text.isascii() and text.isdigit():
        sheet.write_number(row, number, int(text), look)
    elif day is not None:
        sheet.write_datetime(row, number, day, look)
    elif column.kind is CellKind.AMOUNT and is_number(text):
        sheet.write_number(row, number, float(text), look)
    else:
        sheet.write_string(row, number, text, look)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _lay_out(sheet: Worksheet, spec: SheetSpec, count: int, extras: Extras) -> None:
    first, last = HEADER_ROW + 1, HEADER_ROW + max(count, 1)
    for number, column in enumerate(spec.columns):
        rule = _rule(column, address(first, number), extras)
        if rule is not None:
            sheet.data_validation(first, number, last, number, rule)
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_footer("&C第&P页 共&N页")
    sheet.protect("", {"format_rows": True, "format_columns": True})


def _rule(column: ColumnSpec, first: str, extras: Extras) -> dict[str, Any] | None:
    """Drop-downs stop other words; dates and percentages only ask whether it is meant so."""
    prompt = {"input_title": column.title[:32], "input_message": column.guide[:255]}
    if column.prefilled:
        return None
    if source := _choices(column, extras):
        return {"validate": "list", "source": source, "error_message": "请从下拉列表中选择。", **prompt}
    if column.kind is CellKind.DATE:
        days = {"criteria": "between", "minimum": date(2000, 1, 1), "maximum": date(2099, 12, 31)}
        return {"validate": "date", **days, **prompt, **_ask("日期请写成2024-12-31的形式。")}
    if column.kind is CellKind.AMOUNT:
        return {
            "validate": "custom",
            "value": _percent_rule(first),
            **prompt,
            **_ask("百分之八十请填80或80%，不要填0.8。"),
        }
    return {"validate": "any", **prompt} if column.guide else None


def _choices(column: ColumnSpec, extras: Extras) -> list[str] | str | None:
    if column.key == "task_no" and extras.tasks:
        return f"={LIST_SHEET}!$A$2:$A${len(extras.tasks) + 1}"
    if column.key == "new_unit" and extras.units:
        return f"={LIST_SHEET}!$G$2:$G${len(extras.units) + 1}"
    return list(column.words) or None


def _ask(message: str) -> dict[str, str]:
    return {"error_type": "warning", "error_title": "请核对", "error_message": message + "确认无误的请选“是”。"}


def _percent_rule(cell: str) -> str:
    """Lets 4/5家, 80%, words and 0, 1–100 pass; asks about 0.8 and 120."""
    number = f"--{cell}"
    plain = f'OR(ISNUMBER(FIND("%",{cell})),{number}=0,AND({number}>=1,{number}<=100))'
    return f'=OR(ISNUMBER(FIND("/",{cell})),IFERROR({plain},TRUE))'
