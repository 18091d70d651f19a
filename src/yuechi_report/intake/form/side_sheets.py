"""The other sheets of a form: help, the office's lists, the notes of a returned copy, the hidden stamp."""

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from yuechi_report.intake.door.grid import STAMP_SHEET
from yuechi_report.intake.door.workbook import SheetSpec
from yuechi_report.intake.form.columns import FORM
from yuechi_report.intake.form.guide import EXAMPLE, GENERAL, OFFICE_GENERAL, column_lines, decision_lines
from yuechi_report.intake.form.stamp import Stamp
from yuechi_report.intake.form.style import Extras, Formats, height_of

HELP_SHEET = "填报说明"
LIST_SHEET = "任务清单"
NOTES_SHEET = "退回说明"


def write_help(book: xlsxwriter.Workbook, formats: Formats, spec: SheetSpec) -> None:
    """How to fill in: general lines, each column, and an example row or what each decision needs."""
    sheet = book.add_worksheet(HELP_SHEET)
    of_unit = spec is FORM or spec.titles == FORM.titles
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 62)
    sheet.set_column(2, 2, 48)
    sheet.write_string(0, 0, HELP_SHEET, formats.get("title"))
    row = 1
    for text in GENERAL if of_unit else OFFICE_GENERAL:
        sheet.merge_range(row, 0, row, 2, text, formats.get("help"))
        sheet.set_row(row, height_of([(text, 126)], 20))
        row += 1
    heads = ("列名", "怎样填", "示例行") if of_unit else ("列名", "怎样填", "")
    lines = [
        (title, guide, EXAMPLE.get(key, ""))
        for (title, guide), key in zip(column_lines(spec), _keys(spec), strict=True)
    ]
    row = _table(sheet, formats, row + 1, heads, lines)
    if not of_unit:
        needs = [(name, needed, "") for name, needed in decision_lines()]
        _table(sheet, formats, row + 1, ("决定事项", "除任务序号、决定日期、理由外还须填写", ""), needs)
    _print_upright(sheet)
    sheet.protect("", {"format_rows": True, "format_columns": True})


def _keys(spec: SheetSpec) -> list[str]:
    return [column.key if spec.titles == FORM.titles else "" for column in spec.columns]


def _table(
    sheet: Worksheet, formats: Formats, row: int, heads: tuple[str, str, str], lines: list[tuple[str, str, str]]
) -> int:
    """Write a table and give the first row after it; an empty third head leaves that column out."""
    width = 3 if heads[2] else 2
    for column in range(width):
        sheet.write_string(row, column, heads[column], formats.get("help_head"))
    for number, line in enumerate(lines, start=row + 1):
        for column in range(width):
            sheet.write_string(number, column, line[column], formats.get("help_cell"))
        sheet.set_row(number, height_of([(line[0], 15), (line[1], 58), (line[2], 44)], 20))
    return row + len(lines) + 1


def write_list(book: xlsxwriter.Workbook, formats: Formats, extras: Extras) -> None:
    """The open tasks, and the units a task may go to: what the office's drop-downs offer."""
    sheet = book.add_worksheet(LIST_SHEET)
    heads = ("任务序号", "重点任务", "牵头单位", "完成时限", "当前情况", "", "可选单位")
    widths = (9, 46, 26, 22, 18, 3, 30)
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        if head:
            sheet.write_string(0, column, head, formats.get("help_head"))
    for row, task in enumerate(extras.tasks, start=1):
        sheet.write_number(row, 0, int(task[0]), formats.get("fixed_number"))
        for column, text in enumerate(task[1:], start=1):
            sheet.write_string(row, column, text, formats.get("help_cell"))
        sheet.set_row(row, height_of([(text, width) for text, width in zip(task, widths, strict=False)], 20))
    for row, unit in enumerate(extras.units, start=1):
        sheet.write_string(row, 6, unit, formats.get("help_cell"))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.protect("", {"format_rows": True, "format_columns": True})


def write_notes(book: xlsxwriter.Workbook, formats: Formats, notes: tuple[str, ...]) -> None:
    """Every finding of a returned form, one per line."""
    sheet = book.add_worksheet(NOTES_SHEET)
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, NOTES_SHEET, formats.get("title"))
    for row, text in enumerate(notes, start=1):
        sheet.write_string(row, 0, text, formats.get("help"))
        sheet.set_row(row, height_of([(text, 108)], 18))
    _print_upright(sheet)


def _print_upright(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def write_stamp(book: xlsxwriter.Workbook, stamp: Stamp) -> None:
    """Template version and fingerprint, hidden: it survives saving by Excel, WPS and LibreOffice."""
    sheet = book.add_worksheet(STAMP_SHEET)
    for row, (name, value) in enumerate(stamp.lines):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    sheet.protect("")
    sheet.very_hidden()
